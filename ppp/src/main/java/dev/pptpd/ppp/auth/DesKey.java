package dev.pptpd.ppp.auth;

import java.util.Arrays;
import org.bouncycastle.crypto.engines.DESEngine;
import org.bouncycastle.crypto.params.DESParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * DES with the 56 bits of its key in seven octets, as MS-CHAP has them.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2759#section-8.6 RFC 2759 section 8.6
 */
final class DesKey {
    /** Length of a block in octets. */
    static final int BLOCK_OCTETS = 8;

    /** Octets of a key without its parity bits. */
    static final int PACKED_OCTETS = 7;

    private DesKey() {}

    /** Encrypts {@code block} into {@code out} at {@code outOffset}. */
    static void encrypt(byte[] packedKey, byte[] block, byte[] out, int outOffset) {
        byte[] key = withParity(packedKey);
        DESEngine des = new DESEngine();
        des.init(true, new KeyParameter(key));
        des.processBlock(block, 0, out, outOffset);
        Arrays.fill(key, (byte) 0);
    }

    /** Spreads seven octets over eight and sets the low bit of each for odd parity. */
    static byte[] withParity(byte[] packedKey) {
        long bits = 0;
        for (int n = 0; n < PACKED_OCTETS; n++) {
            bits = bits << 8 | (packedKey[n] & 0xFF);
        }
        byte[] key = new byte[PACKED_OCTETS + 1];
        for (int n = PACKED_OCTETS; n >= 0; n--) {
            key[n] = (byte) (bits << 1);
            bits >>= 7;
        }
        DESParameters.setOddParity(key);
        return key;
    }
}
