package dev.pptpd.client;

import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.ppp.ipv6cp.Ipv6Address;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The name servers of a session as a file in the form of resolv.conf(5), there while the session is
 * up. Whoever shall use it is told by other means, such as {@code resolv-file} of dnsmasq: a file
 * that this program has not written, such as the system's own, is not touched. One thread.
 */
final class ResolverFile {
    private static final Logger LOG = LoggerFactory.getLogger(ResolverFile.class);

    /** By this line a file is known as ours, also to a later process. */
    private static final String FIRST_LINE = "# pptp";

    private static final String READABLE = "rw-r--r--";

    private final Path path;
    private boolean written;

    ResolverFile(Path path) {
        this.path = path;
    }

    /** To find out now and not when the session is up. */
    void check() throws ClientException {
        if (!Files.isDirectory(folder()) || !Files.isWritable(folder())) {
            throw new ClientException(
                    ClientExit.CANNOT_CREATE,
                    "cannot write " + path + ": " + folder() + " is no folder to write to.");
        }
        if (isSomebodyElses()) {
            throw new ClientException(
                    ClientExit.USAGE,
                    "--dns " + path + " is there and was not written by pptp: name another file.");
        }
    }

    /** Also a link is: it would be replaced, and stands for a file of another owner. */
    private boolean isSomebodyElses() {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        // Octet by octet: what is not ours may be in any encoding.
        try (BufferedReader reader = Files.newBufferedReader(path, StandardCharsets.ISO_8859_1)) {
            return !FIRST_LINE.equals(reader.readLine());
        } catch (IOException e) {
            return true;
        }
    }

    private Path folder() {
        Path parent = path.toAbsolutePath().getParent();
        return parent == null ? path : parent;
    }

    /** Writes the file as a whole: a reader sees the one before or this one. */
    void write(List<Ipv4Address> servers, List<Ipv6Address> ipv6Servers) {
        if (isSomebodyElses()) {
            LOG.warn("event=dns-file-failed path={} detail=\"not written by pptp\"", path);
            return;
        }
        String text =
                Stream.concat(servers.stream(), ipv6Servers.stream())
                        .map(server -> "nameserver " + server + "\n")
                        .collect(Collectors.joining("", FIRST_LINE + "\n", ""));
        try {
            Path fresh = Files.createTempFile(folder(), ".pptp", ".new");
            try {
                Files.writeString(fresh, text);
                Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString(READABLE));
                Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
                written = true;
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            LOG.warn("event=dns-file-failed path={} detail=\"{}\"", path, e.getMessage());
        }
    }

    /** Removes the file if it was written here. */
    void delete() {
        if (!written) {
            return;
        }
        written = false;
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warn("event=dns-file-left path={} detail=\"{}\"", path, e.getMessage());
        }
    }
}
