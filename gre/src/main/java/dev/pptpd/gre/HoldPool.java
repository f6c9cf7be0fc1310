package dev.pptpd.gre;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Memory for frames that wait for an earlier one, shared by the tunnels of one worker. When it runs
 * out, tunnels deliver without waiting. Not thread-safe.
 */
public final class HoldPool {
    private final int headroomOctets;
    private final int maxFrameOctets;
    private final HeldFrame[] free;
    private int freeCount;

    /**
     * A pool over {@code slots}, big-endian buffers of the caller's, of one size, which stay in use
     * for the life of the pool.
     *
     * @param headroomOctets octets kept free in front of each frame
     */
    public HoldPool(List<ByteBuffer> slots, int headroomOctets) {
        this.headroomOctets = headroomOctets;
        this.maxFrameOctets =
                slots.stream().mapToInt(ByteBuffer::capacity).min().orElse(headroomOctets)
                        - headroomOctets;
        if (headroomOctets < 0 || maxFrameOctets < 0) {
            throw new IllegalArgumentException("headroom " + headroomOctets + " of smaller slots");
        }
        this.free = new HeldFrame[slots.size()];
        for (int slot = free.length - 1; slot >= 0; slot--) {
            ByteBuffer octets = slots.get(slot);
            if (octets.order() != ByteOrder.BIG_ENDIAN) {
                throw new IllegalArgumentException("slot " + slot + " is little-endian");
            }
            free[freeCount++] = new HeldFrame(this, slot, octets);
        }
    }

    /** A pool of its own off-heap memory. */
    public static HoldPool ofDirectMemory(int slots, int slotOctets, int headroomOctets) {
        ByteBuffer memory = ByteBuffer.allocateDirect(Math.multiplyExact(slots, slotOctets));
        ByteBuffer[] buffers = new ByteBuffer[slots];
        Arrays.setAll(buffers, slot -> memory.slice(slot * slotOctets, slotOctets));
        return new HoldPool(List.of(buffers), headroomOctets);
    }

    /** Slots not in use. */
    public int available() {
        return freeCount;
    }

    /** A slot for a frame of that size; empty when none is free or the frame is too long. */
    Optional<HeldFrame> acquire(int frameOctets) {
        if (freeCount == 0 || frameOctets > maxFrameOctets) {
            return Optional.empty();
        }
        HeldFrame frame = free[--freeCount];
        frame.take();
        return frame.present();
    }

    void release(HeldFrame frame) {
        free[freeCount++] = frame;
    }

    int headroomOctets() {
        return headroomOctets;
    }
}
