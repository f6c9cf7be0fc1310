package dev.pptpd.mppe;

/**
 * Whether a decrypted frame is what a peer would have sent. MPPE has no integrity check: this is
 * all that tells a packet of the peer from a forged one, and a forged one that is taken for good
 * moves the keys, after which the packets of the peer itself are late.
 */
final class DecryptedFrame {
    /** Octets of a frame that {@link #isSane} looks at. */
    static final int INSPECTED_OCTETS = 3;

    private static final int FIRST_ENCRYPTED_PROTOCOL = 0x0021;
    private static final int LAST_ENCRYPTED_PROTOCOL = 0x00FA;
    private static final int INTERNET_PROTOCOL = 0x0021;
    private static final int INTERNET_PROTOCOL_VERSION_6 = 0x0057;

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
