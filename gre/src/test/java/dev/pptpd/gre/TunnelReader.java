package dev.pptpd.gre;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps the contract of {@link GreTunnel} as a worker does, and notes what comes out. */
final class TunnelReader {
    static final long MILLISECOND = 1_000_000;

    /** Content that no peer sends. */
    static final int FORGED = 0x0BADF00D;

    final HoldPool pool;
    final GreTunnel tunnel;

    /** The first four octets of each frame, in the order of delivery. */
    final List<Integer> contents = new ArrayList<>();

    long now;

    TunnelReader(GreConfiguration configuration, HoldPool pool, int firstNumber) {
        this.pool = pool;
        this.tunnel = new GreTunnel(Packets.CALL_ID, 0xABCD, 64, configuration, pool, firstNumber);
    }

    TunnelReader(GreConfiguration configuration, HoldPool pool) {
        this(configuration, pool, 0);
    }

    TunnelReader(int reorderPackets) {
        this(configuration(reorderPackets), HoldPool.ofDirectMemory(reorderPackets, 128, 16));
    }

    TunnelReader() {
        this(64);
    }

    static GreConfiguration configuration(int reorderPackets) {
        return new GreConfiguration(
                reorderPackets,
                GreConfiguration.HoldLimits.fixed(30 * MILLISECOND),
                new GreConfiguration.AcknowledgmentPolicy(60 * MILLISECOND, 32),
                FlowControl.NONE);
    }

    /** Offers, drains, accepts every sane jump and rejects what is not sane. */
    GreVerdict read(ByteBuffer packet) {
        int number = GreHeader.hasSequence(packet) ? GreHeader.sequenceNumber(packet) : 0;
        GreVerdict verdict = tunnel.offer(packet, now);
        if (verdict == GreVerdict.OFFER_AGAIN) {
            drain();
            verdict = tunnel.offer(packet, now);
        }
        if (verdict == GreVerdict.DELIVER) {
            take(number, packet);
        } else if (verdict == GreVerdict.DELIVER_JUMP && isSane(packet) && tunnel.accept(number)) {
            contents.add(content(packet));
        }
        drain();
        return verdict;
    }

    private void take(int number, ByteBuffer frame) {
        if (isSane(frame)) {
            contents.add(content(frame));
        } else {
            tunnel.reject(number);
        }
    }

    private static boolean isSane(ByteBuffer frame) {
        return content(frame) != FORGED;
    }

    private static int content(ByteBuffer frame) {
        return frame.getInt(frame.position());
    }

    GreVerdict read(int number) {
        return read(Packets.data(number));
    }

    void advance(long nanos) {
        now += nanos;
        tunnel.onTimeout(now);
        drain();
    }

    private void drain() {
        for (Optional<HeldFrame> held = tunnel.pollHeld();
                held.isPresent();
                held = tunnel.pollHeld()) {
            take(held.get().sequenceNumber(), held.get().octets());
            held.get().release();
        }
    }
}
