package dev.pptpd.control;

import java.time.Duration;

/**
 * How long a control connection waits for what.
 *
 * @param startRequest from the opening of TCP to the Start-Control-Connection-Request
 * @param startReply from our Start-Control-Connection-Request to the reply
 * @param callRequest without any call, before a connection that the peer opened is stopped
 * @param callReply from our call request to the reply
 * @param callConnected from our Incoming-Call-Reply to the Incoming-Call-Connected; meanwhile a
 *     peer that nobody knows yet holds an address
 * @param callDisconnect from our Call-Clear-Request to the Call-Disconnect-Notify
 * @param echoIdle without any message from the peer, before an Echo-Request is sent
 * @param echoReply from there to the Echo-Reply
 * @param stopReply from our Stop-Control-Connection-Request to the reply
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-3.1.4 RFC 2637 section 3.1.4
 */
public record ControlTimers(
        Duration startRequest,
        Duration startReply,
        Duration callRequest,
        Duration callReply,
        Duration callConnected,
        Duration callDisconnect,
        Duration echoIdle,
        Duration echoReply,
        Duration stopReply) {

    /**
     * The 60 seconds of the RFC for echoes and call replies. Shorter where every known peer takes
     * milliseconds and a waiting connection costs us: 5 s for the start, 10 s for a call and for
     * its connection, 3 s for the end of a call or connection. 30 s for the start reply, as
     * Windows.
     */
    public static final ControlTimers DEFAULTS =
            new ControlTimers(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(3));

    /** The same with another patience for the Start-Control-Connection-Request. */
    public ControlTimers withStartRequest(Duration patience) {
        return new ControlTimers(
                patience,
                startReply,
                callRequest,
                callReply,
                callConnected,
                callDisconnect,
                echoIdle,
                echoReply,
                stopReply);
    }

    /** The same with another patience for the replies to what this end asks for. */
    public ControlTimers withReplies(Duration startReply, Duration callReply) {
        return new ControlTimers(
                startRequest,
                startReply,
                callRequest,
                callReply,
                callConnected,
                callDisconnect,
                echoIdle,
                echoReply,
                stopReply);
    }
}
