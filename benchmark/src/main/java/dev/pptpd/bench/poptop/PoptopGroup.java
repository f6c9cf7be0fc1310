package dev.pptpd.bench.poptop;

import dev.pptpd.bench.measure.Comparison;
import dev.pptpd.bench.measure.Comparison.Entry;
import dev.pptpd.bench.measure.Contestant;
import dev.pptpd.bench.measure.Figure;
import dev.pptpd.bench.measure.Findings;
import dev.pptpd.bench.measure.Goal;
import dev.pptpd.bench.measure.Group;
import dev.pptpd.bench.measure.Rounds;
import dev.pptpd.bench.measure.Table;
import dev.pptpd.bench.measure.UnavailableException;
import dev.pptpd.bench.process.Workshop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The server that this one replaces: both in guests that are alike, and the client, whose packets
 * its kernel moves, in a third.
 */
public final class PoptopGroup implements Group {
    private static final String POPTOP = "PoPToP and pppd in a guest";
    private static final String OURS = "this server in a guest";

    /** A round takes ten seconds, nearly all of them PoPToP's, and has thousands of packets. */
    private static final int WARM_UP = 5;

    private static final Goal UP_SECONDS = Goal.atMost(0.30);

    /** PoPToP's CPU time over ours. */
    private static final Goal A_THIRD = Goal.atLeast(3);

    private final Workshop workshop;

    /** With the client's plugin made there. */
    public PoptopGroup(Workshop workshop) {
        this.workshop = workshop;
    }

    @Override
    public String name() {
        return "poptop";
    }

    @Override
    public String purpose() {
        return "Debian's PoPToP and pppd against this server, in guests that are alike";
    }

    @Override
    public void measure(Rounds asked, Findings findings) throws IOException {
        Rounds rounds = new Rounds(Math.min(asked.warmUp(), WARM_UP), asked.repetitions());
        findings.progress("three guests boot");
        try (Machines machines = Machines.open()) {
            Path plugin = workshop.library("kernel_client");
            findings.progress("logins");
            findings.add(logins(machines, plugin, rounds));
            KernelClient.connect(machines.client(), plugin, machines.poptop());
            KernelClient.connect(machines.client(), plugin, machines.ours());
            for (GuestTransfers.Way way : GuestTransfers.Way.values()) {
                findings.progress("transfers " + way.words());
                findings.add(transfers(machines, way, rounds));
            }
        } catch (UnavailableException e) {
            findings.add(
                    new Table(
                            "PoPToP",
                            List.of(Figure.missing(POPTOP, "s", String.valueOf(e.getMessage())))));
        }
    }

    private static Table logins(Machines machines, Path plugin, Rounds rounds) throws IOException {
        Table table =
                rounds.run(
                        new Comparison(
                                "from the client's SYN to the network, MPPE-128",
                                "s",
                                List.of(
                                        new Entry(
                                                POPTOP,
                                                () -> login(machines, plugin, machines.poptop())),
                                        new Entry(
                                                OURS,
                                                () -> login(machines, plugin, machines.ours())))));
        List<Figure> figures = new ArrayList<>(table.figures());
        figures.add(
                Figure.of("ours, by itself", "s", figures.getLast().values()).judgedBy(UP_SECONDS));
        return new Table(table.title(), figures);
    }

    private static Contestant login(Machines machines, Path plugin, Machines.Peer server) {
        return new Contestant() {
            @Override
            public double measure() {
                KernelClient session = KernelClient.connect(machines.client(), plugin, server);
                session.hangUp();
                return session.upSeconds();
            }

            @Override
            public void close() {
                // Each session ends with its turn.
            }
        };
    }

    private static Table transfers(Machines machines, GuestTransfers.Way way, Rounds rounds)
            throws IOException {
        GuestTransfers poptop = new GuestTransfers(machines.client(), machines.poptop());
        GuestTransfers ours = new GuestTransfers(machines.client(), machines.ours());
        Goal faster =
                switch (way) {
                    case UP -> Goal.timesAsFast(4);
                    case DOWN -> Goal.timesAsFast(2);
                };
        Table clock =
                rounds.run(
                        new Comparison(
                                "iperf3 between guests %s, MPPE-128".formatted(way.words()),
                                "ns/octet",
                                List.of(
                                        new Entry(POPTOP, () -> poptop.way(way), faster),
                                        new Entry(OURS, () -> ours.way(way)))));
        List<Figure> figures = new ArrayList<>(clock.figures());
        figures.addAll(costs(poptop.last(rounds.repetitions()), ours.last(rounds.repetitions())));
        return new Table(clock.title(), figures);
    }

    private static List<Figure> costs(
            List<GuestTransfers.Transfer> poptop, List<GuestTransfers.Transfer> ours) {
        List<Double> rival = each(poptop, GuestTransfers.Transfer::guestNanosPerOctet);
        List<Double> own = each(ours, GuestTransfers.Transfer::guestNanosPerOctet);
        List<Double> times =
                IntStream.range(0, own.size())
                        .mapToObj(round -> rival.get(round) / own.get(round))
                        .toList();
        return List.of(
                Figure.of(
                        "PoPToP: throughput",
                        "Mbit/s",
                        each(poptop, GuestTransfers.Transfer::megabitsPerSecond)),
                Figure.of(
                        "ours: throughput",
                        "Mbit/s",
                        each(ours, GuestTransfers.Transfer::megabitsPerSecond)),
                Figure.of("PoPToP: CPU of the guest", "ns/octet", rival),
                Figure.of("ours: CPU of the guest", "ns/octet", own),
                Figure.of("PoPToP's CPU over ours", "x", times).judgedBy(A_THIRD));
    }

    private static List<Double> each(
            List<GuestTransfers.Transfer> transfers,
            ToDoubleFunction<GuestTransfers.Transfer> value) {
        return transfers.stream().map(value::applyAsDouble).toList();
    }
}
