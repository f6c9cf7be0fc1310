package dev.pptpd.client;

import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The name servers of a session as a file in the form of resolv.conf(5), there while the session is
 * up. Whoever shall use it is told by other means, such as {@code resolv-file} of dnsmasq: the
 * system's own file is not touched.
 */
final class ResolverFile {
    private static final Logger LOG = LoggerFactory.getLogger(ResolverFile.class);

    private static final String READABLE = "rw-r--r--";

    private final Path path;

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
    }

    private Path folder() {
        Path parent = path.toAbsolutePath().getParent();
        return parent == null ? path : parent;
    }

    /** Writes the file as a whole: a reader sees the one before or this one. */
    void write(List<Ipv4Address> servers) {
        String text =
                servers.stream()
                        .map(server -> "nameserver " + server + "\n")
                        .collect(Collectors.joining());
        try {
            Path fresh = Files.createTempFile(folder(), ".pptp", ".new");
            try {
                Files.writeString(fresh, text);
                Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString(READABLE));
                Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            LOG.warn("event=dns-file-failed path={} detail=\"{}\"", path, e.getMessage());
        }
    }

    /** Removes the file. */
    void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warn("event=dns-file-left path={} detail=\"{}\"", path, e.getMessage());
        }
    }
}
