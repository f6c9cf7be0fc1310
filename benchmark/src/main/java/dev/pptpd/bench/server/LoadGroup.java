package dev.pptpd.bench.server;

import dev.pptpd.bench.measure.Figure;
import dev.pptpd.bench.measure.Findings;
import dev.pptpd.bench.measure.Goal;
import dev.pptpd.bench.measure.Group;
import dev.pptpd.bench.measure.Plot;
import dev.pptpd.bench.measure.Rounds;
import dev.pptpd.bench.measure.Table;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Many sessions at a server as it is built, generator and server on the same processors: how fast
 * they come and go, what they take while they are idle, and what a packet costs among them.
 */
public final class LoadGroup implements Group {
    private static final int MANY = 1_000;
    private static final int MOST = 2_000;
    private static final int STEP = 250;
    private static final long UP_NANOS = Duration.ofSeconds(90).toNanos();
    private static final long DOWN_NANOS = Duration.ofSeconds(20).toNanos();
    private static final double NANOS_IN_SECOND = 1e9;
    private static final double OCTETS_IN_KIB = 1_024;

    /** A group has no state. */
    public LoadGroup() {}

    @Override
    public String name() {
        return "load";
    }

    @Override
    public String purpose() {
        return "up to 2,000 sessions: logins, teardown, memory, cost of a packet among them";
    }

    @Override
    public void measure(Rounds rounds, Findings findings) throws IOException, InterruptedException {
        // First what is not timed: this process has compiled its clients' code then, and leaves the
        // processors to the server when it is.
        grow(findings);
        SingleLogins.measure(rounds, findings);
        comeAndGo(findings);
        PacketCost.measure(rounds, findings);
    }

    /** A thousand at once, and all of them told that the server goes. */
    private static void comeAndGo(Findings findings) throws IOException, InterruptedException {
        findings.progress("1,000 sessions come and go");
        List<Figure> figures = new ArrayList<>();
        try (Site site = new Site(MeasuredServer::startToBeAsked)) {
            // What the first login loads is not a session's.
            site.fleet().connect(1, Site::ownAddress, 0, UP_NANOS);
            long heapBefore = site.server().heapOctets();
            figures.addAll(come(site));
            double heap = site.server().heapOctets() - heapBefore;
            figures.add(
                    Figure.of("Java heap of an idle session", "KiB", heap / MANY / OCTETS_IN_KIB)
                            .judgedBy(Goal.atMost(4)));
            figures.addAll(go(site));
        }
        findings.add(
                new Table("1,000 sessions, MS-CHAPv2, MPPE-128 and a TUN device each", figures));
    }

    private static List<Figure> come(Site site) throws InterruptedException {
        FleetEvents events = site.fleet().events();
        int before = events.up();
        long start = System.nanoTime();
        site.fleet().connect(MANY, Site::ownAddress, 0, UP_NANOS);
        double seconds = secondsSince(start);
        int up = events.up() - before;
        return List.of(
                Figure.of("came up", "sessions", up)
                        .judgedBy(Goal.atLeast(MANY))
                        .with(firstOf(events.failures())),
                Figure.of("all up after", "s", seconds).judgedBy(Goal.atMost(10)),
                Figure.of("connect rate", "sessions/s", up / seconds).judgedBy(Goal.atLeast(150)));
    }

    private static List<Figure> go(Site site) throws InterruptedException {
        FleetEvents events = site.fleet().events();
        long start = System.nanoTime();
        site.server().terminate();
        events.awaitTold(events.up(), start + DOWN_NANOS);
        double seconds = secondsSince(start);
        return List.of(
                Figure.of("told of the server's end", "sessions", events.told())
                        .judgedBy(Goal.atLeast(MANY)),
                Figure.of("all told after", "s", seconds).judgedBy(Goal.atMost(3)));
    }

    private static double secondsSince(long startNanos) {
        return (System.nanoTime() - startNanos) / NANOS_IN_SECOND;
    }

    private static String firstOf(List<String> failures) {
        return failures.isEmpty() ? "" : failures.getFirst();
    }

    /** Up to two thousand, step by step, and the memory at each. */
    private static void grow(Findings findings) throws IOException, InterruptedException {
        findings.progress("up to 2,000 sessions, idle");
        List<Double> sessions = new ArrayList<>();
        List<Double> memory = new ArrayList<>();
        try (Site site = new Site(MeasuredServer::start)) {
            FleetEvents events = site.fleet().events();
            sessions.add(0.0);
            memory.add(site.server().residentMib());
            for (int up = STEP; up <= MOST; up += STEP) {
                site.fleet().connect(STEP, Site::ownAddress, 0, UP_NANOS);
                sessions.add((double) events.up());
                memory.add(site.server().residentMib());
            }
            double atMany = memory.get(MANY / STEP);
            findings.add(
                    new Table(
                            "up to 2,000 sessions, idle",
                            List.of(
                                    Figure.of("came up", "sessions", events.up())
                                            .judgedBy(Goal.atLeast(MOST))
                                            .with(firstOf(events.failures())),
                                    Figure.of("memory without sessions", "MiB", memory.getFirst()),
                                    Figure.of("memory at 1,000 sessions", "MiB", atMany)
                                            .judgedBy(Goal.atMost(220)),
                                    Figure.of("memory at 2,000 sessions", "MiB", memory.getLast()),
                                    Figure.of(
                                            "complaints of the server",
                                            "lines",
                                            site.server().complaints().size()))));
        }
        findings.add(
                new Plot(
                        "memory",
                        "Resident memory of the server",
                        "idle sessions",
                        "MiB",
                        List.of(new Plot.Curve("process", sessions, memory))));
    }
}
