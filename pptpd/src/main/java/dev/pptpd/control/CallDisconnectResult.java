package dev.pptpd.control;

import java.util.Arrays;
import java.util.Optional;

/**
 * Result codes of a Call-Disconnect-Notify.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-2.13 RFC 2637 section 2.13
 */
public enum CallDisconnectResult {
    /** The carrier, or the peer at the other end, was lost. */
    LOST_CARRIER(1),
    /** The error code tells why. */
    GENERAL_ERROR(2),
    /** For administrative reasons, such as the end of this server. */
    ADMIN_SHUTDOWN(3),
    /** A Call-Clear-Request was received. */
    REQUEST(4);

    private final int wireNumber;

    CallDisconnectResult(int wireNumber) {
        this.wireNumber = wireNumber;
    }

    /** The number in the field. */
    public int wireNumber() {
        return wireNumber;
    }

    /** The result of this number; empty for what RFC 2637 does not list. */
    static Optional<CallDisconnectResult> of(int wireNumber) {
        return Arrays.stream(values())
                .filter(result -> result.wireNumber == wireNumber)
                .findFirst();
    }
}
