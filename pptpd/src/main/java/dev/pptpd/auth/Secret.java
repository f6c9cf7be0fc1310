package dev.pptpd.auth;

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
