package dev.pptpd.dataplane;

import dev.pptpd.gre.HeldFrame;
import dev.pptpd.gre.linux.ReceiveBatch;
import dev.pptpd.mppe.MppeDecryptor;
import dev.pptpd.mppe.MppeEngine;
import dev.pptpd.mppe.MppeVerdict;
import dev.pptpd.session.Session;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Frames that wait to be decrypted together, in the order in which they came. */
final class EncryptedFrames {
    /** Room for a full batch and the held frames that it sets free. */
    private static final int CAPACITY = 2 * ReceiveBatch.CAPACITY;

    private final @Nullable Session[] sessions = new Session[CAPACITY];
    private final MppeDecryptor[] decryptors = new MppeDecryptor[CAPACITY];
    private final ByteBuffer[] frames = new ByteBuffer[CAPACITY];
    private final int[] sequenceNumbers = new int[CAPACITY];
    private final @Nullable HeldFrame[] held = new HeldFrame[CAPACITY];
    private final MppeVerdict[] verdicts = new MppeVerdict[CAPACITY];
    private int size;

    /** Adds a frame; {@code heldFrame} is where it lies, if it was held back. */
    void add(Session session, ByteBuffer frame, int sequenceNumber, @Nullable HeldFrame heldFrame) {
        sessions[size] = session;
        decryptors[size] = session.link().decryptor();
        frames[size] = frame;
        sequenceNumbers[size] = sequenceNumber;
        held[size] = heldFrame;
        size++;
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size == CAPACITY;
    }

    /** Whether a frame of the session waits here under that number. */
    boolean contains(Session session, int sequenceNumber) {
        for (int index = size - 1; index >= 0; index--) {
            if (sequenceNumbers[index] == sequenceNumber && sessions[index] == session) {
                return true;
            }
        }
        return false;
    }

    /** Decrypts all. A mistake spoils them all: whose state broke the engine cannot be told. */
    @Nullable RuntimeException decrypt(MppeEngine engine, long nowNanos) {
        try {
            engine.decrypt(decryptors, frames, verdicts, size, nowNanos);
            return null;
        } catch (RuntimeException mistake) {
            return mistake;
        }
    }

    @Nullable Session session(int index) {
        return sessions[index];
    }

    ByteBuffer frame(int index) {
        return frames[index];
    }

    int sequenceNumber(int index) {
        return sequenceNumbers[index];
    }

    MppeVerdict verdict(int index) {
        return verdicts[index];
    }

    /** Whether the memory of one is that of a held frame, which others want again. */
    boolean hasHeld() {
        for (int index = 0; index < size; index++) {
            if (held[index] != null) {
                return true;
            }
        }
        return false;
    }

    /** Forgets all and gives the memory of held frames back. */
    void clear() {
        for (int index = 0; index < size; index++) {
            HeldFrame frame = held[index];
            if (frame != null) {
                frame.release();
            }
        }
        Arrays.fill(sessions, 0, size, null);
        Arrays.fill(decryptors, 0, size, null);
        Arrays.fill(held, 0, size, null);
        size = 0;
    }
}
