package dev.pptpd.auth;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Octets that nobody may see: they are compared in constant time, never printed, and overwritten by
 * {@link #close}. Two secrets are equal only when they are the same object; {@link #matches}
 * compares. Any thread may read one; closing it is the owner's business alone.
 */
public final class Secret implements AutoCloseable {
    private final byte[] octets;

    /** Copies the octets; the caller overwrites its own. */
    public Secret(byte[] octets) {
        this.octets = octets.clone();
    }

    /** A copy of the octets, for the caller to use and overwrite. */
    public byte[] octets() {
        return octets.clone();
    }

    /**
     * The secret as the characters of a password. Octets that are not UTF-8 count as one character
     * each. The caller overwrites the result.
     */
    public char[] characters() {
        CharBuffer decoded = CharBuffer.allocate(octets.length);
        boolean isUtf8 =
                !StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(octets), decoded, true)
                        .isError();
        char[] characters = isUtf8 ? Arrays.copyOf(decoded.array(), decoded.position()) : latin1();
        Arrays.fill(decoded.array(), '\0');
        return characters;
    }

    private char[] latin1() {
        char[] characters = new char[octets.length];
        for (int i = 0; i < octets.length; i++) {
            characters[i] = (char) (octets[i] & 0xFF);
        }
        return characters;
    }

    /** Whether the octets are the same, in a time that does not tell where they differ. */
    public boolean matches(byte[] other) {
        return MessageDigest.isEqual(octets, other);
    }

    /** Overwrites the octets with zeros. */
    @Override
    public void close() {
        Arrays.fill(octets, (byte) 0);
    }

    /** The size, never the content. */
    @Override
    public String toString() {
        return "Secret[" + octets.length + " octets]";
    }
}
