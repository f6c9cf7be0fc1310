package dev.pptpd.ppp.vj;

/**
 * What the receiver of compressed headers can take.
 *
 * @param slots connections that it remembers, {@value #MIN_SLOTS} to {@value #MAX_SLOTS}
 * @param omitsSlot whether the number of the connection may be left out where it is the same as in
 *     the packet before
 * @spec https://www.rfc-editor.org/rfc/rfc1332#section-4 RFC 1332 section 4
 */
public record VjParameters(int slots, boolean omitsSlot) {
    /** No connection at all would be no compression. */
    public static final int MIN_SLOTS = 1;

    /** As many as pppd has; no peer is known to ask for more. */
    public static final int MAX_SLOTS = 16;

    /** What pppd asks for. */
    public static final VjParameters DEFAULT = new VjParameters(MAX_SLOTS, true);

    /** The range is checked. */
    public VjParameters {
        if (slots < MIN_SLOTS || slots > MAX_SLOTS) {
            throw new IllegalArgumentException("slots " + slots);
        }
    }
}
