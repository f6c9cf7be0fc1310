package dev.pptpd.gre.linux;

import dev.pptpd.gre.Ipv4Header;
import dev.pptpd.gre.Ipv4Verdict;
import java.nio.ByteBuffer;

/**
 * Up to 32 packets received by one recvmmsg(2), in slots that are used again by the next. The slots
 * belong to the batch: whoever is handed one may change it in place, and must be done with it
 * before the next receive.
 */
public final class ReceiveBatch {
    /** Most packets of one receive. Eight already bring most of what batching gains. */
    public static final int CAPACITY = 32;

    /** Octets of one slot, IP header included. A longer packet is cut off and flagged. */
    public static final int SLOT_SIZE = 2_048;

    // Specification: <sys/socket.h>
    private static final int MSG_DONTWAIT = 0x40;

    private final MessageHeaders headers = new MessageHeaders(CAPACITY, SLOT_SIZE);
    private final ErrnoCounters failures = new ErrnoCounters();
    private final int[] sources = new int[CAPACITY];
    private long packets;
    private int count;

    /**
     * Takes what is waiting at the raw socket {@code fd}, without blocking. An error of the kernel
     * is counted and looks like an empty socket: a network that is down must not end a worker.
     *
     * @return number of packets, 0 to {@link #CAPACITY}
     */
    int receiveFrom(int fd) {
        count = 0;
        int result = Libc.recvmmsg(fd, headers.from(0), CAPACITY, MSG_DONTWAIT);
        if (result < 0) {
            if (result != -Errno.EAGAIN && result != -Errno.EINTR) {
                failures.count(-result);
            }
            return 0;
        }
        count = result;
        packets += result;
        for (int index = 0; index < result; index++) {
            skipIpHeader(index, headers.slot(index).clear().limit(headers.transferred(index)));
        }
        return result;
    }

    /** Packets of the last receive. */
    public int size() {
        return count;
    }

    /**
     * Packet {@code index} of the last receive, from 0: a direct big-endian buffer from the GRE
     * header (position, which is not 0: the IP header with its options lies before it) to the
     * packet's end (limit), padding left out. Nothing remains of a packet whose IP header is not
     * sane, or whose end is missing.
     */
    public ByteBuffer packet(int index) {
        return headers.slot(checked(index));
    }

    /** The IPv4 source address of packet {@code index}; 0.0.0.0 when its IP header is not sane. */
    public int source(int index) {
        return sources[checked(index)];
    }

    /** Whether packet {@code index} was longer than its slot, so that its end is missing. */
    public boolean isTruncated(int index) {
        return headers.isTruncated(checked(index));
    }

    /** Packets received and errors met since the batch was made. */
    public BatchCounters counters() {
        return new BatchCounters(packets, failures.snapshot());
    }

    private int checked(int index) {
        if (index < 0 || index >= count) {
            throw new IndexOutOfBoundsException(index);
        }
        return index;
    }

    private void skipIpHeader(int index, ByteBuffer packet) {
        if (Ipv4Header.decode(packet) == Ipv4Verdict.VALID) {
            sources[index] = Ipv4Header.sourceAddress(packet);
            Ipv4Header.framePayload(packet);
        } else {
            sources[index] = RawSocket.ANY_ADDRESS;
            packet.position(packet.limit());
        }
    }
}
