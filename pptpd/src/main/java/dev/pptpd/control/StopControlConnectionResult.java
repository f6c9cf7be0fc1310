package dev.pptpd.control;

/**
 * Result codes of a Stop-Control-Connection-Reply.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-2.4 RFC 2637 section 2.4
 */
public enum StopControlConnectionResult {
    /** The control connection is closed. */
    CLOSED(1),
    /** It is not, the error code tells why. */
    GENERAL_ERROR(2);

    private final int wireNumber;

    StopControlConnectionResult(int wireNumber) {
        this.wireNumber = wireNumber;
    }

    /** The number in the field. */
    public int wireNumber() {
        return wireNumber;
    }
}
