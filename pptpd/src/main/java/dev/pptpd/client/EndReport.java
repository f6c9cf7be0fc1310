package dev.pptpd.client;

import dev.pptpd.control.CallFailure;
import dev.pptpd.control.ControlCloseReason;
import dev.pptpd.net.ConnectFailure;
import dev.pptpd.session.CloseReason;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Says in one sentence why an attempt ended and what may be done about it. Pure.
 *
 * @param host the server, as the user named it
 * @param encryption what the user asked for
 */
record EndReport(String host, EncryptionDemand encryption) {
    /** What the link reports of a Terminate-Request without data. */
    private static final String NO_REASON = "without a reason";

    /** A server that only cleared the call quickly has said nothing about GRE. */
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    /**
     * What a session came to.
     *
     * @param greFrames PPP frames that came from the server
     * @param sessionNanos how long there was a call
     * @param upNanos as in {@link AttemptEnd}
     */
    record Course(long greFrames, long sessionNanos, long upNanos) {
        /** There was none. */
        static final Course NOTHING = new Course(0, 0, AttemptEnd.NEVER_UP);

        /** Whether packets could flow at some time. */
        boolean wasUp() {
            return upNanos != AttemptEnd.NEVER_UP;
        }

        /** Whether the server was silent for so long that its frames must have been lost. */
        boolean sawNothing() {
            return greFrames == 0 && !wasUp() && sessionNanos >= SILENCE_NANOS;
        }
    }

    /** TCP was not opened. */
    AttemptEnd of(ConnectFailure failure) {
        String sentence =
                switch (failure.kind()) {
                    case REFUSED ->
                            "nobody listens at "
                                    + host
                                    + " on TCP port 1723, or a firewall refuses.";
                    case UNREACHABLE ->
                            host
                                    + " is not reached: there is no route to it, or its host or a"
                                    + " gateway on the way does not answer.";
                    case TIMED_OUT ->
                            "no answer from "
                                    + host
                                    + " on TCP port 1723; is it the right address,"
                                    + " and is the port open on the way?";
                    case RESET -> host + " closed TCP port 1723 at once.";
                    case OTHER -> "cannot connect to " + host + ": " + failure.detail() + ".";
                };
        return neverUp(ClientExit.NETWORK, sentence);
    }

    /** The server did not grant the call. */
    AttemptEnd of(CallFailure failure) {
        return switch (failure.kind()) {
            case BUSY ->
                    neverUp(
                            ClientExit.ADDRESS,
                            host
                                    + " is busy: it has no address left for another client; try later.");
            case REPLY_MISSING, NOT_CONNECTED -> callNotAnswered();
            case GENERAL_ERROR,
                    NO_CARRIER,
                    NO_DIAL_TONE,
                    TIME_OUT,
                    NOT_ACCEPTED,
                    UNKNOWN_RESULT,
                    ABORTED,
                    DISCONNECTED_BY_PEER,
                    LIMIT_REACHED ->
                    neverUp(ClientExit.PEER_ENDED, host + " refuses the call: " + failure + ".");
        };
    }

    /** The control connection ended before there was a call. */
    AttemptEnd of(ControlCloseReason reason, String detail) {
        return switch (reason) {
            case STOPPED, STOPPED_BY_PEER, START_REFUSED, PROTOCOL_VERSION_NOT_SUPPORTED ->
                    neverUp(
                            ClientExit.PEER_ENDED,
                            host + " refuses the connection" + behind(detail) + ".");
            case CALL_REPLY_MISSING -> callNotAnswered();
            case START_REPLY_MISSING, ECHO_REPLY_MISSING ->
                    neverUp(
                            ClientExit.NETWORK,
                            host + " accepts TCP but does not answer; is it a PPTP server?");
            case TRANSPORT_CLOSED ->
                    neverUp(
                            ClientExit.NETWORK,
                            host + " closed the control connection" + behind(detail) + ".");
            case START_REQUEST_MISSING,
                    CALL_CONNECTED_MISSING,
                    CALL_REQUEST_MISSING,
                    TOO_MANY_UNKNOWN_MESSAGES,
                    LENGTH_BELOW_MINIMUM,
                    LENGTH_ABOVE_MAXIMUM,
                    LENGTH_WRONG_FOR_TYPE,
                    NOT_A_CONTROL_MESSAGE,
                    BAD_MAGIC_COOKIE ->
                    neverUp(
                            ClientExit.PEER_ENDED,
                            host
                                    + " does not keep to PPTP: "
                                    + word(reason)
                                    + behind(detail)
                                    + ".");
        };
    }

    private AttemptEnd callNotAnswered() {
        return neverUp(ClientExit.NETWORK, host + " does not answer the request for a call.");
    }

    /** The session ended. */
    AttemptEnd of(CloseReason reason, Course course) {
        ClientExit exit = exit(reason, course);
        if (course.sawNothing() && exit != ClientExit.DEVICE && exit != ClientExit.INTERNAL) {
            return neverUp(
                    ClientExit.NETWORK,
                    "no PPP frame from " + host + "; is IP protocol 47 (GRE) blocked on the way?");
        }
        return new AttemptEnd(exit, sentence(reason, exit, course), course.upNanos());
    }

