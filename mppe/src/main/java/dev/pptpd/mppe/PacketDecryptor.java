package dev.pptpd.mppe;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A receiving state of the {@link ReferenceMppeEngine}. */
sealed interface PacketDecryptor extends MppeDecryptor
        permits StatelessDecryptor, StatefulDecryptor, UnencryptedDecryptor {
    /** One frame, as {@link MppeEngine#decrypt} says; both tools are free for any use. */
    MppeVerdict decrypt(ByteBuffer frame, SessionKeyChange keyChange, Rc4 rc4, long nowNanos);

    /**
     * Takes the header off a frame in clear and decompresses what was compressed.
     *
     * @return false, and the position is where it was, when that comes to nothing
     */
    static boolean finish(ByteBuffer frame, int header, @Nullable MppcDecompressor decompressor) {
        int at = frame.position();
        frame.position(at + MppeEngine.HEADER_OCTETS);
        if (decompressor == null || decompressor.expand(frame, header)) {
            return true;
        }
        frame.position(at);
        return false;
    }
}
