package dev.pptpd.gre;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A received frame that was copied because it came before its turn. It belongs to the caller from
 * {@link GreTunnel#pollHeld} until {@link #release}.
 */
public final class HeldFrame {
    private final HoldPool pool;
    private final int slot;
    private final ByteBuffer octets;

    /** Made once, so that handing the frame out allocates nothing. */
    private final Optional<HeldFrame> present = Optional.of(this);

    private boolean inUse;
    private int sequenceNumber;
    private long arrivalNanos;

    HeldFrame(HoldPool pool, int slot, ByteBuffer octets) {
        this.pool = pool;
        this.slot = slot;
        this.octets = octets;
    }

    /** The PPP frame from position to limit; may be changed, as in decrypting it in place. */
    public ByteBuffer octets() {
        return octets;
    }

    /** The number by which to {@link GreTunnel#reject} it. */
    public int sequenceNumber() {
        return sequenceNumber;
    }

    /** Which of the buffers given to {@link HoldPool} this is, from 0. */
    public int slot() {
        return slot;
    }

    /** Gives the memory back to its pool; to be called exactly once for each frame handed out. */
    public void release() {
        if (!inUse) {
            throw new IllegalStateException("slot " + slot + " was released twice");
        }
        inUse = false;
        pool.release(this);
    }

    void take() {
        inUse = true;
    }

    Optional<HeldFrame> present() {
        return present;
    }

    long arrivalNanos() {
        return arrivalNanos;
    }

    /** Copies {@code length} octets at {@code offset} of {@code packet} behind the headroom. */
    void fill(ByteBuffer packet, int offset, int length, int number, long nowNanos) {
        int start = pool.headroomOctets();
        octets.clear().position(start).limit(start + length);
        octets.put(start, packet, offset, length);
        sequenceNumber = number;
        arrivalNanos = nowNanos;
    }
}
