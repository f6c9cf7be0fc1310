package dev.pptpd.client;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.mppe.MppeMode;
import dev.pptpd.ppp.auth.PeerName;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.ppp.ipcp.Ipv4Assignment;
import dev.pptpd.ppp.ipv6cp.Ipv6Address;
import dev.pptpd.session.CloseReason;
import dev.pptpd.session.SessionTraffic;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lines that people and scripts read: one when packets flow, one when they do no longer. */
final class ClientLog {
    private static final Logger LOG = LoggerFactory.getLogger("dev.pptpd.client");

    private static final double NANOS_PER_SECOND = 1e9;

    private final Ipv4Address server;
    private final PeerName user;

    ClientLog(Ipv4Address server, String user) {
        this.server = server;
        this.user = new PeerName(user.getBytes(StandardCharsets.UTF_8));
    }

    void connected(
            String interfaceName,
            Ipv4Assignment assignment,
            String login,
            Optional<MppeMode> encryption) {
        LOG.info(
                "event=connected server={} user={} interface={} ip={} peer-ip={} dns={}"
                        + " auth={} mppe={}",
                server,
                user,
                interfaceName,
                assignment.local(),
                assignment.peer(),
                list(assignment.dns()),
                login,
                encryption.map(MppeMode::toString).orElse("none"));
    }

    /** From now on the next password is the one to log in with. */
    void passwordChanged() {
        LOG.info(
                "event=password-changed server={} user={} detail=\"the server has taken the new"
                        + " password; the old one is of no use any more\"",
                server,
                user);
    }

    /** The user asked for it; the session goes on without. */
    void notGiven(String what, String detail) {
        LOG.warn(
                "event=not-given server={} user={} what={} detail=\"{}\"",
                server,
                user,
                what,
                detail);
    }

    private static String list(List<Ipv4Address> addresses) {
        return addresses.isEmpty()
                ? "-"
                : addresses.stream().map(Ipv4Address::toString).collect(Collectors.joining(","));
    }

    void ipv6Up(String interfaceName, List<Ipv6Address> addresses) {
        LOG.info(
                "event=ipv6-up server={} user={} interface={} ip={}",
                server,
                user,
                interfaceName,
                addresses.stream().map(Ipv6Address::toString).collect(Collectors.joining(",")));
    }

    void ipv6Failed(String interfaceName, String detail) {
        LOG.warn(
                "event=ipv6-failed server={} user={} interface={} detail=\"{}\"",
                server,
                user,
                interfaceName,
                detail);
    }

    void disconnected(CloseReason reason, SessionTraffic traffic, long upNanos) {
        LOG.info(
                "event=disconnected server={} user={} duration={} in={} out={} reason={}{}",
                server,
                user,
                String.format(Locale.ROOT, "%.1f", upNanos / NANOS_PER_SECOND),
                traffic.octetsIn(),
                traffic.octetsOut(),
                reason.kind().word(),
                reason.detail().isEmpty() ? "" : " detail=\"" + reason.detail() + "\"");
    }

    /** Those that the server offered. */
    void routesAdded(List<Ipv4Network> networks) {
        LOG.info(
                "event=routes-added server={} user={} routes={}",
                server,
                user,
                networks.stream().map(Ipv4Network::toString).collect(Collectors.joining(",")));
    }

    void routeNotAdded(Ipv4Network network, String reason) {
        LOG.warn(
                "event=route-not-added server={} user={} route={} detail=\"{}\"",
                server,
                user,
                network,
                reason);
    }
}
