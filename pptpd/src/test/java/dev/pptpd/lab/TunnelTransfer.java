package dev.pptpd.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A TCP transfer each way between two namespaces, by the image's own program, which compares the
 * SHA-256 of both ends.
 */
final class TunnelTransfer {
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private TunnelTransfer() {}

    /** Moves so many octets each way between this namespace and an address of the other. */
    static void expectEqual(Namespace from, Namespace to, String address, int octets) {
        Process far = to.command(program("serve", address, "" + octets)).start();
        try {
            OutputLines output = OutputLines.of(far.getInputStream());
            String port =
                    output.await(
                                    START_LIMIT,
                                    line -> Optional.of(line).filter(l -> l.matches("[0-9]+")))
                            .orElseThrow(() -> new AssertionError("" + output.snapshot()));
            from.command(program("measure", address, port, "" + octets))
                    .within(LIMIT)
                    .expectSuccess();
        } finally {
            far.destroyForcibly();
        }
    }

    private static String[] program(String... words) {
        String[] java = {
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-p",
            ServerProcess.image().resolve("lib").toString(),
            "-m",
            "dev.pptpd/dev.pptpd.check.Main"
        };
        String[] all = new String[java.length + words.length];
        System.arraycopy(java, 0, all, 0, java.length);
        System.arraycopy(words, 0, all, java.length, words.length);
        return all;
    }
}
