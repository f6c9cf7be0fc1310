package dev.pptpd.bench.mppe;

import java.util.Arrays;

/**
 * One direction of a session, MPPE-128 without state, step by step over somebody's primitives: what
 * mppe.c is in C.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc3078#section-7.3 RFC 3078 section 7.3
 */
final class StatelessMppe {
    static final int HEADER_OCTETS = 2;

    private static final int PAD_OCTETS = 40;
    private static final int SESSION_KEY_AT = Primitives.KEY_OCTETS + PAD_OCTETS;
    private static final int FLUSHED_AND_ENCRYPTED = 0x90;
    private static final int COUNTS = 4_096;

    private final Primitives primitives;
    private final byte[] message = new byte[2 * SESSION_KEY_AT];
    private final byte[] digest = new byte[Primitives.DIGEST_OCTETS];
    private final byte[] key = new byte[Primitives.KEY_OCTETS];
    private int count;

    StatelessMppe(Primitives primitives, byte[] startKey) {
        this.primitives = primitives;
        System.arraycopy(startKey, 0, message, 0, Primitives.KEY_OCTETS);
        System.arraycopy(startKey, 0, message, SESSION_KEY_AT, Primitives.KEY_OCTETS);
        Arrays.fill(message, SESSION_KEY_AT + Primitives.KEY_OCTETS, message.length, (byte) 0xF2);
        makeInterimKey();
        System.arraycopy(key, 0, message, SESSION_KEY_AT, Primitives.KEY_OCTETS);
        changeKey();
    }

    private void makeInterimKey() {
        primitives.digest(message, digest);
        System.arraycopy(digest, 0, key, 0, Primitives.KEY_OCTETS);
    }

    /** The interim key, encrypted with itself, is the next session key. */
    private void changeKey() {
        makeInterimKey();
        primitives.start(key);
        primitives.apply(key, 0, Primitives.KEY_OCTETS);
        System.arraycopy(key, 0, message, SESSION_KEY_AT, Primitives.KEY_OCTETS);
    }

    /** Encrypts in place and puts the header in front. */
    void encrypt(byte[] data, int offset, int octets) {
        data[offset - HEADER_OCTETS] = (byte) (FLUSHED_AND_ENCRYPTED | count >> Byte.SIZE);
        data[offset - 1] = (byte) count;
        apply(data, offset, octets);
    }

    /** Decrypts in place, behind the header; false when that is not of the next packet. */
    boolean decrypt(byte[] data, int offset, int octets) {
        int flags = data[offset] & 0xF0;
        int counted = (data[offset] & 0x0F) << Byte.SIZE | (data[offset + 1] & 0xFF);
        if (flags != FLUSHED_AND_ENCRYPTED || counted != count) {
            return false;
        }
        apply(data, offset + HEADER_OCTETS, octets - HEADER_OCTETS);
        return true;
    }

    /** In {@link #key} is the key of the packet. */
    private void apply(byte[] data, int offset, int octets) {
        primitives.start(key);
        primitives.apply(data, offset, octets);
        count = (count + 1) % COUNTS;
        changeKey();
    }
}
