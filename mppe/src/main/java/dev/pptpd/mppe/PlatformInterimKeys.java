package dev.pptpd.mppe;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The keys by the SHA-1 of the platform, which may have instructions of the processor for it. */
final class PlatformInterimKeys implements InterimKeys {
    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private static final int LONG_KEY_WORDS = KeyStreams.KEY_OCTETS / Integer.BYTES;

    private final Sha1 sha1 = new Sha1();
    private final byte[] digest = new byte[Sha1.DIGEST_OCTETS];
    private final byte[] longMessage = message(KeyStreams.KEY_OCTETS);
    private final byte[] shortMessage = message(KeyStreams.KEY_OCTETS / 2);

    /** What is hashed with keys of that length, still without the keys. */
    private static byte[] message(int keyOctets) {
        byte[] message = new byte[2 * (keyOctets + SessionKeyChange.PAD_1.length)];
        int padAt = message.length - SessionKeyChange.PAD_2.length;
        System.arraycopy(SessionKeyChange.PAD_2, 0, message, padAt, SessionKeyChange.PAD_2.length);
        return message;
    }

    @Override
    public void prepare(int[] startKey, int[] start) {
        for (int word = 0; word < LONG_KEY_WORDS; word++) {
            int at = word * Integer.BYTES;
            start[word] = startKey[at] << 24 | startKey[at + 1] << 16;
            start[word] |= startKey[at + 2] << 8 | startKey[at + 3];
        }
    }

    @Override
    public void derive(int[] start, int keyOctets, int[] sessionKey, int[] interimKey) {
        byte[] message = keyOctets == KeyStreams.KEY_OCTETS ? longMessage : shortMessage;
        for (int word = 0; word < keyOctets / Integer.BYTES; word++) {
            WORDS.set(message, word * Integer.BYTES, start[word]);
        }
        int keyAt = keyOctets + SessionKeyChange.PAD_1.length;
        for (int n = 0; n < keyOctets; n++) {
            message[keyAt + n] = (byte) sessionKey[n];
        }
        sha1.update(message).digest(digest);
        for (int n = 0; n < KeyStreams.KEY_OCTETS; n++) {
            interimKey[n] = digest[n & (keyOctets - 1)] & 0xFF;
        }
    }

    @Override
    public void wipe() {
        Arrays.fill(digest, (byte) 0);
        sha1.wipe();
        wipeKeys(longMessage);
        wipeKeys(shortMessage);
    }

    private static void wipeKeys(byte[] message) {
        Arrays.fill(message, 0, message.length - SessionKeyChange.PAD_2.length, (byte) 0);
    }
}
