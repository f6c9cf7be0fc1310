package dev.pptpd.ppp.auth;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a server calls itself in the Challenges of CHAP, and of the methods of EAP that are CHAP.
 */
public final class ChallengerName {
    /** As much as pppd has room for. */
    private static final int MAX_OCTETS = 256;

    private final byte[] octets;

    /** Cut where it is longer than a client has room for. */
    public ChallengerName(String name) {
        byte[] all = name.getBytes(StandardCharsets.UTF_8);
        octets = Arrays.copyOf(all, Math.min(all.length, MAX_OCTETS));
    }

    /**
     * The data of a Challenge: Value-Size, the value, the name.
     *
     * @param value at most 255 octets
     * @spec https://www.rfc-editor.org/rfc/rfc1994#section-4.1 RFC 1994 section 4.1
     */
    public byte[] challenge(byte[] value) {
        return ByteBuffer.allocate(1 + value.length + octets.length)
                .put((byte) value.length)
                .put(value)
                .put(octets)
                .array();
    }
}
