package dev.pptpd.control;

/**
 * Result codes of an Echo-Reply.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-2.6 RFC 2637 section 2.6
 */
public enum EchoResult {
    /** The reply is valid. */
    VALID(1),
    /** The request was not accepted, the error code tells why. */
    GENERAL_ERROR(2);

    private final int wireNumber;

    EchoResult(int wireNumber) {
        this.wireNumber = wireNumber;
    }

    /** The number in the field. */
    public int wireNumber() {
        return wireNumber;
    }
}
