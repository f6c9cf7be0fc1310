package dev.pptpd.mppe;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The two start keys of a session as its holder uses them, 16 octets each. The shorter strengths
 * use the first 8 octets, unless the login gave them a key of their own, or none. Owned by the
 * session; {@link #wipe} when the session ends.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc3079#section-3.3 RFC 3079 section 3.3
 */
public final class MppeStartKeys {
    /** Length of each key in octets. */
    public static final int KEY_OCTETS = 16;

    /** How many of them the shorter strengths use. */
    static final int SHORT_KEY_OCTETS = 8;

    private final byte[] send;
    private final byte[] receive;

    /** Of the shorter strengths, in both directions; null where there are none. */
    private final byte @Nullable [] shorter;

    private final boolean shorterAreCut;

    /** Copies both keys; each must have {@value #KEY_OCTETS} octets. */
    public MppeStartKeys(byte[] send, byte[] receive) {
        this(send, receive, null, true);
    }

    private MppeStartKeys(
            byte[] send, byte[] receive, byte @Nullable [] shorter, boolean shorterAreCut) {
        if (send.length != KEY_OCTETS || receive.length != KEY_OCTETS) {
            throw new IllegalArgumentException("a start key has " + KEY_OCTETS + " octets");
        }
        this.send = send.clone();
        this.receive = receive.clone();
        this.shorter = shorter;
        this.shorterAreCut = shorterAreCut;
    }

    /**
     * The keys of MS-CHAPv1.
     *
     * @param key of 128 bits, copied
     * @param shorter 8 octets for 40 and 56 bits, copied; empty where these strengths have no key
     */
    static MppeStartKeys ofBothDirections(byte[] key, Optional<byte[]> shorter) {
        return new MppeStartKeys(
                key,
                key,
                shorter.map(octets -> Arrays.copyOf(octets, KEY_OCTETS)).orElse(null),
                false);
    }

    /** The strengths that there are keys for. */
    public Set<MppeStrength> strengths() {
        return shorterAreCut || shorter != null
                ? EnumSet.allOf(MppeStrength.class)
                : EnumSet.of(MppeStrength.BITS_128);
    }

    /** A copy of the key of what the holder sends with 128 bits. */
    public byte[] send() {
        return send.clone();
    }

    /** A copy of the key of what the holder receives with 128 bits. */
    public byte[] receive() {
        return receive.clone();
    }

    /** A copy of the key of what the holder sends; only for one of the {@link #strengths}. */
    public byte[] send(MppeStrength strength) {
        return of(strength, send);
    }

    /** A copy of the key of what the holder receives; only for one of the {@link #strengths}. */
    public byte[] receive(MppeStrength strength) {
        return of(strength, receive);
    }

    private byte[] of(MppeStrength strength, byte[] key) {
        if (strength == MppeStrength.BITS_128 || shorterAreCut) {
            return key.clone();
        }
        if (shorter == null) {
            throw new IllegalStateException("no key of " + strength.bits() + " bits");
        }
        return shorter.clone();
    }

    /** Overwrites all keys. */
    public void wipe() {
        Arrays.fill(send, (byte) 0);
        Arrays.fill(receive, (byte) 0);
        if (shorter != null) {
            Arrays.fill(shorter, (byte) 0);
        }
    }

    /** Never the keys. */
    @Override
    public String toString() {
        return "MppeStartKeys[16 octets each]";
    }
}
