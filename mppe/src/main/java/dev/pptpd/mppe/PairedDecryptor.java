package dev.pptpd.mppe;

import org.jspecify.annotations.Nullable;

/**
 * Receiving in stateless mode: the key and the count of the packet that comes next. A packet moves
 * both only when it has turned out to be sane.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc3078#section-8.1 RFC 3078 section 8.1
 */
final class PairedDecryptor implements MppeDecryptor {
    /** Header, protocol number and one octet. */
    private static final int MIN_FRAME_OCTETS =
            MppeEngine.HEADER_OCTETS + DecryptedFrame.INSPECTED_OCTETS;

    /** Half of the counts lie ahead, the other half behind. */
    private static final int FORWARD_WINDOW = (MppeHeader.COHERENCY_COUNT + 1) / 2;

    private final KeyChain chain;
    private final PacketStreams keys;

    /** Spent by forged packets too, and the only trace that they leave; made with the first. */
    private @Nullable SkippedKeyBudget budget;

    private int expectedCount;

    PairedDecryptor(KeyChain chain, PacketStreams keys) {
        this.chain = chain;
        this.keys = keys;
    }

    KeyChain chain() {
        return chain;
    }

    /** What is wrong with a frame of that length and header; {@code DECRYPTED} for nothing. */
    static MppeVerdict judge(int octets, int header) {
        if (octets < MIN_FRAME_OCTETS) {
            return MppeVerdict.TOO_SHORT;
        }
        if ((header & MppeHeader.ENCRYPTED) == 0) {
            return MppeVerdict.NOT_ENCRYPTED;
        }
        return (header & (MppeHeader.FLUSHED | MppeHeader.COMPRESSED)) == MppeHeader.FLUSHED
                ? MppeVerdict.DECRYPTED
                : MppeVerdict.BAD_FLAGS;
    }

    /** How many packets are missing before the one with that header, 0 to 4,095. */
    int skipped(int header) {
        return MppeHeader.ahead(header, expectedCount);
    }

    /** Whether so many keys may be skipped, now; {@code DECRYPTED} for yes. */
    MppeVerdict permit(int skipped, long nowNanos) {
        if (skipped >= FORWARD_WINDOW) {
            return MppeVerdict.LATE;
        }
        return skipped == 0 || spend(skipped, nowNanos)
                ? MppeVerdict.DECRYPTED
                : MppeVerdict.OVER_BUDGET;
    }

    private boolean spend(int keys, long nowNanos) {
        if (budget == null) {
            budget = new SkippedKeyBudget();
        }
        return budget.spend(keys, nowNanos);
    }

    /** The packet with that header was sane: what comes next has this key. */
    void accept(int header, int[] nextKey) {
        expectedCount = MppeHeader.next(header);
        chain.advanceTo(nextKey);
    }

    @Override
    public void wipe() {
        chain.wipe();
        keys.wipe();
    }
}
