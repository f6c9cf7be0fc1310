package dev.pptpd.gre.linux;

import java.nio.ByteBuffer;

/**
 * Up to 64 packets for one sendmmsg(2), built in place: take {@link #slot()}, fill it, grow it to
 * the front as headers are prepended, then {@link #add} it with its destination.
 *
 * <p>A packet that the kernel refuses is counted and lost, as any packet on a network may be; the
 * others still go out.
 */
public final class SendBatch {
    /** Most packets of one send. */
    public static final int CAPACITY = 64;

    /** Octets before the position of a fresh slot, for MPPE, PPP and GRE headers. */
    public static final int HEADROOM = 64;

    /** Octets from the position of a fresh slot to its limit. */
    public static final int PAYLOAD_SIZE = 2_048;

    // Specification: <sys/socket.h>
    private static final int MSG_DONTWAIT = 0x40;

    private final MessageHeaders headers = new MessageHeaders(CAPACITY, HEADROOM + PAYLOAD_SIZE);
    private final ErrnoCounters failures = new ErrnoCounters();
    private long packets;
    private int count;

    /**
     * The next free slot, a direct big-endian buffer with {@link #HEADROOM} octets before its
     * position and {@link #PAYLOAD_SIZE} remaining. Until {@link #add} every call resets and
     * returns the same slot.
     *
     * @throws IllegalStateException when the batch is full; send it first
     */
    public ByteBuffer slot() {
        if (isFull()) {
            throw new IllegalStateException("batch is full");
        }
        return headers.slot(count).clear().position(HEADROOM);
    }

    /**
     * Adds the slot last returned by {@link #slot()}: its octets from position to limit, as they
     * stand when the batch is sent, are the IP payload of one packet; when there are none by then,
     * the packet is left out.
     *
     * @param destination IPv4 address
     * @param source local IPv4 address to send from; 0 for the one that the route prefers
     * @throws IllegalStateException when the batch is full
     */
    public void add(int destination, int source) {
        if (isFull()) {
            throw new IllegalStateException("batch is full");
        }
        headers.address(count, destination);
        headers.source(count, source);
        count++;
    }

    /**
     * Slot {@code index} as it was added, or with index {@link #size} as {@link #slot()} returned
     * it: headers may still be put in front until the batch is sent.
     */
    public ByteBuffer slot(int index) {
        return headers.slot(index);
    }

    /** Packets added since the last send. */
    public int size() {
        return count;
    }

    /** Whether there is nothing to send. */
    public boolean isEmpty() {
        return count == 0;
    }

    /** Whether the batch must be sent before another packet fits. */
    public boolean isFull() {
        return count == CAPACITY;
    }

    /** Forgets all packets unsent. */
    public void clear() {
        count = 0;
    }

    /** Packets sent and lost since the batch was made. */
    public BatchCounters counters() {
        return new BatchCounters(packets, failures.snapshot());
    }

    /**
     * Sends all packets to the socket {@code fd}, without blocking, and empties the batch.
     *
     * @return number of packets that the kernel took
     */
    int sendTo(int fd) {
        for (int index = 0; index < count; index++) {
            ByteBuffer slot = headers.slot(index);
            headers.describe(index, slot.position(), slot.remaining());
        }
        int sent = 0;
        int next = 0;
        while (next < count) {
            int end = endOfRun(next);
            if (end == next) {
                next++;
                continue;
            }
            // The call stops before the first packet that fails, and tells why only when that one
            // comes first.
            int result = Libc.sendmmsg(fd, headers.from(next), end - next, MSG_DONTWAIT);
            if (result > 0) {
                sent += result;
                next += result;
            } else if (result != -Errno.EINTR) {
                failures.count(-result);
                next++;
            }
        }
        packets += sent;
        count = 0;
        return sent;
    }

    /** The first index from {@code start} on whose packet is left out, or the end. */
    private int endOfRun(int start) {
        int end = start;
        while (end < count && headers.slot(end).hasRemaining()) {
            end++;
        }
        return end;
    }
}
