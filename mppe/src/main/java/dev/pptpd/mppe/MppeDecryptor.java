package dev.pptpd.mppe;

/**
 * Receiving state of one session: keys, key stream, history and coherency count. Made by an engine,
 * understood by it alone.
 */
public interface MppeDecryptor {
    /** Overwrites the keys; the state must not be used afterwards. */
    void wipe();
}
