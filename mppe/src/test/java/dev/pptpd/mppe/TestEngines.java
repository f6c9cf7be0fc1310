package dev.pptpd.mppe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/** Every engine there is. */
final class TestEngines {
    private TestEngines() {}

    static Stream<Named<Supplier<MppeEngine>>> all() {
        return Stream.of(
                Named.of("reference", ReferenceMppeEngine::new),
                Named.of("paired", () -> paired(Sha1Kind.WRITTEN_OUT)),
                Named.of("paired, platform's SHA-1", () -> paired(Sha1Kind.PLATFORM)));
    }

    static MppeEngine paired(Sha1Kind sha1) {
        try (InputStream kernel =
                PairedMppeEngine.class.getResourceAsStream(PairedMppeEngine.KERNEL)) {
            return new PairedMppeEngine(Objects.requireNonNull(kernel).readAllBytes(), sha1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
