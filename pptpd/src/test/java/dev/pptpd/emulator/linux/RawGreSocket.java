package dev.pptpd.emulator.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;
import java.util.Optional;

/** A raw socket for IP protocol 47 between one local address and everybody. */
public final class RawGreSocket implements Pollable, AutoCloseable {
    private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
    private static final int IPPROTO_GRE = 47;
    private static final int IPPROTO_IP = 0;
    private static final int IP_OPTIONS = 4;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int RECEIVE_BUFFER_BYTES = 4 << 20;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int BUFFER_BYTES = 65536;

    private final int descriptor;
    private final MemorySegment buffer = Arena.ofAuto().allocate(BUFFER_BYTES);
    private boolean closed;

    private RawGreSocket(int descriptor) {
        this.descriptor = descriptor;
    }

    /** Opens the socket in the namespace of the calling thread. */
    public static RawGreSocket open(Inet4Address local) {
        var socket =
                new RawGreSocket(Libc.socket(SocketAddress.AF_INET, SOCK_RAW_CLOEXEC, IPPROTO_GRE));
        MemorySegment size = Arena.ofAuto().allocateFrom(JAVA_INT, RECEIVE_BUFFER_BYTES);
        Libc.setsockopt(socket.descriptor, SOL_SOCKET, SO_RCVBUFFORCE, size);
        Libc.bind(socket.descriptor, SocketAddress.of(local, 0));
        return socket;
    }

    /** Sends one GRE packet; the kernel writes the IP header. A full queue loses it. */
    public void send(byte[] packet, Inet4Address destination) {
        try (Arena arena = Arena.ofConfined()) {
            Libc.sendto(
                    descriptor,
                    arena.allocateFrom(JAVA_BYTE, packet),
                    0,
                    SocketAddress.of(destination, 0));
        }
    }

    /**
     * From now on packets carry these IP options.
     *
     * @param options 0 to 40 octets, filled up to a multiple of four by the kernel
     */
    public void ipOptions(byte[] options) {
        try (Arena arena = Arena.ofConfined()) {
            Libc.setsockopt(
                    descriptor, IPPROTO_IP, IP_OPTIONS, arena.allocateFrom(JAVA_BYTE, options));
        }
    }

    /** The next packet with its IP header, without waiting. */
    public Optional<byte[]> receive() {
        long length = Libc.recv(descriptor, buffer, MSG_DONTWAIT);
        return length < 0
                ? Optional.empty()
                : Optional.of(buffer.asSlice(0, length).toArray(JAVA_BYTE));
    }

    @Override
    public int descriptor() {
        return descriptor;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            Libc.close(descriptor);
        }
    }
}
