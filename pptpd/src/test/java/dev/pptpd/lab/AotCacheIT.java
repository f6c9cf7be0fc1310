package dev.pptpd.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cache that the commands start from: it is there, it fits, and nothing depends on it. */
final class AotCacheIT {
    private static final Duration MAKING_LIMIT = Duration.ofMinutes(2);
    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    /** The JVM ends instead of doing without its cache, and says why. */
    private static final String CACHE_OR_NOTHING = "-XX:AOTMode=on";

    private static final String PPTPD_SAYS = "pptpd v\\d+\\.\\d+\\.\\d+\n";

    /** More than the header of the file, less than between two of its parts. */
    private static final int DAMAGE_INTERVAL = 100_000;

    /** An image of its own: the one of the build is others' too. */
    @TempDir private static Path folder;

    private static byte[] good;

    @BeforeAll
    static void installACopy() throws IOException {
        Command.of("cp", "-a", ServerProcess.image().toString(), image().toString())
                .expectSuccess();
        Files.delete(cache());
        Command.of(image().resolve("libexec/make-aot-cache").toString())
                .within(MAKING_LIMIT)
                .expectSuccess();
        good = Files.readAllBytes(cache());
    }

    @BeforeEach
    void restoreTheCache() throws IOException {
        Files.write(cache(), good);
    }

    private static Path image() {
        return folder.resolve("image");
    }

    private static Path cache() {
        return image().resolve("cache/pptpd.aot");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pptpd", "pptp"})
    void isUsedByTheCommandsOfTheBuild(String command) {
        CommandResult result = version(ServerProcess.image(), command, CACHE_OR_NOTHING);
        assertThat(result.succeeded()).as("%s", result).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pptpd", "pptp"})
    void isMadeByACommandThatPackagesCanCall(String command) throws IOException {
        CommandResult result = version(image(), command, CACHE_OR_NOTHING);
        assertThat(result.succeeded()).as("%s", result).isTrue();
        try (var files = Files.list(cache().getParent())) {
            assertThat(files).containsExactly(cache());
        }
    }

    @Test
    void goesWhereAPackageSays() throws IOException {
        Path elsewhere = folder.resolve("var/cache/pptpd/pptpd.aot");
        Command.of(image().resolve("libexec/make-aot-cache").toString(), elsewhere.toString())
                .within(MAKING_LIMIT)
                .expectSuccess();
        assertThat(elsewhere).isRegularFile();
        Files.delete(elsewhere);
    }

    @Test
    void isNotUsedWhereItIsOfOtherJars() throws IOException {
        Path jar;
        try (var jars = Files.list(image().resolve("lib"))) {
            jar =
                    jars.filter(each -> each.toString().contains("slf4j-api"))
                            .findFirst()
                            .orElseThrow();
        }
        FileTime before = Files.getLastModifiedTime(jar);
        Files.setLastModifiedTime(jar, FileTime.fromMillis(before.toMillis() + 1_000));
        try {
            assertThat(version(image(), "pptpd", CACHE_OR_NOTHING).succeeded()).isFalse();
            assertSaysNothingElse();
        } finally {
            Files.setLastModifiedTime(jar, before);
        }
    }

    @Test
    void isNotMissed() throws IOException {
        Files.delete(cache());
        assertSaysNothingElse();
    }

    @Test
    void mayBeEmptyOrSomethingElseOrHalfOfIt() throws IOException {
        for (byte[] content :
                List.of(
                        new byte[0],
                        "no cache".repeat(1_000).getBytes(UTF_8),
                        Arrays.copyOf(good, good.length / 2))) {
            Files.write(cache(), content);
            assertSaysNothingElse();
        }
    }

    @Test
    void mayBeDamaged() throws IOException {
        byte[] damaged = good.clone();
        for (int at = DAMAGE_INTERVAL; at < damaged.length; at += DAMAGE_INTERVAL) {
            damaged[at] ^= 0x55;
        }
        Files.write(cache(), damaged);
        assertSaysNothingElse();
    }

    /** No warning of the JVM about native access, no word of the libraries about themselves. */
    @Test
    void startsAServerWithoutAWordButItsOwn() {
        try (Namespace namespace = Namespace.create("aot");
                var server =
                        ServerProcess.start(
                                namespace, ServerFiles.in(folder).conf("remoteip 10.99.0.10-60"))) {
            server.awaitReady(START_LIMIT);
            assertThat(server.lines()).hasSize(1);
        }
    }

    private static void assertSaysNothingElse() {
        assertThat(version(image(), "pptpd", "").output()).matches(PPTPD_SAYS);
    }

    private static CommandResult version(Path image, String command, String javaOptions) {
        return Command.of(
                        "env",
                        "JAVA_HOME=" + System.getProperty("java.home"),
                        javaOptions.isEmpty() ? "LC_ALL=C" : "JDK_JAVA_OPTIONS=" + javaOptions,
                        image.resolve("bin").resolve(command).toString(),
                        "--version")
                .run();
    }
}
