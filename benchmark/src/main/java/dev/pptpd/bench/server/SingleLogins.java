package dev.pptpd.bench.server;

import dev.pptpd.bench.measure.Figure;
import dev.pptpd.bench.measure.Findings;
import dev.pptpd.bench.measure.Goal;
import dev.pptpd.bench.measure.Rounds;
import dev.pptpd.bench.measure.Table;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Logins one at a time at a server that has nothing else to do: from the client's SYN until its
 * network is up, MS-CHAPv2, MPPE-128, IPCP and a TUN device. The client is of this project, too,
 * and computes what it has to; what the server takes of the time is less than the whole.
 */
final class SingleLogins {
    private static final long UP_NANOS = Duration.ofSeconds(20).toNanos();
    private static final Goal UP_MILLIS = Goal.atMost(30);

    /** Logins of a round: the first of a server run before anything is compiled. */
    private static final int LOGINS = 10;

    /** Meanwhile a server makes devices for those to come. */
    private static final long PAUSE_MILLIS = 50;

    private SingleLogins() {}

    /** A server for all rounds. */
    static void measure(Rounds rounds, Findings findings) throws IOException, InterruptedException {
        findings.progress("logins one at a time");
        List<Double> millis = new ArrayList<>();
        double first;
        try (Site site = new Site(MeasuredServer::start)) {
            first = login(site);
            for (int round = -rounds.warmUp(); round < rounds.repetitions(); round++) {
                for (int login = 0; login < LOGINS; login++) {
                    double taken = login(site);
                    if (round >= 0) {
                        millis.add(taken);
                    }
                }
            }
        }
        findings.add(
                new Table(
                        "a login by itself, from SYN to network",
                        List.of(
                                Figure.of("the first of a new server", "ms", first),
                                Figure.of("client and server", "ms", millis).judgedBy(UP_MILLIS))));
    }

    private static double login(Site site) throws IOException, InterruptedException {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        FleetEvents events = site.fleet().events();
        int before = events.up();
        long start = System.nanoTime();
        site.fleet().connect(1, Site::ownAddress, 0, UP_NANOS);
        double millis = (System.nanoTime() - start) / 1e6;
        if (events.up() == before) {
            throw new IOException("no session: " + events.failures());
        }
        return millis;
    }
}
