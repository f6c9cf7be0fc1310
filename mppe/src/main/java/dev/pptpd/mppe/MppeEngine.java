package dev.pptpd.mppe;

import java.nio.ByteBuffer;

/**
 * The packet cipher of one worker thread. Work comes in batches, so that an engine may take two
 * packets at a time; entries of one session stand in the order in which they are sent or were
 * received. Nothing is allocated per packet. Not thread-safe: one engine per thread.
 */
public interface MppeEngine {
    /** Octets that {@link #encrypt} puts in front of a frame: the MPPE header. */
    int HEADER_OCTETS = 2;

    /**
     * A sending state at coherency count 0. {@code startKey} is copied; it has 16 octets, of which
     * a mode without encryption uses none.
     */
    MppeEncryptor encryptor(MppeMode mode, byte[] startKey);

    /**
     * A receiving state at coherency count 0. {@code startKey} is copied; it has 16 octets, of
     * which a mode without encryption uses none.
     *
     * @param mruBytes the longest information that a compressed packet may turn out to have
     */
    MppeDecryptor decryptor(MppeMode mode, byte[] startKey, int mruBytes);

    /**
     * Encrypts {@code frames[0..count)} in place, each with the state of the same index. A frame's
     * {@code position..limit} holds the two-octet PPP protocol number and the information; at least
     * {@value #HEADER_OCTETS} octets of headroom lie before {@code position}, which moves back to
     * the MPPE header. Of a frame that was compressed {@code limit} moves forward.
     */
    void encrypt(MppeEncryptor[] states, ByteBuffer[] frames, int count);

    /**
     * Decrypts {@code frames[0..count)} in place, each with the state of the same index, and tells
     * in {@code verdicts} what became of each. A frame's {@code position..limit} begins at the MPPE
     * header; after {@link MppeVerdict#DECRYPTED} {@code position} has moved behind it. A frame
     * that was compressed may reach up to the capacity of its buffer, and where that does not do,
     * begin further ahead. With any other verdict the state is as before and the octets of the
     * frame are of no use.
     */
    void decrypt(
            MppeDecryptor[] states,
            ByteBuffer[] frames,
            MppeVerdict[] verdicts,
            int count,
            long nowNanos);
}
