package dev.pptpd.call;

/**
 * Our id of a call, which the peer puts into the key of its GRE packets.
 *
 * @param value 1..65535; 0 is legal on the wire but too common among clients to tell calls apart
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-3.2.2 RFC 2637 section 3.2.2
 */
public record CallId(int value) {
    static final int MAXIMUM = 0xFFFF;

    /**
     * @throws IllegalArgumentException if the value is out of range
     */
    public CallId {
        if (value < 1 || value > MAXIMUM) {
            throw new IllegalArgumentException("call id " + value);
        }
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
