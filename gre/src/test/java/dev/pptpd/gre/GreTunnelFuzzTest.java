package dev.pptpd.gre;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random packets, decisions and times; whatever happens, the promises of the tunnel hold. */
class GreTunnelFuzzTest {
    private static final int STEPS = 20_000;
    private static final int SLOTS = 24;

    private final Set<Integer> taken = new HashSet<>();
    private final HoldPool pool = HoldPool.ofDirectMemory(SLOTS, 64, 16);
    private GreTunnel tunnel = newTunnel(32);
    private Random random = new Random(0);
    private long now;
    private long delivered;
    private long rejected;

    private GreTunnel newTunnel(int reorderPackets) {
        return new GreTunnel(
                Packets.CALL_ID, 1, 64, TunnelReader.configuration(reorderPackets), pool);
    }

    @Test
    void keepsItsPromisesForEveryInput() {
        for (int seed = 0; seed < 100; seed++) {
            random = new Random(seed);
            tunnel = newTunnel(random.nextInt(40));
            taken.clear();
            delivered = 0;
            rejected = 0;
            now = random.nextLong();
            int next = random.nextInt(3) - 1 - STEPS / 2 * random.nextInt(2);
            for (int step = 0; step < STEPS; step++) {
                next += random.nextInt(10) == 0 ? random.nextInt(40) : 1;
                receive(number(next));
                now += random.nextLong(2 * TunnelReader.MILLISECOND);
                if (random.nextInt(4) == 0) {
                    tunnel.onTimeout(now);
                    drain();
                    acknowledge();
                    checkDeadline();
                }
            }
            finish();
        }
    }

    private int number(int next) {
        return switch (random.nextInt(200)) {
            case 0 -> random.nextInt();
            case 1 -> next + random.nextInt(4_000) - 2_000;
            default -> next + (int) (random.nextGaussian() * 5);
        };
    }

    private void receive(int number) {
        ByteBuffer packet = Packets.data(number);
        GreVerdict verdict = tunnel.offer(packet, now);
        if (verdict == GreVerdict.OFFER_AGAIN) {
            drain();
            verdict = tunnel.offer(packet, now);
            assertThat(verdict).isEqualTo(GreVerdict.DELIVER);
        }
        switch (verdict) {
            case DELIVER -> take(number, packet);
            case DELIVER_JUMP -> {
                // What the tunnel knew of numbers there is gone, so here as well.
                if (random.nextInt(3) == 0 && tunnel.accept(number)) {
                    taken.clear();
                    taken.add(number);
                    delivered++;
                }
            }
            case HELD, DUPLICATE, LATE -> assertThat(packet.position()).isZero();
            case OFFER_AGAIN, ACKNOWLEDGMENT -> throw new AssertionError(verdict);
        }
        drain();
    }

    private void take(int number, ByteBuffer frame) {
        delivered++;
        assertThat(frame.remaining()).isEqualTo(8);
        assertThat(frame.getInt(frame.position())).isEqualTo(number);
        assertThat(taken.add(number)).as("number %d delivered twice", number).isTrue();
        if (random.nextInt(50) == 0) {
            tunnel.reject(number);
            taken.remove(number);
            rejected++;
        }
    }

    private void drain() {
        for (Optional<HeldFrame> held = tunnel.pollHeld();
                held.isPresent();
                held = tunnel.pollHeld()) {
            take(held.get().sequenceNumber(), held.get().octets());
            held.get().release();
        }
    }

    private void acknowledge() {
        if (tunnel.isAcknowledgmentDue(now)) {
            ByteBuffer slot = ByteBuffer.allocate(16).position(16);
            tunnel.encapsulateAcknowledgment(slot);
            assertThat(taken).contains(GreHeader.acknowledgmentNumber(slot));
        }
    }

    private void checkDeadline() {
        long deadline = tunnel.nextDeadlineNanos();
        if (deadline != GreTunnel.NO_DEADLINE) {
            assertThat(deadline - now).isPositive();
        }
    }

    private void finish() {
        GreCounters counters = tunnel.counters();
        assertThat(counters.delivered()).isEqualTo(delivered);
        assertThat(counters.rejected()).isEqualTo(rejected);
        assertThat(counters.lost()).isNotNegative();
        tunnel.close();
        assertThat(pool.available()).isEqualTo(SLOTS);
    }
}
