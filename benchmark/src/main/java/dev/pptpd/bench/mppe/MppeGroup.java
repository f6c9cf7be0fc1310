package dev.pptpd.bench.mppe;

import dev.pptpd.bench.measure.Comparison;
import dev.pptpd.bench.measure.Comparison.Entry;
import dev.pptpd.bench.measure.Findings;
import dev.pptpd.bench.measure.Goal;
import dev.pptpd.bench.measure.Group;
import dev.pptpd.bench.measure.Rounds;
import dev.pptpd.bench.mppe.JavaMppe.Kind;
import dev.pptpd.bench.process.MeasuredProgram;
import dev.pptpd.bench.process.Workshop;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The packet cipher: a comparison for each length, direction and number of sessions. */
public final class MppeGroup implements Group {
    private static final int LARGE = 1_400;
    private static final int SMALL = 64;
    private static final int SEVERAL_SESSIONS = 16;

    private final Workshop workshop;

    /** With its baselines made there. */
    public MppeGroup(Workshop workshop) {
        this.workshop = workshop;
    }

    @Override
    public String name() {
        return "mppe";
    }

    @Override
    public String purpose() {
        return "the packet cipher against generic C, OpenSSL, the JDK and Bouncy Castle";
    }

    @Override
    public void measure(Rounds rounds, Findings findings) throws IOException {
        for (int octets : List.of(LARGE, SMALL)) {
            for (int sessions : List.of(1, SEVERAL_SESSIONS)) {
                for (Direction direction : Direction.values()) {
                    Workload workload = new Workload(octets, sessions, direction);
                    findings.progress(workload.title());
                    findings.add(rounds.run(comparison(workload)));
                }
            }
        }
        findings.progress("allocation");
        findings.add(MppeAllocation.table(JavaMppe::pairedEngine, rounds));
    }

    private Comparison comparison(Workload workload) {
        boolean isLarge = workload.packetOctets() == LARGE;
        return new Comparison(
                workload.title(),
                "ns/packet",
                List.of(
                        new Entry(
                                "generic C, gcc -O2",
                                () -> NativeMppe.GENERIC.open(workshop, workload),
                                Goal.timesAsFast(isLarge ? 1.5 : 1.4)),
                        new Entry(
                                "C with libcrypto's RC4 and SHA-1",
                                () -> NativeMppe.OPENSSL.open(workshop, workload)),
                        java(Kind.JCA, workload, largeGoal(isLarge, 2.5)),
                        java(Kind.BOUNCY_CASTLE, workload, largeGoal(isLarge, 4)),
                        java(Kind.REFERENCE, workload, Optional.empty()),
                        java(Kind.PAIRED, workload, Optional.empty())));
    }

    private static Optional<Goal> largeGoal(boolean isLarge, double times) {
        return isLarge ? Optional.of(Goal.timesAsFast(times)) : Optional.empty();
    }

    private Entry java(Kind kind, Workload workload, Optional<Goal> goal) {
        List<String> words = workshop.java(JavaMppe.class, JavaMppe.arguments(kind, workload));
        return new Entry(
                kind.words(), () -> MeasuredProgram.start(words, workload.packets()), goal);
    }
}
