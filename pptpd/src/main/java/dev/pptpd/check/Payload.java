package dev.pptpd.check;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.SplittableRandom;

/** Octets that nothing on the way can compress, and the SHA-256 of what went or came. */
final class Payload {
    /** The first octet of a connection: what its opener does next. */
    static final int OPENER_SENDS = 'U';

    /** The first octet of a connection: what its opener does next. */
    static final int OPENER_RECEIVES = 'D';

    static final int DIGEST_OCTETS = 32;

    private static final int CHUNK_OCTETS = 64 * 1024;

    private Payload() {}

    /** Writes so many octets and gives back their SHA-256. */
    static byte[] write(OutputStream out, int octets) throws IOException {
        MessageDigest digest = sha256();
        SplittableRandom random = new SplittableRandom(octets);
        byte[] chunk = new byte[CHUNK_OCTETS];
        for (int left = octets; left > 0; left -= chunk.length) {
            random.nextBytes(chunk);
            int length = Math.min(left, chunk.length);
            digest.update(chunk, 0, length);
            out.write(chunk, 0, length);
        }
        out.flush();
        return digest.digest();
    }

    /** Reads so many octets and gives back their SHA-256. */
    static byte[] read(InputStream in, int octets) throws IOException {
        MessageDigest digest = sha256();
        byte[] chunk = new byte[CHUNK_OCTETS];
        int left = octets;
        while (left > 0) {
            int length = in.read(chunk, 0, Math.min(left, chunk.length));
            if (length < 0) {
                throw new EOFException("the far end closed with " + left + " octets missing");
            }
            digest.update(chunk, 0, length);
            left -= length;
        }
        return digest.digest();
    }

    /** Reads the SHA-256 that the far end found. */
    static byte[] readDigest(InputStream in) throws IOException {
        byte[] digest = in.readNBytes(DIGEST_OCTETS);
        if (digest.length < DIGEST_OCTETS) {
            throw new EOFException("the far end closed without its SHA-256");
        }
        return digest;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
