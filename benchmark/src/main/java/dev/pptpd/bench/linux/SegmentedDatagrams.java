package dev.pptpd.bench.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.gre.linux.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A UDP socket that hands the kernel many datagrams by one call, by UDP_SEGMENT: a device that
 * takes super-packets gets them as one.
 */
@SuppressWarnings("restricted") // The server sends no datagrams of its own.
public final class SegmentedDatagrams implements AutoCloseable {
    // Specification: <netinet/in.h>, <netinet/udp.h>, <asm/socket.h>
    private static final short AF_INET = 2;
    private static final int SOCK_DGRAM = 2;
    private static final int SOL_UDP = 17;
    private static final int UDP_SEGMENT = 103;
    private static final int ADDRESS_OCTETS = 16;

    /** What one packet of IP has room for. */
    private static final int MOST_OCTETS = 0xFFFF;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment address = arena.allocate(ADDRESS_OCTETS, Integer.BYTES);
    private final MemorySegment data = arena.allocate(MOST_OCTETS);
    private final int fd;

    /**
     * In the namespace of the calling thread.
     *
     * @param destination an IPv4 address
     */
    public SegmentedDatagrams(int destination, int port, int octets) throws ErrnoException {
        ByteBuffer name = address.asByteBuffer();
        name.order(ByteOrder.nativeOrder()).putShort(AF_INET);
        name.order(ByteOrder.BIG_ENDIAN).putShort((short) port).putInt(destination);
        fd = ErrnoException.check(Libc.socket(AF_INET, SOCK_DGRAM, 0), "socket", "UDP");
        MemorySegment word = arena.allocateFrom(JAVA_INT, octets);
        ErrnoException.check(
                Libc.setsockopt(fd, SOL_UDP, UDP_SEGMENT, word, Integer.BYTES),
                "setsockopt(UDP_SEGMENT)",
                octets + " octets");
    }

    /**
     * Sends.
     *
     * @param octets of all datagrams together
     * @return whether the kernel took them
     */
    public boolean send(int octets) {
        return Libc.sendto(fd, data, octets, address, ADDRESS_OCTETS) == octets;
    }

    @Override
    public void close() {
        Libc.close(fd);
        arena.close();
    }
}
