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
                Named.of("paired", TestEngines::paired));
    }

    static MppeEngine paired() {
        try (InputStream kernel =
                PairedMppeEngine.class.getResourceAsStream(PairedMppeEngine.KERNEL)) {
            return new PairedMppeEngine(Objects.requireNonNull(kernel).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
