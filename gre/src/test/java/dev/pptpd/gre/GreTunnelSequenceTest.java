package dev.pptpd.gre;

import static dev.pptpd.gre.TunnelReader.MILLISECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GreTunnelSequenceTest {
    private final TunnelReader reader = new TunnelReader();

    @Test
    void takesTheFirstNumberAsTheStart() {
        for (int start : new int[] {0, 1, 77, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF}) {
            TunnelReader fresh = new TunnelReader();
            assertThat(fresh.read(start)).isEqualTo(GreVerdict.DELIVER);
            assertThat(fresh.read(start + 1)).isEqualTo(GreVerdict.DELIVER);
            assertThat(fresh.tunnel.counters().lost()).isZero();
        }
    }

    @Test
    void deliversAPacketThatTheFirstOneOvertook() {
        reader.read(1);
        assertThat(reader.read(0)).isEqualTo(GreVerdict.DELIVER);
        assertThat(reader.read(0)).isEqualTo(GreVerdict.DUPLICATE);
        assertThat(reader.read(2)).isEqualTo(GreVerdict.DELIVER);
    }

    @Test
    void framesThePayloadAndNothingBehindIt() {
        ByteBuffer packet = Packets.raw(0x3081, 4).putInt(9).putInt(0).putInt(0xC0210101);
        packet.position(0).limit(60);
        assertThat(reader.tunnel.offer(packet, 0)).isEqualTo(GreVerdict.DELIVER);
        assertThat(packet.position()).isEqualTo(16);
        assertThat(packet.limit()).isEqualTo(20);
    }

    @Test
    void leavesThePacketAloneWhenItIsNotDelivered() {
        reader.read(0);
        for (ByteBuffer packet :
                List.of(Packets.data(2), Packets.data(0), Packets.acknowledgment(0))) {
            int limit = packet.limit();
            assertThat(reader.tunnel.offer(packet, 0))
                    .isIn(GreVerdict.HELD, GreVerdict.DUPLICATE, GreVerdict.ACKNOWLEDGMENT);
            assertThat(packet.position()).isZero();
            assertThat(packet.limit()).isEqualTo(limit);
        }
    }

    @Test
    void holdsWhatComesBeforeItsTurn_A15() {
        reader.read(0);
        assertThat(reader.read(3)).isEqualTo(GreVerdict.HELD);
        assertThat(reader.read(2)).isEqualTo(GreVerdict.HELD);
        assertThat(reader.contents).containsExactly(0);
        assertThat(reader.read(1)).isEqualTo(GreVerdict.DELIVER);
        assertThat(reader.contents).containsExactly(0, 1, 2, 3);
        assertThat(reader.pool.available()).isEqualTo(64);
        GreCounters counters = reader.tunnel.counters();
        assertThat(counters.reordered()).isEqualTo(2);
        assertThat(counters.delivered()).isEqualTo(4);
        assertThat(counters.lost()).isZero();
    }

    @Test
    void givesAMissingNumberUpAfterTheHoldTime() {
        reader.read(0);
        reader.read(2);
        reader.advance(10 * MILLISECOND);
        reader.read(4);
        assertThat(reader.tunnel.nextDeadlineNanos()).isEqualTo(30 * MILLISECOND);
        reader.advance(20 * MILLISECOND - 1);
        assertThat(reader.contents).containsExactly(0);
        reader.advance(1);
        assertThat(reader.contents).containsExactly(0, 2);
        assertThat(reader.tunnel.nextDeadlineNanos()).isEqualTo(40 * MILLISECOND);
        assertThat(reader.read(1)).isEqualTo(GreVerdict.LATE);
        reader.advance(10 * MILLISECOND);
        assertThat(reader.contents).containsExactly(0, 2, 4);
        assertThat(reader.tunnel.counters().lost()).isEqualTo(2);
        assertThat(reader.tunnel.counters().late()).isEqualTo(1);
    }

    @Test
    void doesNotLetALowerNumberThatCameLaterProlongTheWait() {
        reader.read(0);
        reader.read(5);
        reader.advance(29 * MILLISECOND);
        reader.read(3);
        reader.advance(MILLISECOND);
        assertThat(reader.contents).containsExactly(0, 3, 5);
    }

    @Test
    void keepsTheHoldDeadlineOverTheWrapOfTheClock() {
        reader.now = Long.MAX_VALUE - 10;
        reader.read(0);
        reader.read(2);
        reader.advance(30 * MILLISECOND - 1);
        assertThat(reader.contents).containsExactly(0);
        reader.advance(1);
        assertThat(reader.contents).containsExactly(0, 2);
    }

    @Test
    void deliversWhatIsThereWhenTheReorderBufferIsFull() {
        TunnelReader small = new TunnelReader(4);
        small.read(0);
        for (int number = 2; number <= 4; number++) {
            assertThat(small.read(number)).isEqualTo(GreVerdict.HELD);
        }
        assertThat(small.contents).containsExactly(0);
        small.read(5);
        assertThat(small.contents).containsExactly(0, 2, 3, 4, 5);
        assertThat(small.read(1)).isEqualTo(GreVerdict.LATE);
    }

    @Test
    void keepsTheOrderWhenThePoolIsEmpty() {
        TunnelReader starved =
                new TunnelReader(
                        TunnelReader.configuration(64), HoldPool.ofDirectMemory(2, 128, 16));
        starved.read(0);
        starved.read(2);
        starved.read(6);
        ByteBuffer packet = Packets.data(4);
        assertThat(starved.tunnel.offer(packet, 0)).isEqualTo(GreVerdict.OFFER_AGAIN);
        assertThat(packet.position()).isZero();
        assertThat(starved.tunnel.pollHeld().orElseThrow().sequenceNumber()).isEqualTo(2);
        assertThat(starved.tunnel.pollHeld()).isEmpty();
        assertThat(starved.tunnel.offer(packet, 0)).isEqualTo(GreVerdict.DELIVER);
        assertThat(starved.tunnel.counters().received()).isEqualTo(4);
    }

    @Test
    void deliversTheFramesBeforeAPacketThatFindsNoRoom() {
        TunnelReader starved =
                new TunnelReader(
                        TunnelReader.configuration(64), HoldPool.ofDirectMemory(2, 128, 16));
        for (int number : new int[] {0, 2, 6, 4, 5, 1, 7}) {
            starved.read(number);
        }
        assertThat(starved.contents).containsExactly(0, 2, 4, 5, 6, 7);
        assertThat(starved.tunnel.counters().received()).isEqualTo(7);
        assertThat(starved.tunnel.counters().late()).isEqualTo(1);
        assertThat(starved.tunnel.counters().lost()).isEqualTo(2);
    }

    @Test
    void worksWithoutAnyRoomToHold() {
        TunnelReader none = new TunnelReader(0);
        for (int number : new int[] {0, 2, 1, 3, 9}) {
            none.read(number);
        }
        assertThat(none.contents).containsExactly(0, 2, 3, 9);
    }

    @Test
    void deliversAFrameTooLongToHold() {
        reader.read(0);
        ByteBuffer packet = ByteBuffer.allocate(4096);
        packet.put(Packets.raw(0x3001, 4000).flip()).putInt(5).clear();
        assertThat(reader.read(packet)).isEqualTo(GreVerdict.DELIVER);
        assertThat(packet.remaining()).isEqualTo(4000);
    }

    @Test
    void countsEachPacketOnceWhenAllAreDoubled_A14() {
        for (int number = 0; number < 5_000; number++) {
            reader.read(number);
            assertThat(reader.read(number)).isEqualTo(GreVerdict.DUPLICATE);
        }
        assertThat(reader.contents).hasSize(5_000);
        assertThat(reader.tunnel.counters().duplicates()).isEqualTo(5_000);
    }

    @Test
    void recognizesDuplicatesOfHeldAndOfOldPackets() {
        reader.read(0);
        reader.read(2);
        assertThat(reader.read(2)).isEqualTo(GreVerdict.DUPLICATE);
        for (int number = 3; number < 60; number++) {
            reader.read(number);
        }
        reader.read(1);
        for (int number = 60; number < 1024; number++) {
            reader.read(number);
        }
        for (int number = 0; number < 1024; number++) {
            assertThat(reader.read(number)).isEqualTo(GreVerdict.DUPLICATE);
        }
    }

    @Test
    void losesNothingOverTheWrap_A16() {
        for (int number = -100; number < 900; number++) {
            assertThat(reader.read(number)).isEqualTo(GreVerdict.DELIVER);
        }
        assertThat(reader.contents)
                .containsExactlyElementsOf(IntStream.range(-100, 900).boxed().toList());
        assertThat(reader.tunnel.counters().lost()).isZero();
    }

    @Test
    void bringsShuffledPacketsIntoSequenceOverTheWrap_A16() {
        List<Integer> numbers = shuffled(-100, 1_000, 64, new Random(16));
        reader.read(-101);
        numbers.forEach(reader::read);
        assertThat(reader.contents)
                .containsExactlyElementsOf(IntStream.range(-101, 900).boxed().toList());
    }

    @Test
    void losesNothingThatFitsWhenShuffledInWindows_V03() {
        for (int window = 1; window <= 300; window++) {
            TunnelReader wide = new TunnelReader(300);
            wide.read(-1);
            shuffled(0, 10_000, window, new Random(window)).forEach(wide::read);
            assertThat(wide.contents).hasSize(10_001).isSorted();
            assertThat(wide.tunnel.counters().lost()).isZero();
            assertThat(wide.pool.available()).isEqualTo(300);
        }
    }

    @Test
    void survivesShufflingBeyondItsRoom_V03() {
        for (int window = 65; window <= 300; window++) {
            TunnelReader narrow = new TunnelReader(64);
            narrow.read(-1);
            shuffled(0, 10_000, window, new Random(window)).forEach(narrow::read);
            narrow.advance(30 * MILLISECOND);
            assertThat(narrow.contents).isSorted().doesNotHaveDuplicates();
            GreCounters counters = narrow.tunnel.counters();
            assertThat(counters.delivered()).isEqualTo(narrow.contents.size());
            assertThat(counters.delivered() + counters.late()).isEqualTo(10_001);
            assertThat(counters.lost()).isEqualTo(counters.late());
            assertThat(narrow.read(10_000)).isEqualTo(GreVerdict.DELIVER);
            assertThat(narrow.pool.available()).isEqualTo(64);
        }
    }

    private static List<Integer> shuffled(int start, int count, int window, Random random) {
        List<Integer> numbers = new ArrayList<>(IntStream.range(0, count).boxed().toList());
        for (int from = 0; from < count; from += window) {
            Collections.shuffle(numbers.subList(from, Math.min(count, from + window)), random);
        }
        numbers.replaceAll(number -> start + number);
        return numbers;
    }

    @Test
    void givesHeldFramesBackWhenItCloses() {
        reader.read(0);
        reader.read(2);
        reader.read(4);
        reader.tunnel.offer(Packets.data(1), 0);
        assertThat(reader.pool.available()).isEqualTo(62);
        reader.tunnel.close();
        assertThat(reader.pool.available()).isEqualTo(64);
    }
}
