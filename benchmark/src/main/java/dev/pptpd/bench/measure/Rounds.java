package dev.pptpd.bench.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * How a comparison is run: in rounds, in each of which every contestant has one turn, so that
 * whatever else the machine does meanwhile befalls all of them. The first rounds do not count: by
 * then the JVM has compiled what is to be measured.
 *
 * @param warmUp rounds that do not count, from 0
 * @param repetitions rounds that count, from 1
 */
public record Rounds(int warmUp, int repetitions) {
    public Rounds {
        if (warmUp < 0 || repetitions < 1) {
            throw new IllegalArgumentException(warmUp + " and " + repetitions + " rounds");
        }
    }

    /** One who takes part, or the reason why not. */
    private record Seat(
            Comparison.Entry entry,
            Optional<Contestant> contestant,
            String reason,
            List<Double> values) {}

    /** Measures all that can be opened. */
    public Table run(Comparison comparison) throws IOException {
        List<Seat> seats = new ArrayList<>();
        try {
            for (Comparison.Entry entry : comparison.entries()) {
                seats.add(open(entry));
            }
            for (int round = 0; round < warmUp + repetitions; round++) {
                play(seats, round >= warmUp);
            }
        } finally {
            seats.forEach(seat -> seat.contestant().ifPresent(Contestant::close));
        }
        return new Table(comparison.title(), figures(comparison, seats));
    }

    private static Seat open(Comparison.Entry entry) throws IOException {
        try {
            Contestant contestant = entry.opener().open();
            return new Seat(entry, Optional.of(contestant), "", new ArrayList<>());
        } catch (UnavailableException e) {
            String reason = String.valueOf(e.getMessage());
            return new Seat(entry, Optional.empty(), reason, List.of());
        }
    }

    private static void play(List<Seat> seats, boolean counts) throws IOException {
        for (Seat seat : seats) {
            if (seat.contestant().isPresent()) {
                double value = seat.contestant().get().measure();
                if (counts) {
                    seat.values().add(value);
                }
            }
        }
    }

    private static List<Figure> figures(Comparison comparison, List<Seat> seats) {
        List<Double> baseline = seats.getFirst().values();
        List<Double> ours = seats.getLast().values();
        return seats.stream()
                .map(seat ->
                        seat.values().isEmpty()
                                ? Figure.missing(
                                        seat.entry().name(), comparison.unit(), seat.reason())
                                : new Figure(
                                        seat.entry().name(),
                                        comparison.unit(),
                                        seat.values(),
                                        ratio(baseline, seat.values()),
                                        judgement(seat, ours),
                                        ""))
                .toList();
    }

    private static Optional<Judgement> judgement(Seat rival, List<Double> ours) {
        OptionalDouble ratio = ratio(rival.values(), ours);
        return ratio.isEmpty()
                ? Optional.empty()
                : rival.entry()
                        .goal()
                        .map(goal -> new Judgement(goal, goal.value(ratio.getAsDouble(), 1)));
    }

    /** The median of the ratios of each round: the two of a round had the same machine. */
    private static OptionalDouble ratio(List<Double> over, List<Double> under) {
        if (over.isEmpty() || under.isEmpty()) {
            return OptionalDouble.empty();
        }
        List<Double> ratios =
                IntStream.range(0, over.size())
                        .mapToObj(round -> over.get(round) / under.get(round))
                        .toList();
        return OptionalDouble.of(Spread.of(ratios).median());
    }
}
