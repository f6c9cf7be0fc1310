package dev.pptpd.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Compares a generated text with one that a person has read. */
final class ApprovedText {
    private ApprovedText() {}

    /** What differs is left under {@code target}, to be read and copied over the approved one. */
    static void assertApproved(String resource, String actual) throws IOException {
        try (var approved = ApprovedText.class.getResourceAsStream(resource)) {
            var text =
                    approved == null
                            ? ""
                            : new String(
                                    Objects.requireNonNull(approved).readAllBytes(),
                                    StandardCharsets.UTF_8);
            if (!text.equals(actual)) {
                Files.writeString(Path.of("target", resource), actual);
            }
            assertThat(actual).isEqualTo(text);
        }
    }
}
