package dev.pptpd.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pptpd.auth.ChapSecret;
import dev.pptpd.auth.ChapSecrets;
import dev.pptpd.auth.Credential;
import dev.pptpd.auth.Secret;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretsFileTest {
    private static final HostResolver RESOLVER = name -> Optional.<Ipv4Address>empty();
    private static final String HASH = "0123456789abcdef0123456789ABCDEF";

    @TempDir Path directory;
    private Path file = Path.of("");

    @BeforeEach
    void nameFile() {
        file = directory.resolve("chap-secrets");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "bob pptpd old *,                         bob pptpd \"new\" *",
                "`bob\tpptpd \"old\"   * # of the lab`,   `bob\tpptpd \"new\"   * # of the lab`",
                "`bob pptpd o\\x6cd 10.0.0.5`,            `bob pptpd \"new\" 10.0.0.5`",
                "`bob pptpd old * -- expired`,            `bob pptpd \"new\" *`",
                "`bob pptpd old * -- expired # note`,     `bob pptpd \"new\" * # note`",
                "`bob pptpd old * -- expired debug`,      `bob pptpd \"new\" * -- debug`",
                "`bob pptpd old * -- debug  expired `,    `bob pptpd \"new\" * -- debug `",
                "`bob pptpd old * -- debug`,              `bob pptpd \"new\" * -- debug`",
                "`bob pptpd old -- expired`,              `bob pptpd \"new\"`",
                "`bob pptpd old * \\\n -- expired`,       `bob pptpd \"new\" *`",
                "`\"bob\" 'pptpd' 'old' *`,               `\"bob\" 'pptpd' \"new\" *`"
            })
    void changesNothingButTheSecretAndTheExpiry(String before, String after) throws IOException {
        String above = "# users\r\nann pptpd old *\n\n";
        String below = "\nbob other old *\nbob pptpd old 10.0.0.9\n# the end";
        write(above + before + below);
        change("bob", password("new"));
        assertThat(Files.readString(file)).isEqualTo(above + after + below);
    }

    @Test
    void keepsAHashAHash() throws IOException {
        write("bob pptpd {NT}" + HASH + " * -- expired\n");
        byte[] hash = new byte[16];
        hash[0] = (byte) 0xAB;
        hash[15] = 0x0C;
        change("bob", new Credential.NtPasswordHash(new Secret(hash)));
        assertThat(Files.readString(file))
                .isEqualTo("bob pptpd {NT}ab" + "00".repeat(14) + "0c *\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                " ",
                "#",
                "\"",
                "'",
                "\\",
                "\\\\101",
                "a b\tc",
                "line\nline",
                "\r\n",
                "é€🔑",
                "*",
                "--",
                "@literal",
                "{NT",
                "nt{NT}",
                "\u007f\u0001x",
                "a\"b'c\\d#e f"
            })
    void writesAnyPasswordSoThatItIsReadAgain(String password) throws IOException {
        write("bob pptpd old *\n");
        change("bob", password(password));
        ChapSecret line = read().find("bob", "pptpd").orElseThrow();
        assertThat(line.credential()).isInstanceOf(Credential.Password.class);
        assertThat(new String(line.credential().secret().octets(), UTF_8)).isEqualTo(password);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@/etc/shadow", "{NT}" + HASH, "{NT}", "{NT}0123", "a\0b"})
    void refusesAPasswordThatWouldBeReadAsSomethingElse(String password) throws IOException {
        assertRefused("bob pptpd old *\n", password);
    }

    @Test
    void refusesAPasswordThatIsTooLong() throws IOException {
        assertRefused("bob pptpd old *\n", "p".repeat(257));
    }

    private void assertRefused(String content, String password) throws IOException {
        write(content);
        assertThatThrownBy(() -> change("bob", password(password))).isInstanceOf(IOException.class);
        assertThat(Files.readString(file)).isEqualTo(content);
        assertThat(leftBehind()).isEmpty();
    }

    @Test
    void changesTheFileThatTheSecretIsIn() throws IOException {
        Path secret = directory.resolve("bob.secret");
        Files.writeString(secret, "# bob's\n 'old' and more\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        write("bob pptpd @" + secret + " * -- expired\n");
        change("bob", password("new"));
        assertThat(Files.readString(secret)).isEqualTo("# bob's\n \"new\" and more\n");
        assertThat(Files.readString(file)).isEqualTo("bob pptpd @" + secret + " *\n");
    }

    /** The new password is in use then: to refuse the change would be a lie. */
    @Test
    void keepsTheNewPasswordWhereOnlyTheExpiryStays() throws IOException {
        // No room in the directory for the longer name that a replacement has.
        file = directory.resolve("c".repeat(250));
        Path secret = directory.resolve("bob.secret");
        Files.writeString(secret, "old\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        String line = "bob pptpd @" + secret + " * -- expired\n";
        write(line);
        change("bob", password("new"));
        assertThat(Files.readString(secret)).isEqualTo("\"new\"\n");
        assertThat(Files.readString(file)).isEqualTo(line);
    }

    @Test
    void keepsWhatTheAdministratorHasWrittenMeanwhile() throws IOException {
        write("bob pptpd old *\n");
        ChapSecret line = read().find("bob", "pptpd").orElseThrow();
        write("# new here\nann pptpd x *\nbob pptpd old 10.0.0.7 # moved\n");
        new SecretsFile(file).replace(line, password("new"));
        assertThat(Files.readString(file))
                .isEqualTo("# new here\nann pptpd x *\nbob pptpd \"new\" 10.0.0.7 # moved\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bob pptpd other *\n", "ann pptpd old *\n", "", "bob pptpd 'old *\n"})
    void leavesAFileAloneThatHasAnotherLineNow(String now) throws IOException {
        write("bob pptpd old *\n");
        ChapSecret line = read().find("bob", "pptpd").orElseThrow();
        write(now);
        assertThatThrownBy(() -> new SecretsFile(file).replace(line, password("new")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no longer");
        assertThat(Files.readString(file)).isEqualTo(now);
    }

    @Test
    void keepsModeOwnerAndLink() throws IOException {
        Path real = directory.resolve("real");
        Files.writeString(real, "bob pptpd old *\n");
        Set<PosixFilePermission> mode = PosixFilePermissions.fromString("r--------");
        Files.setPosixFilePermissions(real, mode);
        boolean isRoot = (int) Files.getAttribute(real, "unix:uid") == 0;
        if (isRoot) {
            Files.setAttribute(real, "unix:gid", 7);
        }
        Files.createSymbolicLink(file, real);
        ChapSecret line = read().find("bob", "pptpd").orElseThrow();
        new SecretsFile(file).replace(line, password("new"));
        assertThat(Files.isSymbolicLink(file)).isTrue();
        assertThat(Files.readString(real)).isEqualTo("bob pptpd \"new\" *\n");
        assertThat(Files.getPosixFilePermissions(real)).isEqualTo(mode);
        if (isRoot) {
            assertThat(Files.getAttribute(real, "unix:gid")).isEqualTo(7);
        }
        assertThat(leftBehind()).isEmpty();
    }

    private List<Path> leftBehind() throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(path -> path.toString().endsWith(".new")).toList();
        }
    }

    private void change(String user, Credential changed) throws IOException {
        new SecretsFile(file).replace(read().find(user, "pptpd").orElseThrow(), changed);
    }

    private static Credential password(String text) {
        return new Credential.Password(new Secret(text.getBytes(UTF_8)));
    }

    private void write(String content) throws IOException {
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private ChapSecrets read() throws IOException {
        Findings findings = new Findings();
        SecretFileGuard guard =
                new SecretFileGuard(Set.of(Files.getOwner(directory).getName()), findings);
        ChapSecretsReader reader =
                new ChapSecretsReader(
                        RESOLVER, guard, TunnelEnds.NONE, new EncryptionState(findings), findings);
        return reader.read(new SourceText(file.toString(), Files.readAllBytes(file)));
    }
}
