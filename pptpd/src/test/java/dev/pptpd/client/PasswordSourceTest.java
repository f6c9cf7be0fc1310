package dev.pptpd.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pptpd.auth.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PasswordSourceTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"s\u00e4cret", "s\u00e4cret\n", "s\u00e4cret\r\n", "s\u00e4cret\nnext"})
    void takesTheFirstLineWithoutItsEnd(String text) throws Exception {
        try (Secret secret = read(file(text, "rw-------"))) {
            assertThat(secret.octets()).isEqualTo("s\u00e4cret".getBytes(StandardCharsets.UTF_8));
        }
        try (Secret secret = PasswordSource.read(Optional.of("-"), stream(text))) {
            assertThat(secret.octets()).isEqualTo("s\u00e4cret".getBytes(StandardCharsets.UTF_8));
        }
    }

    /** A script writes more behind the password, for somebody else. */
    @Test
    void leavesWhatIsBehindTheLine() throws Exception {
        InputStream input = stream("secret\nnext");
        PasswordSource.read(Optional.of("-"), input).close();
        assertThat(input.readAllBytes()).isEqualTo("next".getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwxrwxrwx"})
    void refusesAFileThatOthersGetInto(String mode) throws Exception {
        Path file = file("secret", mode);
        assertRefused(file, "chmod 600 " + file);
    }

    @Test
    void refusesWhatHoldsNoPassword() throws Exception {
        assertRefused(folder.resolve("none"), "does not exist");
        assertRefused(file("", "rw-------"), "is empty");
        assertRefused(file("\nsecret", "rw-------"), "is empty");
        assertRefused(file("x".repeat(5_000), "rw-------"), "too long");
    }

    private void assertRefused(Path file, String words) {
        assertThatExceptionOfType(ClientException.class)
                .isThrownBy(() -> read(file))
                .satisfies(e -> assertThat(e.exit()).isEqualTo(ClientExit.PASSWORD_FILE))
                .withMessageContaining(words);
    }

    private static Secret read(Path file) throws ClientException {
        return PasswordSource.read(Optional.of(file.toString()), stream(""));
    }

    private Path file(String text, String mode) throws IOException {
        Path file = folder.resolve("password");
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
