package dev.pptpd.net;

import dev.pptpd.relay.RelayAction.CallIds;
import dev.pptpd.relay.RelayEnd;
import dev.pptpd.relay.RelaySide;
import dev.pptpd.relay.RelayTraffic;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What the log tells of one relayed connection. */
final class RelayLog {
    private static final Logger LOG = LoggerFactory.getLogger(RelayLog.class);

    private final long relay;
    private final String peer;

    RelayLog(long relay, InetSocketAddress peer) {
        this.relay = relay;
        this.peer = shown(peer);
    }

    private static String shown(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    static void full(int connections) {
        LOG.warn(
                "event=relay-full connections={} detail=\"more are refused until one ends; see"
                        + " connections in pptpd.conf\"",
                connections);
    }

    void unreachable(InetSocketAddress server, Throwable cause) {
        LOG.warn(
                "event=relay-refused relay={} peer={} server={} reason={} detail=\"{}\"",
                relay,
                peer,
                shown(server),
                RelayEnd.SERVER_UNREACHABLE.word(),
                cause.getMessage());
    }

    void up(InetSocketAddress server) {
        LOG.info("event=relay-up relay={} peer={} server={}", relay, peer, shown(server));
    }

    void callUp(CallIds ids) {
        LOG.debug(
                "event=relay-call-up relay={} peer={} client-id={} to-server-id={} server-id={}"
                        + " to-client-id={}",
                relay,
                peer,
                ids.client(),
                ids.toServer(),
                ids.server(),
                ids.toClient());
    }

    void callOver(CallIds ids) {
        LOG.debug(
                "event=relay-call-over relay={} peer={} client-id={} server-id={}",
                relay,
                peer,
                ids.client(),
                ids.server());
    }

    /** The end of a connection that never reached the server: scanners make many of these. */
    void endedEarly(RelayEnd reason) {
        LOG.debug("event=relay-end relay={} peer={} reason={}", relay, peer, reason.word());
    }

    void ended(
            InetSocketAddress server,
            long durationNanos,
            int calls,
            RelayTraffic traffic,
            RelayEnd reason) {
        double seconds = Duration.ofNanos(durationNanos).toMillis() / 1000.0;
        String detail = calls == 0 ? "" : missing(traffic);
        LOG.atLevel(detail.isEmpty() ? Level.INFO : Level.WARN)
                .log(
                        "event=relay-end relay={} peer={} server={} duration={} calls={}"
                                + " client-packets={} client-octets={} server-packets={}"
                                + " server-octets={} reason={}{}",
                        relay,
                        peer,
                        shown(server),
                        String.format(Locale.ROOT, "%.1f", seconds),
                        calls,
                        traffic.packetsFrom(RelaySide.CLIENT),
                        traffic.octetsFrom(RelaySide.CLIENT),
                        traffic.packetsFrom(RelaySide.SERVER),
                        traffic.octetsFrom(RelaySide.SERVER),
                        reason.word(),
                        detail);
    }

    /** What the operator can do about a call that no packet came for. */
    private static String missing(RelayTraffic traffic) {
        boolean client = traffic.packetsFrom(RelaySide.CLIENT) > 0;
        boolean server = traffic.packetsFrom(RelaySide.SERVER) > 0;
        if (client && server) {
            return "";
        }
        String side = client ? "the server" : server ? "the client" : "either side";
        return " detail=\"no GRE from " + side + "; is IP protocol 47 blocked?\"";
    }

    void failed(Throwable mistake) {
        LOG.error("event=relay-failed relay={} peer={}", relay, peer, mistake);
    }

    void broken(RelaySide side, Throwable cause) {
        LOG.debug(
                "event=relay-broken relay={} peer={} side={} cause=\"{}\"",
                relay,
                peer,
                side.word(),
                cause.getMessage());
    }
}
