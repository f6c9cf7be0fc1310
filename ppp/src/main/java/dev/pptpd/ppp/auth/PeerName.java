package dev.pptpd.ppp.auth;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The name a peer gives when it logs in, as it came: at most 256 octets, in whatever encoding the
 * client uses, perhaps with a domain in front ({@code DOMAIN\}{@code user}).
 */
public final class PeerName {
    /** Longer names are cut in the log, so that the escaped form fills no line. */
    private static final int SHOWN_OCTETS = 64;

    private final byte[] octets;

    /** Copies the octets. */
    public PeerName(byte[] octets) {
        this.octets = octets.clone();
    }

    /** A copy of the octets as received. */
    public byte[] octets() {
        return octets.clone();
    }

    /**
     * The octets behind the last backslash: what MS-CHAPv2 hashes.
     *
     * @spec https://www.rfc-editor.org/rfc/rfc2759#section-8.2 RFC 2759 section 8.2
     */
    public byte[] octetsWithoutDomain() {
        int from = octets.length;
        while (from > 0 && octets[from - 1] != '\\') {
            from--;
        }
        return Arrays.copyOfRange(octets, from, octets.length);
    }

    /** The name as text: UTF-8 where it is UTF-8, else one character per octet. */
    public String text() {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
        } catch (CharacterCodingException e) {
            return new String(octets, StandardCharsets.ISO_8859_1);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PeerName name && Arrays.equals(octets, name.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /**
     * For logs: printable ASCII as it is, everything else as {@code \}{@code xNN}; one word, of
     * which at most 64 octets are shown. A cut is marked with three dots.
     */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(octets.length);
        for (int index = 0; index < Math.min(octets.length, SHOWN_OCTETS); index++) {
            byte octet = octets[index];
            if (octet > 0x20 && octet < 0x7F && octet != '"' && octet != '=') {
                out.append((char) octet);
            } else {
                out.append(String.format("\\x%02X", octet & 0xFF));
            }
        }
        return octets.length > SHOWN_OCTETS ? out.append("...").toString() : out.toString();
    }
}
