package dev.pptpd.control;

import java.util.Arrays;
import java.util.Optional;

/**
 * Result codes of a Start-Control-Connection-Reply.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-2.2 RFC 2637 section 2.2
 */
public enum StartControlConnectionResult {
    /** The channel is established. */
    SUCCESSFUL(1),
    /** The error code tells more. */
    GENERAL_ERROR(2),
    /** The command channel already exists. */
    CHANNEL_EXISTS(3),
    /** The requester may not have a command channel. */
    NOT_AUTHORIZED(4),
    /** The requester's protocol version is not supported. */
    PROTOCOL_VERSION_NOT_SUPPORTED(5);

    private final int wireNumber;

    StartControlConnectionResult(int wireNumber) {
        this.wireNumber = wireNumber;
    }

    /** The number in the field. */
    public int wireNumber() {
        return wireNumber;
    }

    /** The result of this number; empty for what RFC 2637 does not list. */
    static Optional<StartControlConnectionResult> of(int wireNumber) {
        return Arrays.stream(values())
                .filter(result -> result.wireNumber == wireNumber)
                .findFirst();
    }
}
