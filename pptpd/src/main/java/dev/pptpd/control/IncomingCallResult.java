package dev.pptpd.control;

import java.util.Arrays;
import java.util.Optional;

/**
 * Result codes of an Incoming-Call-Reply.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-2.10 RFC 2637 section 2.10
 */
public enum IncomingCallResult {
    /** The PAC should answer the line. */
    CONNECT(1),
    /** It should not, the error code tells why. */
    GENERAL_ERROR(2),
    /** The PAC should hang up or signal busy. */
    DO_NOT_ACCEPT(3);

    private final int wireNumber;

    IncomingCallResult(int wireNumber) {
        this.wireNumber = wireNumber;
    }

    /** The number in the field. */
    public int wireNumber() {
        return wireNumber;
    }

    /** The result of this number; empty for what RFC 2637 does not list. */
    static Optional<IncomingCallResult> of(int wireNumber) {
        return Arrays.stream(values())
                .filter(result -> result.wireNumber == wireNumber)
                .findFirst();
    }
}
