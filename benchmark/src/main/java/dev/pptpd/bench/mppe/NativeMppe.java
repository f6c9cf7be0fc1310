package dev.pptpd.bench.mppe;

import dev.pptpd.bench.measure.Contestant;
import dev.pptpd.bench.measure.UnavailableException;
import dev.pptpd.bench.process.MeasuredProgram;
import dev.pptpd.bench.process.Workshop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * MPPE in C.
 *
 * @param program its name
 * @param primitives the sources of its RC4 and SHA-1
 */
record NativeMppe(String program, List<String> primitives) {
    /** RC4 and SHA-1 written from their definitions. */
    static final NativeMppe GENERIC = new NativeMppe("mppe-generic", List.of("rc4", "sha1"));

    /** Those of libcrypto. */
    static final NativeMppe OPENSSL = new NativeMppe("mppe-openssl", List.of("openssl"));

    /** A contestant that has proven itself. */
    Contestant open(Workshop workshop, Workload workload) throws UnavailableException, IOException {
        List<String> words = workshop.program(program, sources());
        prove(words, workload.frameOctets());
        return MeasuredProgram.start(
                with(
                        words,
                        workload.direction().name().toLowerCase(Locale.ROOT),
                        String.valueOf(workload.frameOctets()),
                        String.valueOf(workload.sessions())),
                workload.packets());
    }

    private List<String> sources() {
        List<String> sources = new ArrayList<>(List.of("mppe_bench", "mppe", "stopwatch"));
        sources.addAll(primitives);
        return sources;
    }

    private void prove(List<String> words, int frameOctets)
            throws UnavailableException, IOException {
        HexFormat hex = HexFormat.of();
        List<String> lines =
                Workshop.run(
                        with(
                                words,
                                "check",
                                hex.formatHex(Proof.startKey()),
                                String.valueOf(Proof.PACKETS),
                                String.valueOf(frameOctets)));
        new Proof(frameOctets).check(program, lines.stream().map(hex::parseHex).toList());
    }

    private static List<String> with(List<String> words, String... more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return all;
    }
}
