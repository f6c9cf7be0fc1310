package dev.pptpd.control;

import java.util.Arrays;
import java.util.Optional;

/**
 * Result codes of an Outgoing-Call-Reply.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-2.8 RFC 2637 section 2.8
 */
public enum OutgoingCallResult {
    /** The call is established. */
    CONNECTED(1),
    /** Not established, the error code tells why. */
    GENERAL_ERROR(2),
    /** No carrier was detected. */
    NO_CARRIER(3),
    /** The line is busy: no address or no call left. Windows shows this clearly. */
    BUSY(4),
    /** There was no dial tone. */
    NO_DIAL_TONE(5),
    /** The call was not established in time. */
    TIME_OUT(6),
    /** The call is administratively prohibited. */
    DO_NOT_ACCEPT(7);

    private final int wireNumber;

    OutgoingCallResult(int wireNumber) {
        this.wireNumber = wireNumber;
    }

    /** The number in the field. */
    public int wireNumber() {
        return wireNumber;
    }

    /** The result of this number; empty for what RFC 2637 does not list. */
    static Optional<OutgoingCallResult> of(int wireNumber) {
        return Arrays.stream(values())
                .filter(result -> result.wireNumber == wireNumber)
                .findFirst();
    }
}
