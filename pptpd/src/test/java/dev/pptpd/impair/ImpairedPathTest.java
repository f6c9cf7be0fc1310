package dev.pptpd.impair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ImpairedPathTest {
    private static final int PACKETS = 100_000;
    private static final long MILLI = 1_000_000;

    private record Sent(int packet, long atNanos) {}

    /** Offers a packet a millisecond and collects what leaves. */
    private static List<Sent> run(ImpairedPath<Integer> path, int packets) {
        List<Sent> sent = new ArrayList<>();
        for (int packet = 0; packet < packets; packet++) {
            long now = packet * MILLI;
            drain(path, now, sent);
            path.offer(packet, now);
        }
        while (path.nextDeadlineNanos().isPresent()) {
            drain(path, path.nextDeadlineNanos().getAsLong(), sent);
        }
        return sent;
    }

    private static void drain(ImpairedPath<Integer> path, long until, List<Sent> sent) {
        while (path.nextDeadlineNanos().isPresent()
                && path.nextDeadlineNanos().getAsLong() <= until) {
            long at = path.nextDeadlineNanos().getAsLong();
            Optional<Integer> packet = path.poll(at);
            packet.ifPresent(number -> sent.add(new Sent(number, at)));
        }
    }

    @Test
    void forwardsWithoutImpairmentAtOnceAndInOrder() {
        List<Sent> sent = run(new ImpairedPath<>(Impairment.NONE, 1), 100);
        assertThat(sent)
                .isEqualTo(
                        IntStream.range(0, 100)
                                .mapToObj(packet -> new Sent(packet, packet * MILLI))
                                .toList());
    }

    @Test
    void losesDuplicatesAndReordersTheSharesAskedFor() {
        var path = new ImpairedPath<Integer>(Impairment.BAD_LINE, 1);
        List<Sent> sent = run(path, PACKETS);
        PathCounters counters = path.counters();

        assertThat(counters.seen()).isEqualTo(PACKETS);
        assertThat(counters.lossShare()).isCloseTo(0.05, within(0.003));
        assertThat((double) counters.duplicated() / PACKETS).isCloseTo(0.95 * 0.03, within(0.003));
        assertThat((double) counters.reordered() / sent.size()).isCloseTo(0.10, within(0.005));
        assertThat(sent).hasSize((int) (PACKETS - counters.lost() + counters.duplicated()));
        assertThat(new HashSet<>(sent.stream().map(Sent::packet).toList()))
                .hasSize((int) (PACKETS - counters.lost()));
    }

    @Test
    void delaysWithinTheBoundsAndWhatFallsBehindByOnceMoreTheGreatest() {
        var path = new ImpairedPath<Integer>(Impairment.BAD_LINE, 2);
        List<Sent> sent = run(path, PACKETS);

        long within = sent.stream().filter(one -> delay(one) <= 15 * MILLI).count();
        assertThat(sent).allMatch(one -> delay(one) >= 5 * MILLI && delay(one) <= 30 * MILLI);
        assertThat((double) within / sent.size()).isCloseTo(0.90, within(0.005));
    }

    private static long delay(Sent sent) {
        return sent.atNanos - sent.packet * MILLI;
    }

    @Test
    void shufflesEachWindowAndLosesNothing() {
        List<Sent> sent = run(new ImpairedPath<>(Impairment.shuffling(10), 3), 1000);

        for (int window = 0; window < 100; window++) {
            int first = window * 10;
            List<Integer> packets =
                    sent.subList(first, first + 10).stream().map(Sent::packet).toList();
            assertThat(packets)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(first, first + 10).boxed().toList());
        }
        assertThat(sent.stream().map(Sent::packet).toList()).isNotEqualTo(range(1000));
    }

    @Test
    void letsAWindowGoThatDoesNotFill() {
        List<Sent> sent = run(new ImpairedPath<>(Impairment.shuffling(300), 4), 10);

        assertThat(sent.stream().map(Sent::packet).toList())
                .containsExactlyInAnyOrderElementsOf(range(10));
        assertThat(sent).allMatch(one -> one.atNanos == Duration.ofMillis(50).toNanos());
    }

    private static List<Integer> range(int end) {
        return IntStream.range(0, end).boxed().toList();
    }

    @Test
    void repeatsItselfWithTheSameSeed() {
        List<Sent> first = run(new ImpairedPath<>(Impairment.BAD_LINE, 5), 1000);
        assertThat(run(new ImpairedPath<>(Impairment.BAD_LINE, 5), 1000)).isEqualTo(first);
        assertThat(run(new ImpairedPath<>(Impairment.BAD_LINE, 6), 1000)).isNotEqualTo(first);
    }
}
