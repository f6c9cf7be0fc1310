package dev.pptpd.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/nat.md says what the integration tests try, word by word. */
final class NatDocumentTest {
    private static final Path DOCS = Path.of("..", "docs");

    @Test
    void quotesEveryFileOfRules() throws IOException {
        String document = Files.readString(DOCS.resolve("nat.md"));
        for (Path file : rules()) {
            assertThat(document)
                    .as(file.toString())
                    .contains("```\n" + Files.readString(file) + "```\n")
                    .contains("(nat/" + file.getFileName() + ")");
        }
    }

    private static List<Path> rules() throws IOException {
        try (Stream<Path> files = Files.list(DOCS.resolve("nat"))) {
            List<Path> rules = files.toList();
            assertThat(rules).isNotEmpty();
            return rules;
        }
    }
}
