package dev.pptpd.session;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.address.Ipv6Network;
import dev.pptpd.auth.LoginFault;
import dev.pptpd.control.WanErrorCounters;
import dev.pptpd.ppp.auth.AuthenticationRequest;
import dev.pptpd.ppp.auth.PeerName;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.ppp.ipv6cp.Ipv6Identifiers;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The lines that administrators and filters read: one when a session is up, one when it ends, one
 * for each login that fails. Names that peers chose are escaped by their types.
 */
final class SessionLog {
    private static final Logger LOG = LoggerFactory.getLogger("dev.pptpd.session");

    private static final double NANOS_PER_MILLI = 1e6;

    private SessionLog() {}

    static void opened(SessionEntry entry) {
        LOG.debug(
                "event=call-opened session={} peer={} call={} peer-call={} host=\"{}\""
                        + " vendor=\"{}\"",
                entry.id(),
                entry.peer(),
                entry.callId(),
                entry.call().peerCallId(),
                entry.channel().peerHostName(),
                entry.channel().peerVendorName());
    }

    static void up(SessionEntry entry) {
        LOG.info(
                "event=session-up session={} peer={} user={} ip={} interface={} auth={} mppe={}{}",
                entry.id(),
                entry.peer(),
                entry.user,
                entry.assignedAddress(),
                entry.interfaceName(),
                entry.authentication,
                entry.encryption,
                routes(entry));
    }

    private static String routes(SessionEntry entry) {
        return entry.routes.isEmpty()
                ? ""
                : entry.routes.stream()
                        .map(Ipv4Network::toString)
                        .collect(Collectors.joining(",", " routes=", ""));
    }

    static void ipv6Up(SessionEntry entry, Ipv6Identifiers identifiers) {
        LOG.info(
                "event=ipv6-up session={} peer={} user={} interface={} local={} remote={} prefix={}",
                entry.id(),
                entry.peer(),
                entry.user,
                entry.interfaceName(),
                identifiers.local().linkLocal(),
                identifiers.peer().linkLocal(),
                entry.prefix.map(Ipv6Network::toString).orElse("-"));
    }

    static void ipv6Failed(SessionEntry entry, String detail) {
        LOG.warn(
                "event=ipv6-failed session={} peer={} user={} interface={} detail=\"{}\"",
                entry.id(),
                entry.peer(),
                entry.user,
                entry.interfaceName(),
                detail);
    }

    static void addressNotGranted(SessionEntry entry, Ipv4Address asked, String detail) {
        LOG.info(
                "event=address-not-granted session={} peer={} user={} asked={} detail=\"{}\"",
                entry.id(),
                entry.peer(),
                entry.user,
                asked,
                detail);
    }

    static void routeNotAdded(SessionEntry entry, Ipv4Network route, String detail) {
        LOG.warn(
                "event=route-not-added session={} peer={} user={} route={} detail=\"{}\"",
                entry.id(),
                entry.peer(),
                entry.user,
                route,
                detail);
    }

    /** {@code diagnosis} is what an operator can act on, and a warning then. */
    static void ended(
            SessionEntry entry,
            CloseReason reason,
            SessionTraffic traffic,
            Optional<String> diagnosis,
            long nowNanos) {
        double seconds = Duration.ofNanos(nowNanos - entry.openedNanos()).toMillis() / 1000.0;
        LOG.atLevel(diagnosis.isPresent() ? Level.WARN : Level.INFO)
                .log(
                        "event=session-end session={} peer={} user={} ip={} interface={} auth={} mppe={}"
                                + " duration={} in={} out={} gre-lost={} gre-reordered={} gre-late={}"
                                + " gre-duplicate={} rtt={} reason={}{}",
                        entry.id(),
                        entry.peer(),
                        entry.user,
                        entry.assignedAddress(),
                        entry.interfaceName(),
                        entry.authentication,
                        entry.encryption,
                        oneDigit(seconds),
                        traffic.octetsIn(),
                        traffic.octetsOut(),
                        traffic.gre().lost(),
                        traffic.gre().reordered(),
                        traffic.gre().late(),
                        traffic.gre().duplicates(),
                        oneDigit(traffic.gre().roundTripNanos() / NANOS_PER_MILLI),
                        reason.kind().word(),
                        detail(diagnosis.orElse(reason.detail())));
    }

    private static String oneDigit(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String detail(String phrase) {
        return phrase.isEmpty() ? "" : " detail=\"" + phrase + "\"";
    }

    static void loginFailed(
            SessionEntry entry,
            AuthenticationRequest request,
            int failureCode,
            Optional<LoginFault> fault) {
        LOG.warn(
                "event=login-failed session={} peer={} user={} auth={} error={}{}",
                entry.id(),
                entry.peer(),
                request.peerName(),
                request.method(),
                failureCode,
                fault.map(reason -> " reason=" + reason.word()).orElse(""));
    }

    /** A new password that was asked for; {@code obstacle} is why it is not in use. */
    static void passwordChange(
            SessionEntry entry, AuthenticationRequest request, Optional<String> obstacle) {
        LOG.atLevel(obstacle.isPresent() ? Level.WARN : Level.INFO)
                .log(
                        "event={} session={} peer={} user={} auth={}{}",
                        obstacle.isPresent() ? "password-not-changed" : "password-changed",
                        entry.id(),
                        entry.peer(),
                        request.peerName(),
                        request.method(),
                        detail(obstacle.orElse("")));
    }

    static void internalError(SessionEntry entry, RuntimeException mistake) {
        LOG.error("event=internal-error session={} peer={}", entry.id(), entry.peer(), mistake);
    }

    static void addressRefused(SessionEntry entry, PeerName user, String detail) {
        LOG.warn(
                "event=address-refused session={} peer={} user={} detail=\"{}\"",
                entry.id(),
                entry.peer(),
                user,
                detail);
    }

    static void deviceFailed(SessionEntry entry, Throwable cause) {
        LOG.error(
                "event=device-failed session={} peer={} user={} detail=\"{}\"",
                entry.id(),
                entry.peer(),
                entry.user,
                cause.getMessage());
    }

    static void callRefused(String peer, String detail) {
        LOG.warn("event=call-refused peer={} detail=\"{}\"", peer, detail);
    }

    static void identified(SessionEntry entry, String text) {
        LOG.debug(
                "event=identification session={} peer={} text=\"{}\"",
                entry.id(),
                entry.peer(),
                text);
    }

    static void wanErrors(SessionEntry entry, WanErrorCounters counters) {
        LOG.debug(
                "event=wan-errors session={} peer={} crc={} framing={} hardware-overruns={}"
                        + " buffer-overruns={} time-outs={} alignment={}",
                entry.id(),
                entry.peer(),
                counters.crcErrors(),
                counters.framingErrors(),
                counters.hardwareOverruns(),
                counters.bufferOverruns(),
                counters.timeOutErrors(),
                counters.alignmentErrors());
    }
}
