package dev.pptpd;

import dev.pptpd.cli.StandardErrorLog;
import dev.pptpd.config.LoadedConfig;
import dev.pptpd.dataplane.MppeKernel;
import dev.pptpd.gre.linux.Epoll;
import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.linux.EventFd;
import java.io.IOException;
import java.lang.module.ModuleReader;
import java.lang.module.ResolvedModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A start and a login for the JVM to learn from: what it loads and links here is in the AOT cache
 * that the commands start with. It may run wherever the server is built or installed, also beside
 * one that serves: it touches a folder for temporary files, a TCP port of the loopback device that
 * is free, and with the rights of a server {@code /dev/net/tun}, raw sockets for GRE on a loopback
 * address of its own, and netlink, where it asks for the networks of the host. It makes no device
 * and removes none. Without those rights it leaves out what needs them.
 */
public final class Rehearsal {
    private static final String OWN_PACKAGES = "dev/pptpd/";
    private static final String CLASS_FILE = ".class";
    private static final String MODULE_INFO = "module-info";

    private static final List<String> CONF =
            List.of(
                    "option options",
                    // Nobody serves there, so no other's packets come to its sockets.
                    "listen 127.17.23.47",
                    "readydevices 0",
                    "localip 10.99.0.1",
                    "remoteip 10.99.0.10-109");
    private static final List<String> OPTIONS =
            List.of(
                    "name pptpd",
                    "auth",
                    "require-mschap-v2",
                    "require-mppe-128",
                    "ms-dns 10.99.0.53",
                    "mtu 1400",
                    "mru 1400",
                    "lcp-echo-interval 30",
                    "lcp-echo-failure 4",
                    "chap-secrets chap-secrets");

    private Rehearsal() {}

    /**
     * Takes no arguments. Ends by itself within seconds: with 0, or with another code after a
     * sentence that says why, threads or not.
     */
    public static void main(String[] arguments) {
        StandardErrorLog.use();
        try {
            rehearse();
        } catch (Exception | LinkageError e) {
            System.err.println("the rehearsal failed: " + e);
            Runtime.getRuntime().halt(ExitCode.SOFTWARE.number());
        }
    }

    private static void rehearse() throws IOException, ErrnoException, StartException {
        loadOwnClasses();
        Path folder = Files.createTempDirectory("pptpd-rehearsal");
        try {
            if (!(Main.load(files(folder)) instanceof LoadedConfig.Ready ready)) {
                throw new IllegalStateException("the files of the rehearsal have a fault");
            }
            StandardErrorLog.show(false);
            rehearse(ready);
        } finally {
            delete(folder);
        }
    }

    /**
     * Those that a start does not touch, too: a cache is made once, and a login should not wait for
     * them either.
     */
    private static void loadOwnClasses() throws IOException {
        Module own = Rehearsal.class.getModule();
        for (ResolvedModule resolved : own.getLayer().configuration().modules()) {
            Module module = own.getLayer().findModule(resolved.name()).orElseThrow();
            try (ModuleReader reader = resolved.reference().open();
                    Stream<String> names = reader.list()) {
                names.filter(Rehearsal::isOwnClass)
                        .map(name -> name.substring(0, name.length() - CLASS_FILE.length()))
                        .forEach(name -> Class.forName(module, name.replace('/', '.')));
            }
        }
    }

    private static boolean isOwnClass(String name) {
        return name.startsWith(OWN_PACKAGES)
                && name.endsWith(CLASS_FILE)
                && !name.contains(MODULE_INFO);
    }

    private static CommandLineArguments files(Path folder) throws IOException, StartException {
        Path conf = Files.write(folder.resolve("pptpd.conf"), CONF);
        Files.write(folder.resolve("options"), OPTIONS);
        Path secrets =
                Files.write(
                        folder.resolve("chap-secrets"),
                        List.of(RehearsedLogin.USER + " * " + RehearsedLogin.PASSWORD + " *"));
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rw-------"));
        return CommandLineArguments.parse(
                new String[] {
                    "--fg", "-c", conf.toString(), "-p", folder.resolve("pid").toString()
                });
    }

    private static void rehearse(LoadedConfig.Ready ready) throws ErrnoException, StartException {
        SecureRandom entropy = new SecureRandom();
        Users users = new Users(ready.config(), ready.secrets(), ready.papSecrets());
        RehearsedCall.run(ready.config());
        if (!hasRehearsedServer(ready)) {
            callC();
        }
        new RehearsedLogin(
                        LinkSettings.of(ready.config().ppp()),
                        users.authenticator(entropy),
                        MppeKernel.newEngine(),
                        entropy)
                .run();
        new PidFile(ready.config().pidFile()).write();
        Logger log = LoggerFactory.getLogger(Rehearsal.class);
        log.info("event=rehearsed listen={}", ready.config().listen());
    }

    /** As far as the rights of this process go. */
    private static boolean hasRehearsedServer(LoadedConfig.Ready ready) {
        try {
            Server.rehearse(ready.config(), ready.secrets(), ready.papSecrets());
            return true;
        } catch (StartException e) {
            return false;
        }
    }

    private static void callC() throws ErrnoException {
        try (Epoll epoll = Epoll.create();
                EventFd wakeUp = EventFd.open()) {
            epoll.add(wakeUp.fd(), 1);
            wakeUp.signal();
            epoll.await(0);
            wakeUp.drain();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
