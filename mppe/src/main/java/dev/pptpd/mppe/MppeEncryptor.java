package dev.pptpd.mppe;

/**
 * Sending state of one session: keys and coherency count. Made by an engine, understood by it
 * alone.
 */
public interface MppeEncryptor {
    /** Overwrites the keys; the state must not be used afterwards. */
    void wipe();
}
