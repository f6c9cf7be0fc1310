package dev.pptpd.mppe;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Receiving in stateless mode: for every packet that was lost one session key is skipped. What was
 * skipped and used counts only once the packet has turned out to be sane.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc3078#section-8.1 RFC 3078 section 8.1
 */
final class StatelessDecryptor implements PacketDecryptor {
    /** Header, protocol number and one octet. */
    private static final int MIN_FRAME_OCTETS =
            MppeEngine.HEADER_OCTETS + DecryptedFrame.INSPECTED_OCTETS;

    /** Half of the counts lie ahead, the other half behind. */
    private static final int FORWARD_WINDOW = (MppeHeader.COHERENCY_COUNT + 1) / 2;

    private final MppeStrength strength;
    private final @Nullable MppcDecompressor decompressor;
    private final byte[] startKey;
    private final byte[] sessionKey = new byte[MppeStartKeys.KEY_OCTETS];
    private final byte[] candidateKey = new byte[MppeStartKeys.KEY_OCTETS];

    /** Spent by forged packets too, and the only trace that they leave. */
    private final SkippedKeyBudget budget = new SkippedKeyBudget();

    private int expectedCount;

    StatelessDecryptor(
            MppeStrength strength,
            byte[] startKey,
            SessionKeyChange keyChange,
            @Nullable MppcDecompressor decompressor) {
        this.strength = strength;
        this.decompressor = decompressor;
        this.startKey = startKey.clone();
        keyChange.first(strength, startKey, sessionKey);
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
        boolean compressed = (header & MppeHeader.COMPRESSED) != 0;
        if ((header & MppeHeader.FLUSHED) == 0 || (compressed && decompressor == null)) {
            return MppeVerdict.BAD_FLAGS;
        }
        int skipped = MppeHeader.ahead(header, expectedCount);
        if (skipped >= FORWARD_WINDOW) {
            return MppeVerdict.LATE;
        }
        if (skipped > 0 && !budget.spend(skipped, nowNanos)) {
            return MppeVerdict.OVER_BUDGET;
        }
        findCandidateKey(skipped, keyChange);
        if (!decryptIfSane(frame, header, skipped, rc4)) {
            return MppeVerdict.NOT_SANE;
        }
        System.arraycopy(candidateKey, 0, sessionKey, 0, sessionKey.length);
        expectedCount = MppeHeader.next(header);
        return MppeVerdict.DECRYPTED;
    }

    private void findCandidateKey(int skipped, SessionKeyChange keyChange) {
        System.arraycopy(sessionKey, 0, candidateKey, 0, sessionKey.length);
        for (int change = 0; change <= skipped; change++) {
            keyChange.next(strength, startKey, candidateKey);
        }
    }

    /**
     * Decrypts the front first: a forged packet is not worth the rest. Of a compressed packet, too,
     * the front tells: without a history it begins with the same octets as before.
     */
    private boolean decryptIfSane(ByteBuffer frame, int header, int skipped, Rc4 rc4) {
        int from = frame.position() + MppeEngine.HEADER_OCTETS;
        int inspected = from + DecryptedFrame.INSPECTED_OCTETS;
        rc4.start(candidateKey, strength.keyOctets());
        rc4.apply(frame, from, inspected);
        int protocol = (frame.get(from) & 0xFF) << 8 | (frame.get(from + 1) & 0xFF);
        if (!DecryptedFrame.isSane(protocol, frame.get(from + 2) & 0xFF, skipped)) {
            return false;
        }
        rc4.apply(frame, inspected, frame.limit());
        return PacketDecryptor.finish(frame, header, decompressor);
    }

    @Override
    public void wipe() {
        Arrays.fill(startKey, (byte) 0);
        Arrays.fill(sessionKey, (byte) 0);
        Arrays.fill(candidateKey, (byte) 0);
    }
}
