package dev.pptpd.mppe;

import java.nio.ByteBuffer;

/**
 * Receiving what is compressed and not encrypted. Nothing tells a forged packet here from one of
 * the peer; that is what encryption is for.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2118#section-4.3 RFC 2118 section 4.3
 */
final class UnencryptedDecryptor implements PacketDecryptor {
    /** Header and one octet: a compressed packet may be as short. */
    private static final int MIN_FRAME_OCTETS = MppeEngine.HEADER_OCTETS + 1;

    private final boolean stateless;
    private final MppcDecompressor decompressor;
    private int expectedCount;

    UnencryptedDecryptor(boolean stateless, int mruBytes) {
        this.stateless = stateless;
        this.decompressor = new MppcDecompressor(mruBytes);
    }

    @Override
    public MppeVerdict decrypt(
            ByteBuffer frame, SessionKeyChange keyChange, Rc4 rc4, long nowNanos) {
        if (frame.remaining() < MIN_FRAME_OCTETS) {
            return MppeVerdict.TOO_SHORT;
        }
        int header = MppeHeader.decode(frame, frame.position());
        boolean flushed = (header & MppeHeader.FLUSHED) != 0;
        if ((header & MppeHeader.ENCRYPTED) != 0 || (stateless && !flushed)) {
            return MppeVerdict.BAD_FLAGS;
        }
        if (!flushed && MppeHeader.ahead(header, expectedCount) != 0) {
            return MppeVerdict.RESET_NEEDED;
        }
        if (!PacketDecryptor.finish(frame, header, decompressor)) {
            return MppeVerdict.NOT_SANE;
        }
        expectedCount = MppeHeader.next(header);
        return MppeVerdict.DECRYPTED;
    }

    @Override
    public void wipe() {}
}
