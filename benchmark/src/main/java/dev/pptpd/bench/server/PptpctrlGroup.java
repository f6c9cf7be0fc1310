package dev.pptpd.bench.server;

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
import dev.pptpd.bench.poptop.Pptpctrl;
import dev.pptpd.bench.process.Workshop;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Outside of guests: our worker with everything it does, MPPE-128 and a device included, against
 * PoPToP's pptpctrl alone, which has neither and leaves the rest to pppd.
 */
public final class PptpctrlGroup implements Group {
    private static final Goal A_THIRD = Goal.timesAsFast(3);
    private static final long UP_NANOS = Duration.ofSeconds(20).toNanos();
    private static final String RIVAL = "PoPToP's pptpctrl, no MPPE, no pppd";
    private static final String OURS = "our worker with MPPE-128 and a device";

    /** Turns of 6,400 packets. */
    private static final int WARM_UP = 30;

    private final Workshop workshop;

    /** With the program in pppd's place made there. */
    public PptpctrlGroup(Workshop workshop) {
        this.workshop = workshop;
    }

    @Override
    public String name() {
        return "pptpctrl";
    }

    @Override
    public String purpose() {
        return "CPU time of a packet: our worker with MPPE against PoPToP's pptpctrl without";
    }

    @Override
    public void measure(Rounds rounds, Findings findings) throws IOException, InterruptedException {
        findings.progress("pptpctrl");
        try (Site site = new Site(MeasuredServer::start)) {
            site.fleet().connect(1, Site::ownAddress, 0, UP_NANOS);
            try (Tunnel ours = new Tunnel(site);
                    Pptpctrl rival = new Pptpctrl(workshop)) {
                warmUp(ours);
                findings.add(
                        rounds.run(
                                new Comparison(
                                        title("from the client"),
                                        "ns/packet",
                                        List.of(
                                                new Entry(RIVAL, rival::inward, A_THIRD),
                                                new Entry(OURS, ours::inward)))));
                findings.add(
                        rounds.run(
                                new Comparison(
                                        title("to the client"),
                                        "ns/packet",
                                        List.of(
                                                new Entry(RIVAL, rival::outward, A_THIRD),
                                                new Entry(OURS, ours::outward)))));
            }
        } catch (UnavailableException e) {
            String reason = String.valueOf(e.getMessage());
            findings.add(new Table(title(""), List.of(Figure.missing(RIVAL, "ns/packet", reason))));
        }
    }

    /** Until the server's compilers are done, which those of C were before. */
    private static void warmUp(Tunnel ours) throws IOException {
        for (Contestant direction : List.of(ours.inward(), ours.outward())) {
            for (int turn = 0; turn < WARM_UP; turn++) {
                direction.measure();
            }
        }
    }

    private static String title(String direction) {
        return "CPU of a packet of %,d octets %s"
                .formatted(Tunnel.PACKET_OCTETS, direction)
                .strip();
    }
}
