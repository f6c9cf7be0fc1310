package dev.pptpd.ppp.frame;

import java.nio.ByteBuffer;

/**
 * The framing of PPP inside GRE: no flags, no FCS, no escapes; the address and control fields and
 * the first octet of the protocol number may be left out. Works on the caller's buffer.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-4 RFC 2637 section 4
 */
public final class PppFrame {
    /** Most octets a header can have: address, control and a two-octet protocol. */
    public static final int MAX_HEADER_OCTETS = 4;

    /** {@link #decodeProtocol} found no protocol number. */
    public static final int MALFORMED = -1;

    private static final int ALL_STATIONS = 0xFF;
    private static final int UNNUMBERED_INFORMATION = 0x03;

    private PppFrame() {}

    /**
     * Moves {@code position} behind the header and returns the protocol number, or {@link
     * #MALFORMED}. Both compressed and full headers are taken at any time: Windows mixes them.
     */
    public static int decodeProtocol(ByteBuffer frame) {
        int at = frame.position();
        int limit = frame.limit();
        if (limit - at >= 2
                && (frame.get(at) & 0xFF) == ALL_STATIONS
                && frame.get(at + 1) == UNNUMBERED_INFORMATION) {
            at += 2;
        }
        if (at >= limit) {
            return MALFORMED;
        }
        int first = frame.get(at) & 0xFF;
        if ((first & 1) == 1) {
            frame.position(at + 1);
            return first;
        }
        if (limit - at < 2) {
            return MALFORMED;
        }
        int protocol = (first << 8) | (frame.get(at + 1) & 0xFF);
        frame.position(at + 2);
        return (protocol & 1) == 1 ? protocol : MALFORMED;
    }

    /**
     * Puts a header before {@code position}, which moves back to it.
     *
     * @param compressProtocol whether the peer takes one-octet protocol numbers
     * @param compressAddress whether the peer does without address and control fields
     */
    public static void prependHeader(
            ByteBuffer frame, int protocol, boolean compressProtocol, boolean compressAddress) {
        int at = frame.position();
        frame.put(--at, (byte) protocol);
        if (protocol > 0xFF || !compressProtocol) {
            frame.put(--at, (byte) (protocol >> 8));
        }
        if (!compressAddress) {
            frame.put(--at, (byte) UNNUMBERED_INFORMATION);
            frame.put(--at, (byte) ALL_STATIONS);
        }
        frame.position(at);
    }
}
