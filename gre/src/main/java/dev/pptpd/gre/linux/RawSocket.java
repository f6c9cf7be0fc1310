package dev.pptpd.gre.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;

/**
 * A raw IPv4 socket for protocol 47, GRE. Non-blocking and closed on exec. The kernel writes and
 * strips nothing but the outer IP header on sending; outer packets may be fragmented (no Don't
 * Fragment), because PPTP cannot tell its client of a smaller path.
 *
 * <p>Opening needs CAP_NET_RAW. Used by one thread.
 */
public final class RawSocket implements AutoCloseable {
    /**
     * The unspecified address: receive on every local address, send from the one that the route
     * prefers.
     */
    public static final int ANY_ADDRESS = 0;

    // Specification: <sys/socket.h>, <netinet/in.h>
    private static final short AF_INET = 2;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_NONBLOCK = 0x800;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int IPPROTO_GRE = 47;
    private static final int SOL_SOCKET = 1;
    private static final int SO_SNDBUF = 7;
    private static final int SO_RCVBUF = 8;
    private static final int SO_SNDBUFFORCE = 32;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int IPPROTO_IP = 0;
    private static final int IP_MTU_DISCOVER = 10;
    private static final int IP_PMTUDISC_DONT = 0;
    private static final int SOCKET_ADDRESS_SIZE = 16;
    private static final int SOCKET_ADDRESS_IP_OFFSET = 4;

    private final Descriptor descriptor;

    private RawSocket(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * Opens a socket that hears only what its filter passes.
     *
     * @param localAddress IPv4 address to receive on and send from, or {@link #ANY_ADDRESS}
     * @param bufferBytes room for queued packets in each direction, counted by the kernel with its
     *     overhead; beyond the host's limit only with CAP_NET_ADMIN
     */
    public static RawSocket open(int localAddress, SocketFilter filter, int bufferBytes)
            throws ErrnoException {
        int type = SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC;
        int fd =
                ErrnoException.check(
                        Libc.socket(AF_INET, type, IPPROTO_GRE), "socket", "raw socket for GRE");
        Descriptor descriptor = new Descriptor(fd);
        try (Arena arena = Arena.ofConfined()) {
            // First of all: the socket hears from the moment it exists.
            filter.attachTo(fd);
            setOption(fd, IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_DONT, arena);
            setBuffer(fd, SO_RCVBUFFORCE, SO_RCVBUF, bufferBytes, arena);
            setBuffer(fd, SO_SNDBUFFORCE, SO_SNDBUF, bufferBytes, arena);
            bind(fd, localAddress, arena);
            return new RawSocket(descriptor);
        } catch (ErrnoException failure) {
            descriptor.close();
            throw failure;
        }
    }

    /** The descriptor, for {@link Epoll}. */
    public int fd() {
        return descriptor.number();
    }

    /**
     * Receives the packets that are waiting, without blocking, into {@code batch}, whose earlier
     * packets are gone then.
     *
     * @return number of packets; when it is {@link ReceiveBatch#CAPACITY}, more may be waiting
     */
    public int receive(ReceiveBatch batch) {
        return batch.receiveFrom(descriptor.number());
    }

    /**
     * Sends the packets of {@code batch} and empties it. What the kernel refuses is counted in the
     * batch.
     *
     * @return number of packets that the kernel took
     */
    public int send(SendBatch batch) {
        return batch.sendTo(descriptor.number());
    }

    @Override
    public void close() {
        descriptor.close();
    }

    /**
     * The forced option ignores net.core.rmem_max, but needs CAP_NET_ADMIN; the plain one is capped
     * silently.
     */
    private static void setBuffer(int fd, int forced, int plain, int bytes, Arena arena)
            throws ErrnoException {
        MemorySegment value = arena.allocateFrom(JAVA_INT, bytes);
        if (Libc.setsockopt(fd, SOL_SOCKET, forced, value, Integer.BYTES) == -Errno.EPERM) {
            setOption(fd, SOL_SOCKET, plain, bytes, arena);
        }
    }

    private static void setOption(int fd, int level, int option, int value, Arena arena)
            throws ErrnoException {
        MemorySegment memory = arena.allocateFrom(JAVA_INT, value);
        int result = Libc.setsockopt(fd, level, option, memory, Integer.BYTES);
        ErrnoException.check(result, "setsockopt", "option " + option + " = " + value);
    }

    private static void bind(int fd, int localAddress, Arena arena) throws ErrnoException {
        MemorySegment address = arena.allocate(SOCKET_ADDRESS_SIZE, Long.BYTES);
        address.set(JAVA_SHORT, 0, AF_INET);
        address.set(
                JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN),
                SOCKET_ADDRESS_IP_OFFSET,
                localAddress);
        int result = Libc.bind(fd, address, SOCKET_ADDRESS_SIZE);
        ErrnoException.check(result, "bind", "local address " + DottedDecimal.of(localAddress));
    }
}
