package dev.pptpd.session;

import dev.pptpd.session.StrayPackets.Stray;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What keeps a client's packets from passing, in one sentence with what to do about it. GRE has no
 * ports, so a gateway that translates addresses has to know PPTP; each kind that does not fails in
 * a way of its own, which docs/nat.md describes.
 */
final class Diagnosis {
    /** Who hangs up earlier may just have thought better of it. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** The line must end somewhere. */
    private static final int MAX_NAMED = 3;

    private Diagnosis() {}

    /** The sentence, without quotation marks; empty when the path is not to blame. */
    static Optional<String> of(Evidence evidence) {
        if (evidence.gotThrough() || !isOfThePath(evidence)) {
            return Optional.empty();
        }
        if (evidence.frames() == 0) {
            return Optional.of("no PPP frame from the peer" + whyUnheard(evidence));
        }
        return evidence.acknowledgments() == 0
                ? Optional.of("the peer sends, but our GRE does not reach it" + whyUnseen(evidence))
                : Optional.empty();
    }

    /** Clients have timers of their own, and end in their way what never began. */
    private static boolean isOfThePath(Evidence evidence) {
        return switch (evidence.reason()) {
            case NO_ANSWER -> true;
            case PEER_CLEARED_CALL, PEER_STOPPED, TCP_CLOSED, CONTROL_TIMEOUT, NEGOTIATION_FAILED ->
                    evidence.age().compareTo(PATIENCE) >= 0;
            case PEER_TERMINATED,
                    CONTROL_PROTOCOL_ERROR,
                    ECHO_TIMEOUT,
                    AUTHENTICATION_FAILED,
                    PEER_NOT_PROVEN,
                    ENCRYPTION_FAILED,
                    ADDRESS_FAILED,
                    ADDRESS_REFUSED,
                    DEVICE_FAILED,
                    IDLE,
                    MAX_CONNECT,
                    MAX_OCTETS,
                    OVERLOADED,
                    INTERNAL_ERROR,
                    SHUTDOWN ->
                    false;
        };
    }

    private static String whyUnheard(Evidence evidence) {
        if (evidence.wrongAddress().isPresent()) {
            Stray stray = evidence.wrongAddress().get();
            return ", but %s with its call id from %s; its gateway must send TCP 1723 and GRE"
                            .formatted(packets(stray), stray.source())
                    + " from the same address";
        }
        if (evidence.unknownCall().isPresent()) {
            Stray stray = evidence.unknownCall().get();
            return ", but %s from its address with call id %d, which no session has;"
                            .formatted(packets(stray), stray.callId())
                    + " its gateway has half a PPTP helper or remembers an old call:"
                    + " dial again after conntrack -D -p gre there";
        }
        List<Evidence.Sibling> heard =
                evidence.siblings().stream().filter(Evidence.Sibling::isUp).toList();
        if (!heard.isEmpty()) {
            return ", while GRE from its address belongs to " + sessions(heard) + needed();
        }
        return evidence.siblings().isEmpty()
                ? " and no GRE at all from its address; is IP protocol 47 (GRE) blocked?"
                : "; is IP protocol 47 (GRE) blocked?";
    }

    private static String whyUnseen(Evidence evidence) {
        return evidence.siblings().isEmpty()
                ? "; its gateway needs the PPTP helper, or IP protocol 47 (GRE) is blocked on the"
                        + " way there"
                : ", rather " + sessions(evidence.siblings()) + " from the same address" + needed();
    }

    private static String needed() {
        return "; the gateway needs the PPTP helper, or pptpd --relay, to tell its clients apart";
    }

    private static String packets(Stray stray) {
        return stray.packets() == 1 ? "1 GRE packet" : stray.packets() + " GRE packets";
    }

    private static String sessions(List<Evidence.Sibling> siblings) {
        String named =
                siblings.stream()
                        .limit(MAX_NAMED)
                        .map(Evidence.Sibling::id)
                        .collect(Collectors.joining(", "));
        int more = siblings.size() - MAX_NAMED;
        return (siblings.size() == 1 ? "session " : "sessions ")
                + named
                + (more > 0 ? " and " + more + " more" : "");
    }
}
