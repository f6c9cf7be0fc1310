package dev.pptpd.mppe;

import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationTargetException;
import java.nio.ByteBuffer;

/**
 * The engine for traffic: takes two packets at a time in stateless mode without compression, which
 * is what every client of this century asks for. The key streams of two packets cost little more
 * than the one of one; of an odd packet the key stream of its successor is kept. All other modes go
 * through the {@link ReferenceMppeEngine}.
 */
public final class PairedMppeEngine implements MppeEngine {
    /** The class file that {@link #PairedMppeEngine} wants, beside the one of this class. */
    public static final String KERNEL = "Rc4Kernel.class";

    private final ReferenceMppeEngine reference = new ReferenceMppeEngine();
    private final PacketStreams keys;
    private final PairedEncryption encryption;
    private final PairedDecryption decryption;

    // For the modes that go one by one.
    private final MppeEncryptor[] encryptor = new MppeEncryptor[1];
    private final MppeDecryptor[] decryptor = new MppeDecryptor[1];
    private final ByteBuffer[] frame = new ByteBuffer[1];
    private final MppeVerdict[] verdict = new MppeVerdict[1];

    /**
     * An engine for one thread, with scratch space of its own. The tables of the kernel are
     * constants of its class, so each engine needs a class for itself, too.
     *
     * @param kernel the octets of the resource {@value #KERNEL}
     * @param sha1 whose SHA-1 is faster on this processor
     * @throws IllegalArgumentException when the kernel is something else
     */
    public PairedMppeEngine(byte[] kernel, Sha1Kind sha1) {
        this.keys = new PacketStreams(define(kernel), InterimKeys.by(sha1));
        this.encryption = new PairedEncryption(keys);
        this.decryption = new PairedDecryption(keys);
    }

    private static KeyStreams define(byte[] kernel) {
        try {
            return (KeyStreams)
                    MethodHandles.lookup()
                            .defineHiddenClass(kernel, true)
                            .lookupClass()
                            .getDeclaredConstructor()
                            .newInstance();
        } catch (IllegalAccessException
                | InstantiationException
                | NoSuchMethodException
                | InvocationTargetException
                | LinkageError e) {
            throw new IllegalArgumentException("not the class file of the kernel", e);
        }
    }

    @Override
    public MppeEncryptor encryptor(MppeMode mode, byte[] startKey) {
        if (!isPaired(mode)) {
            return reference.encryptor(mode, startKey);
        }
        return new PairedEncryptor(chain(mode, startKey), keys);
    }

    @Override
    public MppeDecryptor decryptor(MppeMode mode, byte[] startKey, int mruBytes) {
        if (!isPaired(mode)) {
            return reference.decryptor(mode, startKey, mruBytes);
        }
        return new PairedDecryptor(chain(mode, startKey), keys);
    }

    private static boolean isPaired(MppeMode mode) {
        return mode.stateless() && !mode.compressed();
    }

    private KeyChain chain(MppeMode mode, byte[] startKey) {
        ReferenceMppeEngine.checked(startKey);
        return keys.chain(mode.strength().orElseThrow(), startKey);
    }

    @Override
    public void encrypt(MppeEncryptor[] states, ByteBuffer[] frames, int count) {
        try {
            for (int n = 0; n < count; n++) {
                if (states[n] instanceof PairedEncryptor paired) {
                    encryption.encrypt(paired, frames[n]);
                } else {
                    encryptor[0] = states[n];
                    frame[0] = frames[n];
                    reference.encrypt(encryptor, frame, 1);
                }
            }
            encryption.finish();
        } finally {
            encryption.clear();
        }
    }

    @Override
    public void decrypt(
            MppeDecryptor[] states,
            ByteBuffer[] frames,
            MppeVerdict[] verdicts,
            int count,
            long nowNanos) {
        try {
            for (int n = 0; n < count; n++) {
                if (states[n] instanceof PairedDecryptor paired) {
                    decryption.decrypt(paired, frames[n], verdicts, n, nowNanos);
                } else {
                    decryptor[0] = states[n];
                    frame[0] = frames[n];
                    reference.decrypt(decryptor, frame, verdict, 1, nowNanos);
                    verdicts[n] = verdict[0];
                }
            }
            decryption.finish(verdicts, nowNanos);
        } finally {
            decryption.clear();
        }
    }
}
