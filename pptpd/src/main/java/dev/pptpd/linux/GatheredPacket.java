package dev.pptpd.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.pptpd.offload.SegmentRun;
import dev.pptpd.offload.VirtioNetHeader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * A packet in pieces that lie anywhere in memory, behind the header of a device with offloads: one
 * writev(2) takes it. Used for packet after packet; allocates nothing for one. One thread.
 */
public final class GatheredPacket {
    /** The header, and each packet of a run. */
    private static final int MAX_PIECES = 1 + SegmentRun.MAX_PACKETS;

    // Specification: <sys/uio.h>, struct iovec on 64 bit
    private static final int VECTOR_SIZE = 16;
    private static final int LENGTH_OFFSET = 8;

    private final MemorySegment vectors =
            Arena.ofAuto().allocate((long) MAX_PIECES * VECTOR_SIZE, Long.BYTES);
    private final ByteBuffer[] buffers = new ByteBuffer[MAX_PIECES];
    private final int[] from = new int[MAX_PIECES];
    private final int[] lengths = new int[MAX_PIECES];
    private final ByteBuffer header = PacketMemory.allocate(VirtioNetHeader.OCTETS);
    private int pieces;
    private int octets;

    /** Begins anew. The header of the device is to be written from index 0 on. */
    private ByteBuffer begin() {
        pieces = 0;
        octets = 0;
        add(header, 0, VirtioNetHeader.OCTETS);
        return header;
    }

    /** Takes the packets of a run, of which there are two at least, as one super-packet. */
    public GatheredPacket of(SegmentRun run) {
        run.finish(begin());
        ByteBuffer head = run.head();
        add(head, head.position(), head.remaining());
        for (int index = 1; index < run.size(); index++) {
            ByteBuffer payload = run.payloadBuffer(index);
            int at = run.payloadIndex(index);
            add(payload, at, payload.limit() - at);
        }
        return this;
    }

    /** Takes a packet that is one, which lies between position and limit. */
    public GatheredPacket of(ByteBuffer packet) {
        VirtioNetHeader.putWhole(begin(), 0);
        add(packet, packet.position(), packet.remaining());
        return this;
    }

    /**
     * Adds a piece, which must stay where it is until the packet is written.
     *
     * @param buffer direct
     */
    private void add(ByteBuffer buffer, int index, int length) {
        long vector = (long) pieces * VECTOR_SIZE;
        long address = PacketMemory.address(buffer) - buffer.position() + index;
        vectors.set(JAVA_LONG, vector, address);
        vectors.set(JAVA_LONG, vector + LENGTH_OFFSET, length);
        buffers[pieces] = buffer;
        from[pieces] = index;
        lengths[pieces] = length;
        pieces++;
        octets += length;
    }

    /** Octets of all pieces without the header. */
    public int octets() {
        return octets - VirtioNetHeader.OCTETS;
    }

    /** Copies header and packet behind each other, from the buffer's position on. */
    public void copyTo(ByteBuffer target) {
        for (int piece = 0; piece < pieces; piece++) {
            target.put(target.position(), buffers[piece], from[piece], lengths[piece]);
            target.position(target.position() + lengths[piece]);
        }
    }

    /** The pieces for the system call. */
    MemorySegment vectors() {
        return vectors;
    }

    /** How many. */
    int pieces() {
        return pieces;
    }
}
