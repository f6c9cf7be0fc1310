package dev.pptpd.mppe;

import java.nio.ByteBuffer;

/**
 * Packets of nobody, for an engine that has just been made: until the compiler has done with it, a
 * packet takes up to two milliseconds. Meant for the time in which the engine's thread would wait,
 * and in pieces that no packet has to wait for long.
 *
 * <p>All {@value #ROUNDS} rounds take 0.2 to 0.3 s of CPU time: the first one up to 40 ms, which
 * are the loading of classes, the next twenty 2 to 5 ms each, and from the middle on less than 0.3
 * ms on average (AMD EPYC, JDK 25, no AOT cache). Every engine needs its own, because each has its
 * own copy of the kernel, which is compiled for it.
 */
public final class MppeWarmUp {
    /** After these nothing gets faster: 4,608 packets there and back. */
    public static final int ROUNDS = 512;

    /** An odd number, so that streams are made ahead, too. */
    private static final int PACKETS = 9;

    private static final int SESSIONS = 2;

    /** So many of the first session: then pairs are of one session, and of two. */
    private static final int RUN = 3;

    private static final int LARGE_OCTETS = 1_402;
    private static final int SMALL_OCTETS = 66;
    private static final int MRU_OCTETS = 1_500;

    /** The protocol number of IPv4, and how such a packet begins. */
    private static final int IPV4 = 0x0021_4500;

    private final MppeEngine engine;
    private final ByteBuffer[] frames = new ByteBuffer[PACKETS];
    private final MppeEncryptor[] senders = new MppeEncryptor[PACKETS];
    private final MppeDecryptor[] receivers = new MppeDecryptor[PACKETS];
    private final MppeVerdict[] verdicts = new MppeVerdict[PACKETS];
    private int rounds;

    /** For the thread of {@code engine}, in which it gets a few sessions until the last round. */
    public MppeWarmUp(MppeEngine engine) {
        this.engine = engine;
        MppeMode mode = MppeMode.stateless(MppeStrength.BITS_128);
        for (int session = 0; session < SESSIONS; session++) {
            byte[] startKey = new byte[MppeStartKeys.KEY_OCTETS];
            startKey[0] = (byte) session;
            MppeEncryptor sender = engine.encryptor(mode, startKey);
            MppeDecryptor receiver = engine.decryptor(mode, startKey, MRU_OCTETS);
            for (int n = session * RUN; n < PACKETS; n++) {
                senders[n] = sender;
                receivers[n] = receiver;
            }
        }
        for (int n = 0; n < PACKETS; n++) {
            // Direct, as on the data path: the compiler is to see no other kind of buffer.
            frames[n] = ByteBuffer.allocateDirect(MppeEngine.HEADER_OCTETS + LARGE_OCTETS);
        }
    }

    /** Whether there was a round. */
    public boolean hasBegun() {
        return rounds > 0;
    }

    /** Whether another round would be for nothing. */
    public boolean isDone() {
        return rounds >= ROUNDS;
    }

    /**
     * A few packets there and back; the last round takes the sessions out of the engine.
     *
     * @throws IllegalStateException when the engine cannot read what it wrote
     */
    public void round() {
        if (isDone()) {
            return;
        }
        for (int n = 0; n < PACKETS; n++) {
            int octets = n % 4 == 3 ? SMALL_OCTETS : LARGE_OCTETS;
            frames[n].clear().position(MppeEngine.HEADER_OCTETS);
            frames[n].putInt(MppeEngine.HEADER_OCTETS, IPV4);
            frames[n].limit(MppeEngine.HEADER_OCTETS + octets);
        }
        engine.encrypt(senders, frames, PACKETS);
        engine.decrypt(receivers, frames, verdicts, PACKETS, 0);
        for (MppeVerdict verdict : verdicts) {
            if (verdict != MppeVerdict.DECRYPTED) {
                throw new IllegalStateException("not decrypted: " + verdict);
            }
        }
        rounds++;
        if (isDone()) {
            wipe();
        }
    }

    private void wipe() {
        for (int n = 0; n < PACKETS; n += RUN) {
            senders[n].wipe();
            receivers[n].wipe();
        }
    }
}
