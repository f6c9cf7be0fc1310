package dev.pptpd.net;

import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;

/**
 * Why TCP could not be opened.
 *
 * @param detail one phrase for the operator
 */
public record ConnectFailure(Kind kind, String detail) {
    /** The kinds of failure. */
    public enum Kind {
        /** The host is there and nobody listens, or a firewall says so. */
        REFUSED,
        /** No way leads to the host. */
        UNREACHABLE,
        /** No answer at all. */
        TIMED_OUT,
        /** The connection was reset while it was opened. */
        RESET,
        /** Something of this host, such as a local address that is not there. */
        OTHER
    }

    /** Java has one exception for several errors of the system, which differ in their message. */
    static ConnectFailure of(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        String words = message.toLowerCase(Locale.ROOT);
        if (cause instanceof ConnectTimeoutException || words.contains("timed out")) {
            return new ConnectFailure(Kind.TIMED_OUT, "no answer");
        }
        if (cause instanceof NoRouteToHostException
                || cause instanceof PortUnreachableException
                || words.contains("unreachable")) {
            return new ConnectFailure(Kind.UNREACHABLE, "no route to the host");
        }
        if (words.contains("reset")) {
            return new ConnectFailure(Kind.RESET, "connection reset");
        }
        if (cause instanceof ConnectException) {
            return new ConnectFailure(Kind.REFUSED, "connection refused");
        }
        if (cause instanceof ClosedChannelException) {
            return new ConnectFailure(Kind.OTHER, "given up");
        }
        return new ConnectFailure(Kind.OTHER, message);
    }
}
