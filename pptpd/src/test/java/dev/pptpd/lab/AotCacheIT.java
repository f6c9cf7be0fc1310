package dev.pptpd.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pptpd.emulator.ClientProfiles;
import dev.pptpd.emulator.Credentials;
import dev.pptpd.emulator.EmulatedClient;
import dev.pptpd.emulator.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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

    /** 1 for a wrong flag, those of sysexits(3), and what a shell says of SIGINT. */
    private static final int USAGE = 1;

    private static final int SOFTWARE = 70;
    private static final int CANNOT_CREATE = 73;
    private static final int STOPPED = 130;

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
        try (Namespace namespace = Namespace.create("aot")) {
            namespace.command(maker()).within(MAKING_LIMIT).expectSuccess();
        }
        good = Files.readAllBytes(cache());
    }

    @BeforeEach
    void restoreTheCache() throws IOException {
        Files.deleteIfExists(cache());
        Files.write(cache(), good);
        mode(cache(), "rw-r--r--");
        mode(cacheFolder(), "rwxr-xr-x");
    }

    private static Path image() {
        return folder.resolve("image");
    }

    private static String maker() {
        return image().resolve("libexec/make-aot-cache").toString();
    }

    private static Path cache() {
        return cacheFolder().resolve("pptpd.aot");
    }

    private static Path cacheFolder() {
        return image().resolve("cache");
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
        try (var files = Files.list(cacheFolder())) {
            assertThat(files).containsExactly(cache());
        }
    }

    /** The JVM knows the jars by their paths, too. {@link #installACopy} makes one for a copy. */
    @Test
    void isNotUsedByACopyOfTheImage() {
        Path copy = folder.resolve("copy");
        Command.of("cp", "-a", image().toString(), copy.toString()).expectSuccess();
        assertThat(version(copy, "pptpd", CACHE_OR_NOTHING).succeeded()).isFalse();
        assertThat(version(copy, "pptpd", "").output()).matches(PPTPD_SAYS);
    }

    /** A package leaves out the image's own and makes one where it is installed. */
    @Test
    void goesWhereAPackageSaysAndIsFoundThere() throws IOException {
        Path parent = folder.resolve("var/cache/pptpd");
        Path elsewhere = parent.resolve("pptpd.aot");
        try (Namespace namespace = Namespace.create("aot")) {
            namespace.command(maker(), elsewhere.toString()).within(MAKING_LIMIT).expectSuccess();
        }
        Path options = image().resolve("libexec/java-options.sh");
        String before = Files.readString(options);
        Files.writeString(options, before.replace("/var/cache/pptpd", parent.toString()));
        try {
            assertThat(found(image())).contains(cache());
            Files.delete(cache());
            assertThat(found(image())).contains(elsewhere);
            CommandResult result = version(image(), "pptpd", CACHE_OR_NOTHING);
            assertThat(result.succeeded()).as("%s", result).isTrue();
        } finally {
            Files.writeString(options, before);
        }
    }

    @Test
    void isNotMadeWhereTheRehearsalFails() {
        Path elsewhere = folder.resolve("none/pptpd.aot");
        try (Namespace namespace = Namespace.create("aot")) {
            namespace.ip("link", "set", "lo", "down");
            CommandResult result =
                    namespace.command(maker(), elsewhere.toString()).within(MAKING_LIMIT).run();
            assertThat(result.exitCode()).as("%s", result).isEqualTo(SOFTWARE);
            assertThat(result.output())
                    .contains("the rehearsal failed: ", "no cache could be made");
        }
        assertThat(elsewhere.getParent()).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-f"})
    void isNotMadeInAFileThatIsNamedLikeAFlag(String flag) {
        CommandResult result = Command.of(maker(), flag).run();
        assertThat(result.exitCode()).as("%s", result).isEqualTo(USAGE);
        assertThat(result.output()).contains("wants nothing, or the name of one file");
    }

    /** As on a file system that is read-only, which root's rights do not help against, either. */
    @Test
    void isNotMissedWhereItCannotBeWritten() {
        CommandResult result = Command.of(maker(), "/proc/none/pptpd.aot").run();
        assertThat(result.exitCode()).as("%s", result).isEqualTo(CANNOT_CREATE);
        assertThat(result.output()).contains("cannot write to /proc/none;").doesNotContain("mkdir");
    }

    /** As when it is stopped by hand, or by the package manager. */
    @Test
    void leavesNothingBehindWhenItsMakingIsStopped() throws Exception {
        Path elsewhere = folder.resolve("stopped/pptpd.aot");
        Process process = Command.of(maker(), elsewhere.toString()).start();
        try {
            await().atMost(START_LIMIT).until(() -> process.descendants().count() >= 2);
            List<ProcessHandle> children = process.descendants().toList();
            process.toHandle().destroy();
            assertThat(process.waitFor(START_LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(STOPPED);
            assertThat(children).noneMatch(ProcessHandle::isAlive);
            assertThat(elsewhere.getParent()).isEmptyDirectory();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-rw-r--", "rw-r--rw-", "rw-rw-rw-"})
    void isNotUsedWhereOthersMayWriteToIt(String mode) throws IOException {
        mode(cache(), mode);
        assertIsLeftAlone();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwxr-x", "rwxr-xrwx"})
    void isNotUsedWhereOthersMayReplaceIt(String mode) throws IOException {
        mode(cacheFolder(), mode);
        assertIsLeftAlone();
    }

    @Test
    void isNotUsedWhereItBelongsToNeitherRootNorTheOwnerOfTheJars() throws IOException {
        own("nobody", cache());
        assertIsLeftAlone();
        own("nobody", image().resolve("lib"));
        assertThat(found(image())).contains(cache());
        own("root", image().resolve("lib"));
    }

    @Test
    void isNotUsedThroughALink() throws IOException {
        Path target = Files.move(cache(), folder.resolve("linked"));
        Files.createSymbolicLink(cache(), target);
        assertIsLeftAlone();
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
                Namespace client = Namespace.create("client")) {
            namespace.veth("eth0", client, "eth0");
            namespace.address("eth0", "10.77.0.1/24");
            client.address("eth0", "10.77.0.10/24");
            ServerFiles files = ServerFiles.in(folder).conf("remoteip 10.99.0.10-60");
            try (var server = ServerProcess.start(namespace, files)) {
                server.awaitReady(START_LIMIT);
                assertThat(server.lines()).hasSize(1);
                logInAndOut(server, client);
                assertThat(server.lines())
                        .allMatch(line -> LogEvent.decode(line).isPresent())
                        .noneMatch(line -> line.contains("WARN"));
            }
        }
    }

    private static void logInAndOut(ServerProcess server, Namespace client) {
        try (var session =
                EmulatedClient.start(
                        Place.of(client.name(), "10.77.0.10", "10.77.0.1"),
                        ClientProfiles.WINDOWS_10,
                        new Credentials(ServerFiles.USER, ServerFiles.PASSWORD))) {
            session.awaitFirstEcho(START_LIMIT);
            session.hangUp();
            server.awaitEvent(LogEvent.SESSION_END, _ -> true, START_LIMIT);
        }
    }

    private static void assertIsLeftAlone() {
        assertThat(found(image())).isEmpty();
        assertSaysNothingElse();
    }

    /** The cache that the launchers of an image take, unless the host has one of its own. */
    private static Optional<Path> found(Path image) {
        return Command.of(
                        "sh",
                        "-euc",
                        ". \"$0/libexec/java-options.sh\"; find_aot_cache \"$0\" || :",
                        image.toString())
                .expectSuccess()
                .lines()
                .filter(line -> !line.startsWith("/var/cache/"))
                .map(Path::of)
                .findFirst();
    }

    private static void mode(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private static void own(String user, Path path) throws IOException {
        Files.setOwner(
                path,
                path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
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
