package dev.pptpd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NtHashTest {
    /** RFC 2759 section 9.2 has the hash of this password. */
    @ParameterizedTest
    @ValueSource(strings = {"clientPass", "clientPass\n", "clientPass\r\n", "clientPass\nmore"})
    void printsTheWordForTheFirstLine(String input) throws StartException {
        assertThat(run(input)).isEqualTo("{NT}44ebba8d5312b8d611474411f56989ae\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n"})
    void refusesAnEmptyPassword(String input) {
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> run(input))
                .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
    }

    @Test
    void refusesWhatNoSecretCanBe() throws StartException {
        assertThat(run("x".repeat(256))).startsWith("{NT}").hasSize(4 + 32 + 1);
        assertThatExceptionOfType(StartException.class).isThrownBy(() -> run("x".repeat(257)));
    }

    private static String run(String input) throws StartException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        NtHash.run(
                null,
                new ByteArrayInputStream(input.getBytes(UTF_8)),
                new PrintStream(printed, true, UTF_8));
        return printed.toString(UTF_8);
    }
}
