package dev.pptpd.gre;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GreTunnelAllocationTest {
    private static final int PACKETS = 200_000;
    private static final int PEER = 0x0A000001;
    private static final long HOLD_NANOS = GreConfiguration.DEFAULT.hold().firstNanos();

    private final HoldPool pool = HoldPool.ofDirectMemory(64, 2048, 64);
    private final GreTunnel tunnel = new GreTunnel(7, 8, 64, GreConfiguration.DEFAULT, pool);
    private final GreDemux<GreTunnel> demux = new GreDemux<>();
    private final ByteBuffer slot = ByteBuffer.allocateDirect(2048);
    private int nextNumber;
    private long now;
    private long deliveries;

    @Test
    void allocatesNothingPerPacket() {
        demux.register(7, PEER, tunnel);
        run(PACKETS);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        run(PACKETS);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated).isLessThan(PACKETS);
        GreCounters counters = tunnel.counters();
        assertThat(deliveries).isEqualTo(counters.delivered());
        assertThat(counters.reordered()).isPositive();
        assertThat(counters.rejected()).isPositive();
        assertThat(counters.jumps()).isPositive();
        assertThat(counters.lost()).isPositive();
        assertThat(counters.acknowledgmentsSent()).isPositive();
    }

    /** Ten packets a turn: in order, swapped, doubled, forged, far, lost; answers in between. */
    private void run(int packets) {
        for (int turn = 0; turn < packets / 10; turn++) {
            int base = nextNumber;
            nextNumber += 9;
            receive(base);
            receive(base + 3);
            receive(base + 2);
            receive(base + 1);
            receive(base + 1);
            receive(base + 4);
            tunnel.reject(base + 4);
            receive(base + 4);
            receive(base + 4 + 0x10000000);
            receive(base + 6);
            receive(base + 7);
            now += HOLD_NANOS;
            tunnel.onTimeout(now);
            drain();
            if (tunnel.nextDeadlineNanos() - now < 0) {
                throw new AssertionError("a deadline is left behind");
            }
            send(turn);
            if (turn % 1000 == 0) {
                nextNumber += 3000;
            }
        }
    }

    private void receive(int number) {
        slot.clear();
        slot.putShort((short) 0x3081).putShort((short) 0x880B).putShort((short) 1400);
        slot.putShort((short) 7).putInt(number).putInt(number);
        slot.position(0).limit(1416);
        if (GreHeader.decode(slot) != GreHeaderVerdict.VALID) {
            throw new AssertionError();
        }
        Optional<GreTunnel> found = demux.find(GreHeader.callId(slot), PEER);
        GreVerdict verdict = found.orElseThrow().offer(slot, now);
        boolean accepted =
                verdict == GreVerdict.DELIVER_JUMP
                        && number - nextNumber < 0x08000000
                        && tunnel.accept(number);
        if (verdict == GreVerdict.DELIVER || accepted) {
            deliveries++;
        }
        drain();
    }

    private void drain() {
        for (Optional<HeldFrame> held = tunnel.pollHeld();
                held.isPresent();
                held = tunnel.pollHeld()) {
            deliveries++;
            held.get().release();
        }
    }

    private void send(int turn) {
        slot.clear().position(64).limit(1464);
        if (turn % 2 == 0) {
            tunnel.encapsulate(slot, now);
        } else if (tunnel.isAcknowledgmentDue(now + HOLD_NANOS)) {
            tunnel.encapsulateAcknowledgment(slot);
        }
    }
}
