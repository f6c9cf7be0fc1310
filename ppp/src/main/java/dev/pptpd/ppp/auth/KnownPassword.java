package dev.pptpd.ppp.auth;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one end knows of a user's password: the password itself, or no more than its NT hash, which
 * serves the forms of MS-CHAP and nothing else. Never prints either, and is of no use once wiped.
 */
public final class KnownPassword {
    /** UTF-8 of one UTF-16 unit. */
    private static final int MAX_OCTETS_OF_A_CHARACTER = 3;

    private final byte @Nullable [] text;
    private final NtPasswordHash ntHash;

    private KnownPassword(byte @Nullable [] text, NtPasswordHash ntHash) {
        this.text = text;
        this.ntHash = ntHash;
    }

    /**
     * A password as it is typed or stands in a file. Octets that are not UTF-8 count as one
     * character each. They are copied.
     */
    public static KnownPassword ofText(byte[] octets) {
        char[] characters = characters(octets);
        NtPasswordHash hash = NtPasswordHash.ofPassword(CharBuffer.wrap(characters));
        Arrays.fill(characters, '\0');
        return new KnownPassword(octets.clone(), hash);
    }

    /**
     * A password as it comes in a packet; left to the caller. One that is no text, half a surrogate
     * pair, is another password.
     */
    static KnownPassword ofCharacters(char[] characters) {
        byte[] room = new byte[MAX_OCTETS_OF_A_CHARACTER * characters.length];
        ByteBuffer out = ByteBuffer.wrap(room);
        boolean isText =
                !StandardCharsets.UTF_8
                        .newEncoder()
                        .encode(CharBuffer.wrap(characters), out, true)
                        .isError();
        byte[] octets = Arrays.copyOf(room, isText ? out.position() : 0);
        KnownPassword password = ofText(octets);
        Arrays.fill(room, (byte) 0);
        Arrays.fill(octets, (byte) 0);
        return password;
    }

    /** The hash alone, which is taken over: {@link #wipe} wipes it. */
    public static KnownPassword ofHash(NtPasswordHash hash) {
        return new KnownPassword(null, hash);
    }

    /** What the forms of MS-CHAP need; owned by this password. */
    public NtPasswordHash ntHash() {
        return ntHash;
    }

    /**
     * A copy of the password's octets, for the caller to wipe; empty where only a hash is known.
     */
    Optional<byte[]> text() {
        return Optional.ofNullable(text).map(byte[]::clone);
    }

    /** Whether the password itself is known. */
    boolean hasText() {
        return text != null;
    }

    /** The characters of the password, for the caller to wipe; empty where only a hash is known. */
    public Optional<char[]> characters() {
        return Optional.ofNullable(text).map(KnownPassword::characters);
    }

    /** The LAN Manager hash, for the caller to wipe; empty where it cannot be told. */
    Optional<byte[]> lmHash() {
        return text == null ? Optional.empty() : LmPasswordHash.of(text);
    }

    /** Overwrites all of it; every login tried with it afterwards is an error of the caller. */
    public void wipe() {
        ntHash.wipe();
        if (text != null) {
            Arrays.fill(text, (byte) 0);
        }
    }

    private static char[] characters(byte[] octets) {
        CharBuffer decoded = CharBuffer.allocate(octets.length);
        CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
        boolean isUtf8 = !utf8.decode(ByteBuffer.wrap(octets), decoded, true).isError();
        char[] characters =
                isUtf8 ? Arrays.copyOf(decoded.array(), decoded.position()) : latin1(octets);
        Arrays.fill(decoded.array(), '\0');
        return characters;
    }

    private static char[] latin1(byte[] octets) {
        char[] characters = new char[octets.length];
        for (int n = 0; n < octets.length; n++) {
            characters[n] = (char) (octets[n] & 0xFF);
        }
        return characters;
    }

    /** Never the password or its hash. */
    @Override
    public String toString() {
        return text == null ? "KnownPassword[hash]" : "KnownPassword[text]";
    }
}
