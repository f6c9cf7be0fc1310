package dev.pptpd.gre;

import static dev.pptpd.gre.TunnelReader.FORGED;
import static dev.pptpd.gre.TunnelReader.MILLISECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What forged packets can and cannot do, and how a long loss ends. */
class GreTunnelCommitTest {
    private final TunnelReader reader = new TunnelReader();
    private final GreTunnel tunnel = reader.tunnel;

    @Test
    void deliversTheRealPacketAfterAForgedOneWasRejected_A17() {
        readThrough(9);
        assertThat(tunnel.offer(Packets.data(10, FORGED), 0)).isEqualTo(GreVerdict.DELIVER);
        assertThat(tunnel.offer(Packets.data(11), 0)).isEqualTo(GreVerdict.DELIVER);
        tunnel.reject(10);
        assertThat(reader.read(10)).isEqualTo(GreVerdict.DELIVER);
        assertThat(reader.read(10)).isEqualTo(GreVerdict.DUPLICATE);
        assertThat(reader.read(11)).isEqualTo(GreVerdict.DUPLICATE);
        assertThat(reader.read(12)).isEqualTo(GreVerdict.DELIVER);
        assertThat(tunnel.counters().lost()).isZero();
        assertThat(tunnel.counters().rejected()).isEqualTo(1);
    }

    @Test
    void doesNotCountAsLostWhatCameAndWasRejected() {
        readThrough(9);
        for (int number = 10; number < 14; number++) {
            assertThat(tunnel.offer(Packets.data(number), 0)).isEqualTo(GreVerdict.DELIVER);
            tunnel.reject(number);
        }
        assertThat(tunnel.counters().lost()).isZero();
        assertThat(tunnel.counters().rejected()).isEqualTo(4);
    }

    @Test
    void countsNoLossForNumbersBeforeTheVeryFirstPacket() {
        assertThat(reader.read(5)).isEqualTo(GreVerdict.DELIVER);
        assertThat(tunnel.offer(Packets.data(7), reader.now)).isEqualTo(GreVerdict.HELD);
        reader.now += 400 * MILLISECOND;
        tunnel.onTimeout(reader.now);
        tunnel.pollHeld().orElseThrow().release();
        assertThat(tunnel.counters().lost()).isEqualTo(1);
        assertThat(reader.read(4)).isEqualTo(GreVerdict.DELIVER);
        assertThat(tunnel.counters().lost()).isEqualTo(1);
    }

    @Test
    void forgetsAForgedStart_A17() {
        assertThat(tunnel.offer(Packets.data(500, FORGED), 0)).isEqualTo(GreVerdict.DELIVER);
        tunnel.reject(500);
        readThrough(501);
        assertThat(reader.contents).hasSize(502).isSorted();
    }

    @Test
    void forgetsAForgedStartFarAway_A17() {
        assertThat(tunnel.offer(Packets.data(0x40000000, FORGED), 0)).isEqualTo(GreVerdict.DELIVER);
        tunnel.reject(0x40000000);
        assertThat(reader.read(0)).isEqualTo(GreVerdict.DELIVER_JUMP);
        assertThat(reader.read(1)).isEqualTo(GreVerdict.DELIVER);
        assertThat(reader.contents).containsExactly(0, 1);
    }

    @Test
    void opensWhatWasGivenUpForAForgedPacket_A17() {
        readThrough(9);
        for (int ahead : new int[] {1, 2, 64, 1023}) {
            int next = reader.contents.size();
            int forged = next + ahead;
            assertThat(tunnel.offer(Packets.data(forged, FORGED), reader.now))
                    .isEqualTo(GreVerdict.HELD);
            reader.now += 30 * MILLISECOND;
            tunnel.onTimeout(reader.now);
            HeldFrame held = tunnel.pollHeld().orElseThrow();
            assertThat(held.sequenceNumber()).isEqualTo(forged);
            held.release();
            tunnel.reject(forged);
            for (int number = next; number <= forged + 1; number++) {
                assertThat(reader.read(number)).isEqualTo(GreVerdict.DELIVER);
            }
        }
        assertThat(reader.contents).isSorted().doesNotHaveDuplicates();
        assertThat(tunnel.counters().lost()).isZero();
    }

    @Test
    void doesNotOpenWhatWasGivenUpForARealPacket() {
        readThrough(1);
        reader.read(5);
        reader.advance(30 * MILLISECOND);
        assertThat(tunnel.offer(Packets.data(6, FORGED), reader.now)).isEqualTo(GreVerdict.DELIVER);
        tunnel.reject(6);
        assertThat(reader.read(4)).isEqualTo(GreVerdict.LATE);
        assertThat(reader.read(6)).isEqualTo(GreVerdict.DELIVER);
    }

    @Test
    void movesNothingForAFarJumpUntilItIsAccepted_A17() {
        readThrough(9);
        for (int distance : new int[] {1024, 3000, 0x7FFFFFFF, 0x80000000, -1025 - 10, -5000}) {
            ByteBuffer forged = Packets.data(10 + distance, FORGED);
            assertThat(tunnel.offer(forged, 0)).isEqualTo(GreVerdict.DELIVER_JUMP);
            assertThat(forged.getInt(forged.position())).isEqualTo(FORGED);
        }
        assertThat(reader.read(9)).isEqualTo(GreVerdict.DUPLICATE);
        assertThat(reader.read(10)).isEqualTo(GreVerdict.DELIVER);
        assertThat(tunnel.counters().jumps()).isEqualTo(6);
        assertThat(tunnel.counters().lost()).isZero();
    }

