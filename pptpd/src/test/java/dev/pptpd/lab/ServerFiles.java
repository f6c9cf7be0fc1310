package dev.pptpd.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * The configuration files of one server, in a folder of the test. It starts with one that works:
 * MS-CHAPv2, MPPE-128, addresses 10.99.0.0/24, user {@code vpn} with password {@code secret}.
 */
public final class ServerFiles {

    public static final String USER = "vpn";
    public static final String PASSWORD = "secret";

    /** Our end of every tunnel. */
    public static final String LOCAL_ADDRESS = "10.99.0.1";

    private final Path folder;
    private final List<String> conf =
            new ArrayList<>(List.of("localip " + LOCAL_ADDRESS, "remoteip 10.99.0.10-250"));
    private final List<String> options =
            new ArrayList<>(
                    List.of(
                            "name pptpd",
                            "auth",
                            "require-mschap-v2",
                            "require-mppe-128",
                            "ms-dns 10.99.0.53",
                            "lcp-echo-interval 30",
                            "lcp-echo-failure 4"));
    private final List<String> secrets = new ArrayList<>();

    private ServerFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * The files of a server.
     *
     * @param folder an existing folder that belongs to this server alone
     */
    public static ServerFiles in(Path folder) {
        ServerFiles files = new ServerFiles(folder);
        files.options.add("chap-secrets " + files.secretsFile());
        return files.secret(USER, PASSWORD);
    }

    /** Sets a line of pptpd.conf; an earlier line with the same first word goes. */
    public ServerFiles conf(String line) {
        replace(conf, line);
        return this;
    }

    public ServerFiles withoutConf(String keyword) {
        remove(conf, keyword);
        return this;
    }

    /** Sets a line of the options file; an earlier line with the same first word goes. */
    public ServerFiles option(String line) {
        replace(options, line);
        return this;
    }

    public ServerFiles withoutOption(String keyword) {
        remove(options, keyword);
        return this;
    }

    /** Adds a user with any address. */
    public ServerFiles secret(String user, String password) {
        return secret("%s * %s *".formatted(user, password));
    }

    /** Adds a whole line of the secrets file. */
    public ServerFiles secret(String line) {
        secrets.add(line);
        return this;
    }

    public Path confFile() {
        return folder.resolve("pptpd.conf");
    }

    public Path optionsFile() {
        return folder.resolve("options.pptpd");
    }

    public Path secretsFile() {
        return folder.resolve("chap-secrets");
    }

    public Path pidFile() {
        return folder.resolve("pptpd.pid");
    }

    public Path controlSocket() {
        return folder.resolve("ctl.sock");
    }

    /** Writes the three files, as they stand now. */
    public void write() {
        try {
            Files.write(confFile(), conf);
            Files.write(optionsFile(), options);
            Files.write(secretsFile(), secrets);
            Files.setPosixFilePermissions(
                    secretsFile(), PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void replace(List<String> lines, String line) {
        remove(lines, firstWord(line));
        lines.add(line);
    }

    private static void remove(List<String> lines, String keyword) {
        lines.removeIf(line -> firstWord(line).equals(keyword));
    }

    private static String firstWord(String line) {
        return line.split("\\s", 2)[0];
    }
}
