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
    private static final int SOL_SOCKET = 1;
    private static final int SOL_IP = 0;
    private static final int IP_OPTIONS = 4;
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

    /** Puts options, a multiple of four octets, into the IP header of what is sent from now on. */
    public void useOptions(byte[] options) {
        Libc.setsockopt(
                descriptor, SOL_IP, IP_OPTIONS, Arena.ofAuto().allocateFrom(JAVA_BYTE, options));
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
