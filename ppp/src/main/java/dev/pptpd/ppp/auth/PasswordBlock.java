package dev.pptpd.ppp.auth;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bouncycastle.crypto.engines.RC4Engine;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * A password on its way under the hash of another one: PWBLOCK of the RFC. At its end stand the
 * password in UTF-16LE and, in the last four octets, its length; what is before them is noise.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2759#section-8.9 RFC 2759 section 8.9
 */
final class PasswordBlock {
    /** Length in octets, encrypted or not. */
    static final int OCTETS = 516;

    /** The most characters (UTF-16 units) that a password has room for. */
    static final int MAX_PASSWORD_CHARACTERS = 256;

    private static final int LENGTH_OCTETS = 4;
    private static final int PASSWORD_OCTETS = OCTETS - LENGTH_OCTETS;

    private PasswordBlock() {}

    /**
     * EncryptPwBlockWithPasswordHash of the RFC.
     *
     * @param password at most {@value #MAX_PASSWORD_CHARACTERS} characters
     * @param entropy must be unpredictable: it fills what the password leaves free
     */
    static byte[] encrypt(CharSequence password, NtPasswordHash key, RandomGenerator entropy) {
        if (password.length() > MAX_PASSWORD_CHARACTERS) {
            throw new IllegalArgumentException(
                    "a password has at most " + MAX_PASSWORD_CHARACTERS + " characters");
        }
        byte[] noise = new byte[PASSWORD_OCTETS - 2 * password.length()];
        entropy.nextBytes(noise);
        ByteBuffer clear = ByteBuffer.allocate(OCTETS).order(ByteOrder.LITTLE_ENDIAN);
        clear.put(noise);
        for (int n = 0; n < password.length(); n++) {
            clear.putChar(password.charAt(n));
        }
        clear.putInt(2 * password.length());
        byte[] block = rc4(clear.array(), key);
        Arrays.fill(clear.array(), (byte) 0);
        return block;
    }

    /**
     * The password in a block, for the caller to wipe. Empty when its length is impossible, which
     * is what a wrong key makes of nearly every block.
     *
     * @param block {@value #OCTETS} octets; left as they are
     */
    static Optional<char[]> decrypt(byte[] block, NtPasswordHash key) {
        byte[] clear = rc4(block, key);
        try {
            ByteBuffer in = ByteBuffer.wrap(clear).order(ByteOrder.LITTLE_ENDIAN);
            int octets = in.getInt(PASSWORD_OCTETS);
            if (octets < 0 || octets > PASSWORD_OCTETS || octets % 2 != 0) {
                return Optional.empty();
            }
            CharBuffer characters =
                    in.slice(PASSWORD_OCTETS - octets, octets)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .asCharBuffer();
            char[] password = new char[characters.remaining()];
            characters.get(password);
            return Optional.of(password);
        } finally {
            Arrays.fill(clear, (byte) 0);
        }
    }

    private static byte[] rc4(byte[] in, NtPasswordHash key) {
        byte[] octets = key.octets();
        RC4Engine rc4 = new RC4Engine();
        rc4.init(true, new KeyParameter(octets));
        byte[] out = new byte[OCTETS];
        rc4.processBytes(in, 0, OCTETS, out, 0);
        // Neither the engine nor its parameter can be wiped; this one overwrites the state.
        rc4.init(true, new KeyParameter(new byte[octets.length]));
        Arrays.fill(octets, (byte) 0);
        return out;
    }
}
