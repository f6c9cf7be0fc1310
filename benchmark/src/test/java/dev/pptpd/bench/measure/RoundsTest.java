package dev.pptpd.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.pptpd.bench.measure.Comparison.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Contestants whose work is to move a clock. */
final class RoundsTest {
    private final List<String> events = new ArrayList<>();

    /** The machine: how much slower it is than it could be, by one more with each turn. */
    private long nowNanos;

    private double slowness = 1;

    @Test
    void givesEachItsTurnInEachRound() throws IOException {
        new Rounds(1, 2).run(comparison(entry("a", 10), entry("b", 20), entry("c", 30)));
        assertThat(events)
                .containsExactly(
                        "a",
                        "b",
                        "c",
                        "a",
                        "b",
                        "c",
                        "a",
                        "b",
                        "c",
                        "a closed",
                        "b closed",
                        "c closed");
    }

    @Test
    void doesNotCountTheWarmUp() throws IOException {
        Table table = new Rounds(20, 3).run(comparison(entry("a", 10), entry("b", 20)));
        assertThat(table.figures()).allSatisfy(figure -> assertThat(figure.values()).hasSize(3));
    }

    @Test
    void tellsHowMuchFasterThanTheFirstEachIs() throws IOException {
        Table table =
                new Rounds(0, 5).run(comparison(entry("a", 30), entry("b", 60), entry("c", 10)));
        assertThat(table.figures().get(0).toBaseline().orElseThrow()).isEqualTo(1);
        assertThat(table.figures().get(1).toBaseline().orElseThrow()).isEqualTo(0.5);
        assertThat(table.figures().get(2).toBaseline().orElseThrow()).isEqualTo(3);
    }

    @Test
    void judgesOursAgainstEachRivalWithAGoal() throws IOException {
        Table table =
                new Rounds(0, 5)
                        .run(
                                comparison(
                                        entry("a", 30, Goal.timesAsFast(2)),
                                        entry("b", 19, Goal.timesAsFast(2)),
                                        entry("c", 8, Goal.timesTheTime(1.25)),
                                        entry("ours", 10)));
        assertThat(table.figures().get(0).judgement())
                .contains(new Judgement(Goal.timesAsFast(2), 3));
        assertThat(table.figures().get(1).judgement().orElseThrow().isMet()).isFalse();
        assertThat(table.figures().get(2).judgement().orElseThrow().isMet()).isTrue();
        assertThat(table.figures().get(3).judgement()).isEmpty();
        assertThat(table.missed()).isEqualTo(1);
    }

    /** The medians of both may come from different rounds; the ratio does not. */
    @Test
    void comparesWithinEachRound() throws IOException {
        slowness = 1.5;
        Table table = new Rounds(0, 9).run(comparison(entry("a", 10), entry("b", 10)));
        Figure second = table.figures().get(1);
        assertThat(second.spread().median()).isGreaterThan(100);
        assertThat(second.toBaseline().orElseThrow()).isEqualTo(1 / 1.5, within(1e-9));
    }

    @Test
    void leavesOutWhoCannotTakePart() throws IOException {
        Entry absent =
                new Entry(
                        "b",
                        () -> {
                            throw new UnavailableException("no b here");
                        },
                        Goal.timesAsFast(2));
        Table table = new Rounds(0, 2).run(comparison(entry("a", 10), absent, entry("c", 5)));
        Figure figure = table.figures().get(1);
        assertThat(figure.isMeasured()).isFalse();
        assertThat(figure.remark()).isEqualTo("no b here");
        assertThat(figure.judgement()).isEmpty();
        assertThat(table.figures().get(2).toBaseline().orElseThrow()).isEqualTo(2);
    }

    @Test
    void closesAllWhenOneFails() {
        Entry broken =
                new Entry(
                        "b",
                        () -> {
                            throw new IOException("b is broken");
                        });
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new Rounds(0, 2).run(comparison(entry("a", 10), broken)));
        assertThat(events).containsExactly("a closed");
    }

    private static Comparison comparison(Entry... entries) {
        return new Comparison("work", "ns/unit", List.of(entries));
    }

    private Entry entry(String name, long nanos) {
        return new Entry(name, () -> contestant(name, nanos));
    }

    private Entry entry(String name, long nanos, Goal goal) {
        return new Entry(name, () -> contestant(name, nanos), goal);
    }

    private Contestant contestant(String name, long nanos) {
        CpuClock clock = () -> nowNanos;
        return new Contestant() {
            private double factor = 1;

            @Override
            public double measure() {
                events.add(name);
                long start = clock.nanos();
                factor *= slowness;
                nowNanos +=
                        (long) (nanos * 1_000 * (name.equals("b") ? factor * slowness : factor));
                return (clock.nanos() - start) / 1_000.0;
            }

            @Override
            public void close() {
                events.add(name + " closed");
            }
        };
    }
}
