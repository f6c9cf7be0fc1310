package dev.pptpd.bench.server;

import dev.pptpd.bench.measure.Comparison;
import dev.pptpd.bench.measure.Comparison.Entry;
import dev.pptpd.bench.measure.Figure;
import dev.pptpd.bench.measure.Findings;
import dev.pptpd.bench.measure.Goal;
import dev.pptpd.bench.measure.Group;
import dev.pptpd.bench.measure.Rounds;
import dev.pptpd.bench.measure.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The kernel's TCP through a tunnel, from one program to another: with super-packets against single
 * packets, with and without encryption; and what the tunnel adds to the time of a ping.
 */
public final class TunnelGroup implements Group {
    private static final Goal FASTER = Goal.timesAsFast(1.4);
    private static final Goal INWARD_NANOS = Goal.atMost(4_500);
    private static final Goal OUTWARD_NANOS = Goal.atMost(5_500);
    private static final String SINGLE = "single packets (nooffload) at both ends";
    private static final String SUPER = "super-packets at both ends";

    /** A group has no state. */
    public TunnelGroup() {}

    @Override
    public String name() {
        return "tunnel";
    }

    @Override
    public String purpose() {
        return "iperf3 through a tunnel with super-packets against single ones; a ping through it";
    }

    @Override
    public void measure(Rounds rounds, Findings findings) throws IOException, InterruptedException {
        for (Encryption encryption : Encryption.values()) {
            findings.progress("TCP through a tunnel, " + encryption.words());
            try (TcpTunnel single = TcpTunnel.open(encryption, false);
                    TcpTunnel large = TcpTunnel.open(encryption, true)) {
                for (TcpTunnel.Way way : TcpTunnel.Way.values()) {
                    findings.add(compare(single, large, encryption, way, rounds));
                }
                if (encryption == Encryption.MPPE_128) {
                    findings.progress("pings");
                    findings.add(Latency.compare(large, rounds));
                    findings.add(Latency.compareOnWire(large, rounds));
                }
            }
        }
    }

    private static Table compare(
            TcpTunnel single,
            TcpTunnel large,
            Encryption encryption,
            TcpTunnel.Way way,
            Rounds rounds)
            throws IOException {
        List<TcpTunnel.Transfer> singles = new ArrayList<>();
        List<TcpTunnel.Transfer> larges = new ArrayList<>();
        Optional<Goal> faster =
                switch (encryption) {
                    case NONE -> Optional.of(FASTER);
                    case MPPE_128 -> Optional.empty();
                };
        Table clock =
                rounds.run(
                        new Comparison(
                                "iperf3, TCP through a tunnel %s, %s"
                                        .formatted(way.words(), encryption.words()),
                                "ns/segment",
                                List.of(
                                        new Entry(
                                                SINGLE, () -> single.stream(way, singles), faster),
                                        new Entry(SUPER, () -> large.stream(way, larges)))));
        List<Figure> figures = new ArrayList<>(clock.figures());
        figures.addAll(about("single packets", last(singles, rounds)));
        figures.addAll(judged(about("super-packets", last(larges, rounds)), encryption, way));
        return new Table(clock.title(), figures);
    }

    /** Of the rounds that count. */
    private static List<TcpTunnel.Transfer> last(List<TcpTunnel.Transfer> all, Rounds rounds) {
        return all.subList(all.size() - rounds.repetitions(), all.size());
    }

    private static List<Figure> about(String who, List<TcpTunnel.Transfer> transfers) {
        return List.of(
                Figure.of(
                        who + ": throughput",
                        "Mbit/s",
                        each(transfers, TcpTunnel.Transfer::megabitsPerSecond)),
                Figure.of(
                                who + ": sent again for a loss",
                                "segments",
                                each(transfers, transfer -> transfer.sender().segmentsLost()))
                        .with(repeated(transfers)),
                Figure.of(
                        who + ": CPU of the server's worker",
                        "ns/segment",
                        each(transfers, TcpTunnel.Transfer::workerNanosPerSegment)));
    }

    private static String repeated(List<TcpTunnel.Transfer> transfers) {
        long lost = transfers.stream().mapToLong(each -> each.sender().segmentsLost()).sum();
        long probes = transfers.stream().mapToLong(each -> each.sender().probes()).sum();
        return "in all rounds: %d, and %d probes".formatted(lost, probes);
    }

    private static List<Double> each(
            List<TcpTunnel.Transfer> transfers, ToDoubleFunction<TcpTunnel.Transfer> value) {
        return transfers.stream().map(value::applyAsDouble).toList();
    }

    /**
     * Ours lose nothing. The goals of a worker are those of one that encrypts; without, there is
     * less to do.
     */
    private static List<Figure> judged(
            List<Figure> figures, Encryption encryption, TcpTunnel.Way way) {
        Goal nanos =
                switch (way) {
                    case INWARD -> INWARD_NANOS;
                    case OUTWARD -> OUTWARD_NANOS;
                };
        Figure worker = figures.getLast();
        return List.of(
                figures.getFirst(),
                figures.get(1).judgedBy(Goal.atMost(0)),
                encryption == Encryption.MPPE_128 ? worker.judgedBy(nanos) : worker);
    }
}