    @Test
    void drawsTheLineAtTheWindow() {
        readThrough(1999);
        assertThat(reader.tunnel.offer(Packets.data(2000 + 1023), 0)).isEqualTo(GreVerdict.HELD);
        assertThat(reader.tunnel.offer(Packets.data(2000 + 1024), 0))
                .isEqualTo(GreVerdict.DELIVER_JUMP);
        assertThat(reader.tunnel.offer(Packets.data(2000 - 1024), 0))
                .isEqualTo(GreVerdict.DUPLICATE);
        assertThat(reader.tunnel.offer(Packets.data(2000 - 1025), 0))
                .isEqualTo(GreVerdict.DELIVER_JUMP);
    }

    @Test
    void goesOnAtOnceAfterALongLoss() {
        readThrough(9);
        // A batch: all offered before the first is decrypted.
        for (int number = 3010; number < 3040; number++) {
            assertThat(tunnel.offer(Packets.data(number), 0)).isEqualTo(GreVerdict.DELIVER_JUMP);
        }
        assertThat(tunnel.offer(Packets.data(3020), 0)).isEqualTo(GreVerdict.DELIVER_JUMP);
        for (int number = 3010; number < 3040; number++) {
            assertThat(tunnel.accept(number)).isTrue();
        }
        assertThat(tunnel.accept(3020)).isFalse();
        assertThat(reader.read(3040)).isEqualTo(GreVerdict.DELIVER);
        assertThat(tunnel.counters().lost()).isEqualTo(3000);
        assertThat(tunnel.counters().duplicates()).isEqualTo(1);
    }

    @Test
    void acceptsABatchOfJumpsWithGapsAndSwaps() {
        readThrough(9);
        assertThat(tunnel.accept(5001)).isTrue();
        assertThat(tunnel.accept(5000)).isTrue();
        assertThat(tunnel.accept(5004)).isTrue();
        assertThat(tunnel.accept(5003)).isFalse();
        assertThat(reader.read(5005)).isEqualTo(GreVerdict.DELIVER);
        assertThat(reader.read(5002)).isEqualTo(GreVerdict.LATE);
    }

    @Test
    void makesHeldFramesReadyWhenAnAcceptedJumpReachesThem() {
        readThrough(9);
        assertThat(tunnel.offer(Packets.data(2000), 0)).isEqualTo(GreVerdict.DELIVER_JUMP);
        assertThat(tunnel.offer(Packets.data(2001), 0)).isEqualTo(GreVerdict.DELIVER_JUMP);
        assertThat(tunnel.accept(2000)).isTrue();
        assertThat(tunnel.offer(Packets.data(2002), 0)).isEqualTo(GreVerdict.HELD);
        assertThat(tunnel.accept(2001)).isTrue();
        assertThat(tunnel.pollHeld().orElseThrow().sequenceNumber()).isEqualTo(2002);
    }

    @Test
    void dropsFramesHeldForAnOlderGapWhenAJumpIsAccepted() {
        readThrough(9);
        reader.read(12);
        assertThat(tunnel.accept(4000)).isTrue();
        assertThat(tunnel.pollHeld()).isEmpty();
        assertThat(reader.pool.available()).isEqualTo(64);
        assertThat(tunnel.counters().late()).isEqualTo(1);
    }

    @Test
    void findsBackFromAJumpThatShouldNotHaveBeenAccepted() {
        readThrough(9);
        assertThat(tunnel.accept(0x60000000)).isTrue();
        assertThat(reader.read(10)).isEqualTo(GreVerdict.DELIVER_JUMP);
        assertThat(reader.read(11)).isEqualTo(GreVerdict.DELIVER);
        assertThat(reader.read(9)).isEqualTo(GreVerdict.LATE);
    }

    @Test
    void ignoresTheRejectionOfNumbersItDoesNotHave() {
        tunnel.reject(0);
        readThrough(9);
        tunnel.reject(10);
        tunnel.reject(100_000);
        tunnel.reject(-3000);
        assertThat(reader.read(10)).isEqualTo(GreVerdict.DELIVER);
        assertThat(tunnel.counters().lost()).isZero();
    }

    @Test
    void keepsTheRealPeerUnderAThousandForgedPackets_A17() {
        Random random = new Random(17);
        int real = 20_000;
        for (int number = 0; number < real; number++) {
            if (number % 20 == 19) {
                boolean near = random.nextInt(3) == 0;
                int forged = near ? number + random.nextInt(2000) - 500 : random.nextInt();
                reader.read(Packets.data(forged, FORGED));
            }
            reader.read(number);
            reader.advance(MILLISECOND / 10);
        }
        reader.advance(30 * MILLISECOND);
        assertThat(reader.contents).doesNotHaveDuplicates();
        assertThat(reader.contents.size()).isGreaterThan(real * 99 / 100);
        assertThat(tunnel.counters().jumps()).isGreaterThan(600);
        assertThat(tunnel.counters().rejected()).isPositive();
    }

    @Test
    void isNotStoppedByForgedPacketsWhileThePeerIsIdle_A17() {
        readThrough(9);
        for (int burst = 0; burst < 100; burst++) {
            int expected = reader.contents.size();
            reader.read(Packets.data(expected + 1 + burst * 10, FORGED));
            reader.advance(30 * MILLISECOND);
            assertThat(reader.read(expected)).isEqualTo(GreVerdict.DELIVER);
        }
        assertThat(reader.contents).hasSize(110).isSorted();
    }

    private void readThrough(int last) {
        for (int number = 0; number <= last; number++) {
            reader.read(number);
        }
    }
}
