package dev.pptpd.mppe;

import java.util.Arrays;

/**
 * The two start keys of a session as its holder uses them, 16 octets each. The shorter strengths
 * use the first 8 octets. Owned by the session; {@link #wipe} when the session ends.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc3079#section-3.3 RFC 3079 section 3.3
 */
public final class MppeStartKeys {
    /** Length of each key in octets. */
    public static final int KEY_OCTETS = 16;

    private final byte[] send;
    private final byte[] receive;

    /** Copies both keys; each must have {@value #KEY_OCTETS} octets. */
    public MppeStartKeys(byte[] send, byte[] receive) {
        if (send.length != KEY_OCTETS || receive.length != KEY_OCTETS) {
            throw new IllegalArgumentException("a start key has " + KEY_OCTETS + " octets");
        }
        this.send = send.clone();
        this.receive = receive.clone();
    }

    /** A copy of the key of what the holder sends. */
    public byte[] send() {
        return send.clone();
    }

    /** A copy of the key of what the holder receives. */
    public byte[] receive() {
        return receive.clone();
    }

    /** Overwrites both keys. */
    public void wipe() {
        Arrays.fill(send, (byte) 0);
        Arrays.fill(receive, (byte) 0);
    }

    /** Never the keys. */
    @Override
    public String toString() {
        return "MppeStartKeys[16 octets each]";
    }
}
