package dev.pptpd.ppp.eap;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The data of one packet of EAP-TLS. The array is its own and is not changed.
 *
 * @param isStart the S bit
 * @param hasMore the M bit: another fragment follows
 * @param messageOctets length of the whole message where the L bit says that it is there
 * @param octets of TLS
 * @spec https://www.rfc-editor.org/rfc/rfc5216#section-3.1 RFC 5216 section 3.1
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TlsFragment(
        boolean isStart, boolean hasMore, Optional<Integer> messageOctets, byte[] octets) {
    /** Octets in front of the TLS data at most: the flags and the length. */
    static final int MAX_HEADER_OCTETS = 5;

    private static final int LENGTH_INCLUDED = 0x80;
    private static final int MORE_FRAGMENTS = 0x40;
    private static final int START = 0x20;
    private static final int LENGTH_OCTETS = 4;

    /** No more than the flags: a start, or the acknowledgment of a fragment. */
    static TlsFragment empty(boolean isStart) {
        return new TlsFragment(isStart, false, Optional.empty(), new byte[0]);
    }

    /** Whether it says nothing but that the last fragment has come. */
    boolean isAcknowledgment() {
        return octets.length == 0 && !hasMore && !isStart;
    }

    /**
     * Reads what follows the type. Empty where the length is cut, or negative as a 32-bit number. A
     * packet without flags counts as an acknowledgment, as it does with pppd.
     */
    static Optional<TlsFragment> decode(byte[] data) {
        if (data.length == 0) {
            return Optional.of(empty(false));
        }
        ByteBuffer in = ByteBuffer.wrap(data);
        int flags = in.get();
        Optional<Integer> messageOctets = Optional.empty();
        if ((flags & LENGTH_INCLUDED) != 0) {
            if (in.remaining() < LENGTH_OCTETS) {
                return Optional.empty();
            }
            int length = in.getInt();
            if (length < 0) {
                return Optional.empty();
            }
            messageOctets = Optional.of(length);
        }
        byte[] octets = new byte[in.remaining()];
        in.get(octets);
        return Optional.of(
                new TlsFragment(
                        (flags & START) != 0,
                        (flags & MORE_FRAGMENTS) != 0,
                        messageOctets,
                        octets));
    }

    /** What follows the type. */
    byte[] encode() {
        int flags =
                (messageOctets.isPresent() ? LENGTH_INCLUDED : 0)
                        | (hasMore ? MORE_FRAGMENTS : 0)
                        | (isStart ? START : 0);
        ByteBuffer out =
                ByteBuffer.allocate(
                        1 + (messageOctets.isPresent() ? LENGTH_OCTETS : 0) + octets.length);
        out.put((byte) flags);
        messageOctets.ifPresent(out::putInt);
        return out.put(octets).array();
    }
}
