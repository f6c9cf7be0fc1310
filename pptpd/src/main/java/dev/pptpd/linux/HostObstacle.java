package dev.pptpd.linux;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What keeps a process on this host from having tunnels: found at the start and not with the first
 * peer.
 *
 * @param sentence for the operator, what to do included
 */
public record HostObstacle(Kind kind, String sentence) {
    private static final Logger LOG = LoggerFactory.getLogger(HostObstacle.class);
    private static final Path TUN = Path.of("/dev/net/tun");

    /** The kinds of obstacles. */
    public enum Kind {
        /** The process lacks a capability. */
        CAPABILITY,
        /** The TUN driver cannot be opened. */
        TUN
    }

    /** The first obstacle, if there is one. */
    public static Optional<HostObstacle> find() {
        return missingCapability().or(HostObstacle::closedTun);
    }

    private static Optional<HostObstacle> missingCapability() {
        Set<Capability> missing;
        try {
            missing = Capabilities.ofThisProcess().missing();
        } catch (IOException e) {
            LOG.debug("event=capabilities-unknown detail=\"{}\"", e.getMessage());
            return Optional.empty();
        }
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        String names = missing.stream().map(Enum::name).collect(Collectors.joining(" and "));
        return Optional.of(
                new HostObstacle(
                        Kind.CAPABILITY,
                        "needs " + names + ": start it as root or give it the capability."));
    }

    /** Opening it alone makes no device. */
    private static Optional<HostObstacle> closedTun() {
        try {
            FileChannel.open(TUN, StandardOpenOption.READ, StandardOpenOption.WRITE).close();
            return Optional.empty();
        } catch (IOException e) {
            String obstacle =
                    e instanceof AccessDeniedException
                            ? "permission denied"
                            : "load the module tun, or let the container have it";
            return Optional.of(
                    new HostObstacle(Kind.TUN, "cannot open " + TUN + ": " + obstacle + "."));
        }
    }
}
