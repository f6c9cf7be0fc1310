package dev.pptpd.bench.mppe;

import dev.pptpd.bench.measure.CpuClock;
import dev.pptpd.bench.process.ServedWork;
import dev.pptpd.dataplane.MppeKernel;
import dev.pptpd.mppe.MppeEngine;
import dev.pptpd.mppe.ReferenceMppeEngine;
import java.io.IOException;

/** A JVM with one contestant: its kind, and what it has to do. */
final class JavaMppe {
    private JavaMppe() {}

    /** Who there is in Java. */
    enum Kind {
        /** The JDK. */
        JCA("JCA, SHA-1 and ARCFOUR"),
        /** Bouncy Castle. */
        BOUNCY_CASTLE("Bouncy Castle, light-weight"),
        /** Our engine that follows the RFC step by step. */
        REFERENCE("our reference engine"),
        /** Our engine for traffic. */
        PAIRED("our paired engine");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** For a table. */
        String words() {
            return words;
        }

        private ServedWork.Work open(Workload workload) throws IOException {
            CpuClock clock = CpuClock.ofThread();
            return switch (this) {
                case JCA -> PrimitivesWork.open(words, JcaPrimitives::new, workload, clock);
                case BOUNCY_CASTLE ->
                        PrimitivesWork.open(words, BouncyCastlePrimitives::new, workload, clock);
                case REFERENCE ->
                        EngineWork.open(words, new ReferenceMppeEngine(), workload, clock);
                case PAIRED -> EngineWork.open(words, pairedEngine(), workload, clock);
            };
        }
    }

    /** The words for {@link #main}. */
    static String[] arguments(Kind kind, Workload workload) {
        return new String[] {
            kind.name(),
            String.valueOf(workload.packetOctets()),
            String.valueOf(workload.sessions()),
            workload.direction().name()
        };
    }

    /** Proves itself and answers questions until there are no more. */
    public static void main(String[] words) throws IOException {
        Workload workload =
                new Workload(
                        Integer.parseInt(words[1]),
                        Integer.parseInt(words[2]),
                        Direction.valueOf(words[3]));
        ServedWork.serve(Kind.valueOf(words[0]).open(workload));
    }

    /** As a worker of the server makes it. */
    static MppeEngine pairedEngine() {
        return MppeKernel.newEngine();
    }
}
