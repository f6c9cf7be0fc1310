package dev.pptpd.mppe;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Receiving in stateful mode. There is no state of waiting for a flush, into which a forged packet
 * could send us: the packet that comes next by its count decrypts with the key stream that runs on,
 * any other only if it is flushed. What was tried counts once it has turned out to be sane.
 *
 * <p>A flushed packet may have been encrypted with several keys. By the RFC that is the one in
 * force, changed once for each "flag" packet on the way. Linux changes it once more for each flush,
 * also for those that were lost.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc3078#section-8.2 RFC 3078 section 8.2
 */
final class StatefulDecryptor implements PacketDecryptor {
    /** Header, protocol number and one octet. */
    private static final int MIN_FRAME_OCTETS =
            MppeEngine.HEADER_OCTETS + DecryptedFrame.INSPECTED_OCTETS;

    private static final int PROTOCOL_OCTETS = 2;

    /** From here on a count lies behind: a little, since in sequence nothing comes late. */
    private static final int LATE_FROM = MppeHeader.COHERENCY_COUNT + 1 - 256;

    /** Flushes of Linux in a row: those that were lost, and the one that was not. */
    private static final int MAX_FURTHER_CHANGES = 16;

    /** What every flush may cost; the rest comes from the budget. */
    private static final int FREE_CHANGES = 2;

    private final MppeStrength strength;
    private final @Nullable MppcDecompressor decompressor;
    private final byte[] startKey;
    private final byte[] sessionKey = new byte[MppeStartKeys.KEY_OCTETS];
    private final byte[] candidateKey = new byte[MppeStartKeys.KEY_OCTETS];
    private final byte[] front = new byte[DecryptedFrame.FRONT_OCTETS];

    /** Spent by forged packets too, and the only trace that they leave. */
    private final SkippedKeyBudget budget = new SkippedKeyBudget();

    private Rc4 stream = new Rc4();
    private Rc4 candidateStream = new Rc4();
    private int expectedCount;

    StatefulDecryptor(
            MppeStrength strength,
            byte[] startKey,
            SessionKeyChange keyChange,
            @Nullable MppcDecompressor decompressor) {
        this.strength = strength;
        this.decompressor = decompressor;
        this.startKey = startKey.clone();
        keyChange.first(strength, startKey, sessionKey);
        stream.start(sessionKey, strength.keyOctets());
    }

    @Override
    public MppeVerdict decrypt(
            ByteBuffer frame, SessionKeyChange keyChange, Rc4 rc4, long nowNanos) {
        if (frame.remaining() < MIN_FRAME_OCTETS) {
            return MppeVerdict.TOO_SHORT;
        }
        int header = MppeHeader.decode(frame, frame.position());
        if ((header & MppeHeader.ENCRYPTED) == 0) {
            return MppeVerdict.NOT_ENCRYPTED;
        }
        if ((header & MppeHeader.COMPRESSED) != 0 && decompressor == null) {
            return MppeVerdict.BAD_FLAGS;
        }
        int ahead = MppeHeader.ahead(header, expectedCount);
        if (ahead >= LATE_FROM) {
            return MppeVerdict.LATE;
        }
        System.arraycopy(sessionKey, 0, candidateKey, 0, sessionKey.length);
        if ((header & MppeHeader.FLUSHED) != 0) {
            return decryptFlushed(frame, header, ahead, keyChange, nowNanos);
        }
        return ahead == 0 ? decryptNext(frame, header, keyChange) : MppeVerdict.RESET_NEEDED;
    }

    private MppeVerdict decryptNext(ByteBuffer frame, int header, SessionKeyChange keyChange) {
        if (MppeHeader.isFlag(expectedCount)) {
            keyChange.next(strength, startKey, candidateKey);
            candidateStream.start(candidateKey, strength.keyOctets());
        } else {
            candidateStream.copyFrom(stream);
        }
        return decryptIfSane(frame, header) ? MppeVerdict.DECRYPTED : MppeVerdict.NOT_SANE;
    }

    private MppeVerdict decryptFlushed(
            ByteBuffer frame, int header, int ahead, SessionKeyChange keyChange, long nowNanos) {
        int changes = MppeHeader.flagsWithin(expectedCount, ahead);
        if (changes > FREE_CHANGES && !budget.spend(changes, nowNanos)) {
            return MppeVerdict.OVER_BUDGET;
        }
        for (int change = 0; change < changes; change++) {
            keyChange.next(strength, startKey, candidateKey);
        }
        for (int further = 0; further <= MAX_FURTHER_CHANGES; further++) {
            candidateStream.start(candidateKey, strength.keyOctets());
            if (decryptIfSane(frame, header)) {
                return MppeVerdict.DECRYPTED;
            }
            if (further >= FREE_CHANGES && !budget.spend(1, nowNanos)) {
                return MppeVerdict.OVER_BUDGET;
            }
            keyChange.next(strength, startKey, candidateKey);
        }
        return MppeVerdict.NOT_SANE;
    }

    /** By the candidate, which is in force afterwards if it was right. */
    private boolean decryptIfSane(ByteBuffer frame, int header) {
        int from = frame.position() + MppeEngine.HEADER_OCTETS;
        int octets = frame.limit() - from;
        int inFront = Math.min(octets, front.length);
        Arrays.fill(front, (byte) 0);
        frame.get(from, front, 0, inFront);
        candidateStream.apply(front, inFront);
        if (!isFrontSane(header, octets)) {
            return false;
        }
        frame.put(from, front, 0, inFront);
        candidateStream.apply(frame, from + inFront, frame.limit());
        if (!PacketDecryptor.finish(frame, header, decompressor)) {
            return false;
        }
        System.arraycopy(candidateKey, 0, sessionKey, 0, sessionKey.length);
        Rc4 used = stream;
        stream = candidateStream;
        candidateStream = used;
        expectedCount = MppeHeader.next(header);
        return true;
    }

    /**
     * A packet that is compressed by what came before it shows only when it is decompressed; one
     * without a history begins with the same octets as before.
     */
    private boolean isFrontSane(int header, int octets) {
        boolean flushed = (header & MppeHeader.FLUSHED) != 0;
        if ((header & MppeHeader.COMPRESSED) != 0) {
            return !flushed || DecryptedFrame.isIp(front);
        }
        return flushed
                ? DecryptedFrame.isUsual(front, octets - PROTOCOL_OCTETS)
                : DecryptedFrame.isSane(front);
    }

    @Override
    public void wipe() {
        Arrays.fill(startKey, (byte) 0);
        Arrays.fill(sessionKey, (byte) 0);
        Arrays.fill(candidateKey, (byte) 0);
        stream.wipe();
        candidateStream.wipe();
    }
}
