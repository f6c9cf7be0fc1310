package dev.pptpd.bench.server;

import dev.pptpd.bench.measure.Figure;
import dev.pptpd.bench.measure.Findings;
import dev.pptpd.bench.measure.Goal;
import dev.pptpd.bench.measure.Group;
import dev.pptpd.bench.measure.Rounds;
import dev.pptpd.bench.measure.Table;
import dev.pptpd.lab.Namespace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** From the launcher's first instruction to the listener, with the files of one user. */
public final class StartGroup implements Group {
    private static final double NANOS_IN_SECOND = 1e9;

    /** The first start finds nothing in the caches of the kernel. */
    private static final int WARM_UP = 1;

    /** A group has no state. */
    public StartGroup() {}

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String purpose() {
        return "the server's start, until it listens";
    }

    @Override
    public void measure(Rounds rounds, Findings findings) throws IOException, InterruptedException {
        findings.progress("starts");
        List<Double> processor = new ArrayList<>();
        List<Double> elapsed = new ArrayList<>();
        List<Double> memory = new ArrayList<>();
        try (Namespace namespace = Namespace.create("start")) {
            for (int round = -WARM_UP; round < rounds.repetitions(); round++) {
                long start = System.nanoTime();
                try (MeasuredServer server = MeasuredServer.start(namespace)) {
                    double seconds = (System.nanoTime() - start) / NANOS_IN_SECOND;
                    if (round >= 0) {
                        processor.add(server.processorSeconds());
                        elapsed.add(seconds);
                        memory.add(server.residentMib());
                    }
                }
            }
        }
        findings.add(
                new Table(
                        "start to listening",
                        List.of(
                                Figure.of("CPU time of the process", "s", processor)
                                        .judgedBy(Goal.atMost(0.7)),
                                Figure.of("time on the clock", "s", elapsed),
                                Figure.of("memory then", "MiB", memory))));
    }
}