    private ClientExit exit(CloseReason reason, Course course) {
        return switch (reason.kind()) {
            case PEER_TERMINATED, PEER_CLEARED_CALL ->
                    course.wasUp() ? ClientExit.PEER_ENDED : endBeforeUp(reason);
            case PEER_STOPPED, CONTROL_PROTOCOL_ERROR, NEGOTIATION_FAILED -> ClientExit.PEER_ENDED;
            case TCP_CLOSED, CONTROL_TIMEOUT, NO_ANSWER, ECHO_TIMEOUT -> ClientExit.NETWORK;
            case AUTHENTICATION_FAILED -> ClientExit.AUTHENTICATION;
            case PEER_NOT_PROVEN -> ClientExit.SERVER_NOT_PROVEN;
            case ENCRYPTION_FAILED -> ClientExit.ENCRYPTION;
            case ADDRESS_FAILED, ADDRESS_REFUSED -> ClientExit.ADDRESS;
            case DEVICE_FAILED -> ClientExit.DEVICE;
            case OVERLOADED, INTERNAL_ERROR, IDLE, MAX_CONNECT, MAX_OCTETS ->
                    ClientExit.INTERNAL; // nobody sets a client limits
            case SHUTDOWN -> ClientExit.ASKED_FOR;
        };
    }

    private ClientExit endBeforeUp(CloseReason reason) {
        if (isAboutEncryption(reason)) {
            return ClientExit.ENCRYPTION;
        }
        // Ours: "address refused". pppd: "Peer is not authorized to use remote address".
        boolean isAboutAddress = reason.detail().toLowerCase(Locale.ROOT).contains("address");
        return isAboutAddress ? ClientExit.ADDRESS : ClientExit.PEER_ENDED;
    }

    /** A server that requires what we refuse only ends the link; some say why. */
    private boolean isAboutEncryption(CloseReason reason) {
        String detail = reason.detail().toLowerCase(Locale.ROOT);
        return (encryption == EncryptionDemand.NONE
                        && (detail.isEmpty() || detail.equals(NO_REASON)))
                || detail.contains("mppe")
                || detail.contains("encrypt");
    }

    private String sentence(CloseReason reason, ClientExit exit, Course course) {
        String detail = behind(reason.detail());
        return switch (exit) {
            case AUTHENTICATION -> LoginAdvice.of(host, reason.detail());
            case SERVER_NOT_PROVEN -> notProvenSentence(reason.detail());
            case ENCRYPTION -> encryptionSentence(reason.detail());
            case ADDRESS -> host + " gives no address" + detail + ".";
            case NETWORK -> networkSentence(reason, detail);
            case DEVICE -> "the device cannot be used" + detail + ".";
            case INTERNAL -> "a mistake of this program" + detail + "; please report it.";
            case PEER_ENDED, ASKED_FOR, USAGE, CANNOT_CREATE, NO_PERMISSION, PASSWORD_FILE ->
                    course.wasUp()
                            ? host + " ended the session" + detail + "."
                            : host + " ended it before it was up" + detail + ".";
        };
    }

    private String notProvenSentence(String detail) {
        return detail.isEmpty() || detail.contains("password")
                ? "whoever answers at "
                        + host
                        + " does not know the password: this is not the server that you mean."
                : "whoever answers at "
                        + host
                        + " does not prove to be the server that you mean: "
                        + detail
                        + ".";
    }

    private String encryptionSentence(String detail) {
        return switch (encryption) {
            case NONE ->
                    host
                            + " ended it before it was up"
                            + behind(detail)
                            + "; does it require encryption, which --no-mppe refuses?";
            case ONLY_128, ONLY_56, ONLY_40, ANY_STRENGTH, PREFERRED ->
                    host
                            + " does not agree to "
                            + (encryption == EncryptionDemand.ONLY_128
                                    ? "128-bit encryption"
                                    : "the encryption")
                            + behind(detail)
                            + EncryptionAdvice.of(encryption, detail)
                            + ".";
        };
    }

    private String networkSentence(CloseReason reason, String detail) {
        return switch (reason.kind()) {
            case NO_ANSWER ->
                    host
                            + " sends PPP frames but hears none of ours; is IP protocol 47 (GRE)"
                            + " blocked towards it?";
            case TCP_CLOSED -> "the control connection to " + host + " is gone" + detail + ".";
            case PEER_TERMINATED,
                    PEER_CLEARED_CALL,
                    PEER_STOPPED,
                    CONTROL_TIMEOUT,
                    CONTROL_PROTOCOL_ERROR,
                    ECHO_TIMEOUT,
                    NEGOTIATION_FAILED,
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
                    host + " answers no longer" + detail + ".";
        };
    }

    private static AttemptEnd neverUp(ClientExit exit, String sentence) {
        return new AttemptEnd(exit, sentence, AttemptEnd.NEVER_UP);
    }

    private static String behind(String detail) {
        return detail.isEmpty() ? "" : " (" + detail + ")";
    }

    private static String word(ControlCloseReason reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
