package dev.pptpd.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./run --check} runs, against the image. */
final class CheckIT {
    private static final Duration LIMIT = Duration.ofMinutes(4);

    /** From the module's folder, where tests run. */
    private static final Path SCRIPT = Path.of("..", "scripts", "check").toAbsolutePath();

    @TempDir private Path folder;
    private ServerFiles files;
    private Path password;

    @BeforeEach
    void write() throws IOException {
        files = ServerFiles.in(folder);
        files.conf("option " + files.optionsFile());
        password = Files.writeString(folder.resolve("password"), ServerFiles.PASSWORD + "\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void passesWithAServerOfItsOwn() {
        files.write();
        try (Namespace host = Namespace.create("host")) {
            CommandResult result = check(host);
            assertThat(result.output())
                    .contains("128-stateless", "started for this", "0 of 20 pings", "Mbit/s")
                    .endsWith("PASS\n");
            assertThat(result.exitCode()).isZero();
        }
        assertNothingIsLeft();
    }

    @Test
    void passesWithTheServerThatIsRunning() {
        try (Namespace host = Namespace.create("host");
                ServerProcess serving = ServerProcess.start(host, files)) {
            CommandResult result = check(host);
            assertThat(result.output())
                    .contains("running, process " + serving.pid())
                    .endsWith("PASS\n");
            assertThat(serving.alive()).isTrue();
            assertThat(host.devices("pptps")).isEmpty();
        }
        assertNothingIsLeft();
    }

    @Test
    void saysThatProtocol47IsBlocked() {
        files.option("lcp-max-configure 3");
        try (Namespace host = Namespace.create("host");
                ServerProcess serving = ServerProcess.start(host, files)) {
            host.command("nft", "add", "table", "ip", "block").expectSuccess();
            host.command("nft", "add chain ip block out { type filter hook output priority 0; }")
                    .expectSuccess();
            host.command("nft", "add rule ip block out meta l4proto gre drop").expectSuccess();
            CommandResult result = check(host);
            assertThat(result.output()).contains("FAIL: no PPP frame from", "protocol 47 (GRE)");
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(serving.alive()).isTrue();
        }
        assertNothingIsLeft();
    }

    @Test
    void saysThatTheServerDoesNotStart() {
        files.option("mtu many").write();
        try (Namespace host = Namespace.create("host")) {
            CommandResult result = check(host);
            assertThat(result.output()).contains("FAIL: the server does not start");
            assertThat(result.exitCode()).isEqualTo(1);
        }
        assertNothingIsLeft();
    }

    private CommandResult check(Namespace host) {
        return host.command(
                        "env",
                        "JAVA_HOME=" + System.getProperty("java.home"),
                        SCRIPT.toString(),
                        ServerProcess.image().toString(),
                        files.confFile().toString(),
                        ServerFiles.USER,
                        password.toString(),
                        files.pidFile().toString())
                .within(LIMIT)
                .run();
    }

    private static void assertNothingIsLeft() {
        assertThat(Command.of("ip", "netns", "list").expectSuccess()).doesNotContain("pptpd-check");
    }
}
