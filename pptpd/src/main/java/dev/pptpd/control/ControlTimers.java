package dev.pptpd.control;

import java.time.Duration;

/**
 * How long a control connection waits for what.
 *
 * @param startRequest from the opening of TCP to the Start-Control-Connection-Request
 * @param callRequest without any call, before the connection is stopped
 * @param echoIdle without any message from the peer, before an Echo-Request is sent
 * @param echoReply from there to the Echo-Reply
 * @param stopReply from our Stop-Control-Connection-Request to the reply
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-3.1.4 RFC 2637 section 3.1.4
 */
public record ControlTimers(
        Duration startRequest,
        Duration callRequest,
        Duration echoIdle,
        Duration echoReply,
        Duration stopReply) {

    /**
     * The 60 seconds of the RFC for echoes. Shorter where every known client takes milliseconds and
     * a waiting connection costs us: 5 s for the start, 10 s for a call, 3 s for the end.
     */
    public static final ControlTimers DEFAULTS =
            new ControlTimers(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(3));

    /** The same with another patience for the Start-Control-Connection-Request. */
    public ControlTimers withStartRequest(Duration patience) {
        return new ControlTimers(patience, callRequest, echoIdle, echoReply, stopReply);
    }
}
