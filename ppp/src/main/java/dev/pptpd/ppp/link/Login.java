package dev.pptpd.ppp.link;

import dev.pptpd.ppp.lcp.LcpOptions;
import dev.pptpd.ppp.packet.ControlPacket;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The login of a link while LCP is open, from one end of it. */
sealed interface Login permits ServerLogin, ClientLogin {
    /** What came of it since the last question. */
    sealed interface Outcome {
        /** Nothing that concerns the link. */
        record Undecided() implements Outcome {}

        /** The network phase may begin. */
        record Passed() implements Outcome {}

        /** The link must end. */
        record Failed(LinkEnd end) implements Outcome {}
    }

    /** The login from the end that we are. */
    static Login of(
            LinkConfiguration configuration,
            LcpOptions lcp,
            Encryption encryption,
            RandomGenerator entropy,
            Outbox outbox) {
        return switch (configuration.role()) {
            case LinkRole.Server server ->
                    new ServerLogin(server, configuration, lcp, entropy, outbox);
            case LinkRole.Client client ->
                    new ClientLogin(client, configuration, lcp, encryption, entropy, outbox);
        };
    }

    /** How long it may take at most, in milliseconds; 0 for no limit. */
    int timeoutMillis();

    /** LCP is open. */
    void start(long nowNanos);

    /** LCP is no longer open, or the link ends. */
    void stop();

    /** When {@link #onTimeout} wants to be called; {@link Long#MAX_VALUE} for never. */
    long nextDeadlineNanos();

    /** To be called when the deadline has come; earlier does no harm. */
    void onTimeout(long nowNanos);

    /** Whether packets of this protocol belong to it now. */
    boolean speaks(int protocol);

    /** Takes a packet of a protocol that it {@link #speaks}. */
    void receive(ControlPacket packet, long nowNanos);

    /** What kept us from logging in at all, while LCP was agreed on; empty for a server. */
    default Optional<LinkEnd> wrongMethod() {
        return Optional.empty();
    }

    /** Why LCP came to nothing: a login that one side wants and the other does not, or else. */
    default LinkEnd disagreement(LcpOptions lcp, String reason) {
        LinkEnd.Cause cause =
                lcp.peerRefusesAuthentication()
                        ? LinkEnd.Cause.AUTHENTICATION_FAILED
                        : LinkEnd.Cause.NEGOTIATION_FAILED;
        return wrongMethod().orElse(new LinkEnd(cause, reason));
    }

    /** Whether somebody has to type something before the login can go on. */
    default boolean awaitsUser() {
        return false;
    }

    /** The peer speaks a network protocol before it is time, as if the login had succeeded. */
    default void onNetworkPacket() {}

    /** The network is up: the peer, which takes part in it, has heard the outcome of the login. */
    default void onNetworkUp() {}

    /**
     * Sends what there is to send, in packets of at most this many octets. Half a packet of it is
     * worth nothing: where one does not fit, the login has failed.
     */
    Outcome drain(int peerMruBytes);

    /** What came of a login whose packet could not be sent. */
    static Outcome doesNotFit(ControlPacket packet, int peerMruBytes) {
        return new Outcome.Failed(
                new LinkEnd(
                        LinkEnd.Cause.AUTHENTICATION_FAILED,
                        String.format(
                                "the login takes a packet of %d octets, the peer at most %d",
                                packet.octets(), peerMruBytes)));
    }
}
