package dev.pptpd.emulator.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;
import java.util.Optional;

/** A TCP connection; one call of {@link #send} becomes one segment, as far as it fits. */
public final class TcpSocket implements Pollable, AutoCloseable {
    private static final int SOCK_STREAM_CLOEXEC = 1 | 0x80000;
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_NODELAY = 1;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int BUFFER_BYTES = 16384;

    private final int descriptor;
    private final MemorySegment buffer = Arena.ofAuto().allocate(BUFFER_BYTES);
    private boolean closed;

    private TcpSocket(int descriptor) {
        this.descriptor = descriptor;
    }

    /** Connects in the namespace of the calling thread; waits as long as the kernel does. */
    public static TcpSocket connect(Inet4Address local, Inet4Address server, int port) {
        var socket = new TcpSocket(Libc.socket(SocketAddress.AF_INET, SOCK_STREAM_CLOEXEC, 0));
        try {
            MemorySegment yes = Arena.ofAuto().allocateFrom(JAVA_INT, 1);
            Libc.setsockopt(socket.descriptor, IPPROTO_TCP, TCP_NODELAY, yes);
            Libc.bind(socket.descriptor, SocketAddress.of(local, 0));
            Libc.connect(socket.descriptor, SocketAddress.of(server, port));
            return socket;
        } catch (IllegalStateException e) {
            socket.close();
            throw e;
        }
    }

    /** Sends all octets; whether the connection still took them. */
    public boolean send(byte[] octets) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment rest = arena.allocateFrom(JAVA_BYTE, octets);
            while (rest.byteSize() > 0) {
                long sent = Libc.sendto(descriptor, rest, MSG_NOSIGNAL, MemorySegment.NULL);
                if (sent < 0) {
                    return false;
                }
                rest = rest.asSlice(sent);
            }
            return true;
        }
    }

    /** What has arrived, without waiting; nothing yet is empty, the end is an empty array. */
    public Optional<byte[]> receive() {
        long length = Libc.recv(descriptor, buffer, MSG_DONTWAIT);
        if (length < 0) {
            return Libc.errno() == Libc.EAGAIN ? Optional.empty() : Optional.of(new byte[0]);
        }
        return Optional.of(buffer.asSlice(0, length).toArray(JAVA_BYTE));
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
