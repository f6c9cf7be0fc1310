package dev.pptpd.bench.server;

import dev.pptpd.bench.measure.Comparison;
import dev.pptpd.bench.measure.Comparison.Entry;
import dev.pptpd.bench.measure.Contestant;
import dev.pptpd.bench.measure.Figure;
import dev.pptpd.bench.measure.Findings;
import dev.pptpd.bench.measure.Goal;
import dev.pptpd.bench.measure.Plot;
import dev.pptpd.bench.measure.Rounds;
import dev.pptpd.bench.measure.Table;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * What a packet of the one busy session costs the server's workers, alone and among idle ones: a
 * server for each number of sessions, all at the same time, so that they can take turns.
 */
final class PacketCost implements AutoCloseable {
    private static final long UP_NANOS = Duration.ofMinutes(4).toNanos();

    /** What the server takes of one address: ConnectionLimits, with some to spare. */
    private static final int LOGINS_PER_SECOND_OF_ONE_ADDRESS = 9;

    /** The goals are those of a worker that has all of its processor. */
    private static final double INWARD_NANOS = 4_500;

    private static final double OUTWARD_NANOS = 5_500;

    /** One octet in each nanosecond, in Mbit/s. */
    private static final double MBITS_OF_OCTET = 8_000;

    private static final Goal FLAT = Goal.timesTheTime(1.05);

    /** A server with its sessions, the first of which is busy. */
    private record Crowd(String name, int sessions, Site site, Tunnel tunnel) {}

    private final List<Crowd> crowds = new ArrayList<>();

    private PacketCost() {}

    static void measure(Rounds rounds, Findings findings) throws IOException, InterruptedException {
        try (PacketCost cost = new PacketCost()) {
            for (int sessions : List.of(1, 100, 1_000)) {
                findings.progress("a busy session among " + sessions);
                cost.open(
                        "among %,d session%s".formatted(sessions, sessions == 1 ? "" : "s"),
                        sessions,
                        Site::ownAddress,
                        0);
            }
            findings.progress("1,000 sessions of one address, which the server takes slowly");
            cost.open(
                    "among 1,000 sessions of one address",
                    1_000,
                    Site::oneAddress,
                    LOGINS_PER_SECOND_OF_ONE_ADDRESS);
            cost.compare(rounds, findings);
        }
    }

    private void open(String name, int sessions, IntFunction<Ipv4Address> addresses, int perSecond)
            throws IOException, InterruptedException {
        Site site = new Site(MeasuredServer::start);
        try {
            site.fleet().connect(sessions, addresses, perSecond, UP_NANOS);
            FleetEvents events = site.fleet().events();
            if (events.up() < sessions) {
                throw new IOException(
                        "only %d of %d sessions: %s"
                                .formatted(events.up(), sessions, events.failures()));
            }
            crowds.add(new Crowd(name, sessions, site, new Tunnel(site)));
        } catch (IOException | InterruptedException | RuntimeException e) {
            site.close();
            throw e;
        }
    }

    private void compare(Rounds rounds, Findings findings) throws IOException {
        List<Crowd> byNumber = crowds.subList(0, crowds.size() - 1);
        List<Crowd> byAddress = List.of(crowds.getFirst(), crowds.getLast());
        findings.progress("packets from the client");
        Table inward = compare(byNumber, "from the client", Tunnel::inward, rounds);
        findings.add(judged(inward, INWARD_NANOS));
        findings.add(compare(byAddress, "from the client, as behind NAT", Tunnel::inward, rounds));
        findings.progress("packets to the client");
        Table outward = compare(byNumber, "to the client", Tunnel::outward, rounds);
        findings.add(judged(outward, OUTWARD_NANOS));
        findings.add(compare(byAddress, "to the client, as behind NAT", Tunnel::outward, rounds));
        findings.add(cost(inward, outward));
        findings.add(throughput(inward, outward));
    }

    /** The fullest server is to be no worse than the emptiest. */
    private static Table compare(
            List<Crowd> some, String direction, Function<Tunnel, Contestant> way, Rounds rounds)
            throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Crowd crowd : some) {
            Optional<Goal> goal = crowd.sessions() == 1 ? Optional.of(FLAT) : Optional.empty();
            entries.add(new Entry(crowd.name(), () -> way.apply(crowd.tunnel()), goal));
        }
        String title =
                "worker CPU of a packet of %,d octets %s, MPPE-128"
                        .formatted(Tunnel.PACKET_OCTETS, direction);
        return rounds.run(new Comparison(title, "ns/packet", entries));
    }

    private static Table judged(Table table, double limit) {
        List<Figure> figures = new ArrayList<>(table.figures());
        figures.add(
                Figure.of(
                                "one session, by itself",
                                "ns/packet",
                                table.figures().getFirst().values())
                        .judgedBy(Goal.atMost(limit)));
        return new Table(table.title(), figures);
    }

    private Plot cost(Table inward, Table outward) {
        return new Plot(
                "packet-cost",
                "A packet of one busy session, MPPE-128",
                "sessions",
                "CPU time of the workers, ns",
                curves(inward, outward, nanos -> nanos));
    }

    /** The same the other way round: octets of IP packets. */
    private Plot throughput(Table inward, Table outward) {
        return new Plot(
                "throughput",
                "What one processor carries for one busy session, MPPE-128",
                "sessions",
                "Mbit/s",
                curves(inward, outward, nanos -> Tunnel.PACKET_OCTETS * MBITS_OF_OCTET / nanos));
    }

    private List<Plot.Curve> curves(Table inward, Table outward, DoubleUnaryOperator value) {
        return List.of(
                curve("from the client", inward, value), curve("to the client", outward, value));
    }

    /** Of the servers whose clients have addresses of their own. */
    private Plot.Curve curve(String name, Table table, DoubleUnaryOperator value) {
        List<Double> sessions = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (int index = 0; index < table.figures().size(); index++) {
            sessions.add((double) crowds.get(index).sessions());
            double median = table.figures().get(index).spread().median();
            values.add(value.applyAsDouble(median));
        }
        return new Plot.Curve(name, sessions, values);
    }

    @Override
    public void close() throws IOException {
        for (Crowd crowd : crowds) {
            crowd.tunnel().close();
            crowd.site().close();
        }
    }
}
