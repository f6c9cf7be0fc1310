package dev.pptpd.mppe;

/**
 * Whether a decrypted frame is what a peer would have sent. MPPE has no integrity check: this is
 * all that tells a packet of the peer from a forged one, and a forged one that is taken for good
 * moves the keys, after which the packets of the peer itself are late.
 */
final class DecryptedFrame {
    /** Octets of a frame that {@link #isSane} looks at. */
    static final int INSPECTED_OCTETS = 3;

    /** Octets of a frame that {@link #isUsual} looks at. */
    static final int FRONT_OCTETS = 8;

    private static final int FIRST_ENCRYPTED_PROTOCOL = 0x0021;
    private static final int LAST_ENCRYPTED_PROTOCOL = 0x00FA;
    private static final int INTERNET_PROTOCOL = 0x0021;
    private static final int INTERNET_PROTOCOL_VERSION_6 = 0x0057;

    private static final int IPV6_HEADER_OCTETS = 40;
    private static final int COMPRESSED_TCP = 0x002D;
    private static final int UNCOMPRESSED_TCP = 0x002F;

    /**
     * Up to so many lost packets any network protocol is believed. A forged packet passes for one
     * in 600 times and then costs the peer no more packets than this. Beyond, only IP is believed,
     * which a forged packet passes for once in half a million times.
     */
    private static final int BELIEVED_LOSS = 16;

    private DecryptedFrame() {}

    /**
     * Judges the front of a frame.
     *
     * @param protocol the PPP protocol number, two octets
     * @param firstOctet of the information, 0 to 255
     * @param skippedKeys how many packets were lost, if this one is the peer's
     * @spec https://www.rfc-editor.org/rfc/rfc3078#section-3 RFC 3078 section 3
     * @spec https://www.rfc-editor.org/rfc/rfc1661#section-2 RFC 1661 section 2
     */
    static boolean isSane(int protocol, int firstOctet, int skippedKeys) {
        return skippedKeys <= BELIEVED_LOSS ? isEncrypted(protocol) : isIp(protocol, firstOctet);
    }

    /**
     * Judges the front of a frame of which several keys may be the right one: only what tunnels are
     * used for is believed, IP packets of the right length and TCP/IP with compressed headers.
     *
     * @param front the first {@value #FRONT_OCTETS} octets, the protocol number first
     * @param informationOctets how many octets the frame has behind its protocol number
     * @spec https://www.rfc-editor.org/rfc/rfc791#section-3.1 RFC 791 section 3.1
     * @spec https://www.rfc-editor.org/rfc/rfc8200#section-3 RFC 8200 section 3
     * @spec https://www.rfc-editor.org/rfc/rfc1332#section-4 RFC 1332 section 4
     */
    static boolean isUsual(byte[] front, int informationOctets) {
        int protocol = twoOctets(front, 0);
        int version = (front[2] & 0xFF) >> 4;
        return switch (protocol) {
            case INTERNET_PROTOCOL, UNCOMPRESSED_TCP ->
                    version == 4 && twoOctets(front, 4) == informationOctets;
            case INTERNET_PROTOCOL_VERSION_6 ->
                    version == 6 && twoOctets(front, 6) + IPV6_HEADER_OCTETS == informationOctets;
            case COMPRESSED_TCP -> true;
            default -> false;
        };
    }

    private static int twoOctets(byte[] octets, int at) {
        return (octets[at] & 0xFF) << 8 | (octets[at + 1] & 0xFF);
    }

    /** Whether a frame that begins so may hold an IP packet. */
    static boolean isIp(byte[] front) {
        return isIp(twoOctets(front, 0), front[2] & 0xFF);
    }

    /** Judges the front of the frame that comes next: whatever a peer encrypts is believed. */
    static boolean isSane(byte[] front) {
        return isSane(twoOctets(front, 0), front[2] & 0xFF, 0);
    }

    private static boolean isEncrypted(int protocol) {
        return protocol >= FIRST_ENCRYPTED_PROTOCOL
                && protocol <= LAST_ENCRYPTED_PROTOCOL
                && (protocol & 1) == 1;
    }

    private static boolean isIp(int protocol, int firstOctet) {
        int version = firstOctet >> 4;
        return (protocol == INTERNET_PROTOCOL && version == 4)
                || (protocol == INTERNET_PROTOCOL_VERSION_6 && version == 6);
    }
}
