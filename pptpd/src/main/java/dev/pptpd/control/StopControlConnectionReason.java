package dev.pptpd.control;

/**
 * Reasons in a Stop-Control-Connection-Request.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-2.3 RFC 2637 section 2.3
 */
public enum StopControlConnectionReason {
    /** General request to clear the control connection. */
    NONE(1),
    /** The peer's version of the protocol cannot be supported. */
    PROTOCOL(2),
    /** The requester is being shut down. */
    LOCAL_SHUTDOWN(3);

    private final int wireNumber;

    StopControlConnectionReason(int wireNumber) {
        this.wireNumber = wireNumber;
    }

    /** The number in the field. */
    public int wireNumber() {
        return wireNumber;
    }
}
