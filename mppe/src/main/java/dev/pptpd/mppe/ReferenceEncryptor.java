package dev.pptpd.mppe;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Sending in every mode: compresses, encrypts, counts.
 *
 * <p>Stateless, a new session key comes before every packet, so that each stands alone. Stateful,
 * one comes before each "flag" packet, and the key stream runs on in between.
 *
 * <p>A flush that the peer asked for waits for the next "flag" packet, which is made the next one:
 * its count jumps ahead, as if the packets between were lost. There, and only there, peers agree on
 * the key. By the RFC a flush keeps the session key; Linux changes it, and cannot tell how often if
 * a flushed packet is lost. Before a "flag" packet both change it once, and both count the changes
 * that they missed by the coherency count. Linux also wants bit A on every "flag" packet, and does
 * not take it on the first packet of all.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc3078#section-7 RFC 3078 sections 7 and 8
 */
final class ReferenceEncryptor implements MppeEncryptor {
    private final @Nullable MppeStrength strength;
    private final boolean stateless;
    private final @Nullable MppcCompressor compressor;
    private final byte[] startKey;
    private final byte[] sessionKey = new byte[MppeStartKeys.KEY_OCTETS];
    private final Rc4 stream = new Rc4();
    private int coherencyCount;
    private boolean flushRequested;

    ReferenceEncryptor(MppeMode mode, byte[] startKey, SessionKeyChange keyChange) {
        this.strength = mode.strength().orElse(null);
        this.stateless = mode.stateless();
        this.compressor = mode.compressed() ? new MppcCompressor() : null;
        this.startKey = startKey.clone();
        if (strength != null) {
            keyChange.first(strength, startKey, sessionKey);
            stream.start(sessionKey, strength.keyOctets());
        }
    }

    /** One frame, as {@link MppeEngine#encrypt} says. */
    void encrypt(ByteBuffer frame, SessionKeyChange keyChange) {
        int at = frame.position() - MppeEngine.HEADER_OCTETS;
        if (at < 0) {
            throw new IllegalArgumentException("no room for the MPPE header before the frame");
        }
        if (flushRequested && strength != null && !stateless) {
            coherencyCount = MppeHeader.nextFlag(coherencyCount);
        }
        boolean flushed = startAnew(keyChange);
        int header = coherencyCount | (flushed ? MppeHeader.FLUSHED : 0);
        if (compressor != null) {
            header |= compressor.compress(frame);
        }
        if (strength != null) {
            stream.apply(frame, frame.position(), frame.limit());
            header |= MppeHeader.ENCRYPTED;
        }
        MppeHeader.encode(frame, at, header);
        frame.position(at);
        coherencyCount = MppeHeader.next(coherencyCount);
        flushRequested = false;
    }

    /** Whether key stream and history begin anew with this packet. */
    private boolean startAnew(SessionKeyChange keyChange) {
        boolean changesKey = strength != null && (stateless || MppeHeader.isFlag(coherencyCount));
        boolean historyIsSpoiled = compressor != null && compressor.isSpoiled();
        if (!stateless && !changesKey && !flushRequested && !historyIsSpoiled) {
            return false;
        }
        if (compressor != null) {
            compressor.flush();
        }
        if (strength != null) {
            if (changesKey) {
                keyChange.next(strength, startKey, sessionKey);
            }
            stream.start(sessionKey, strength.keyOctets());
        }
        return true;
    }

    @Override
    public void flush() {
        flushRequested = true;
    }

    @Override
    public void wipe() {
        Arrays.fill(startKey, (byte) 0);
        Arrays.fill(sessionKey, (byte) 0);
        stream.wipe();
    }
}
