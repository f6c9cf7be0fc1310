package dev.pptpd.bench.mppe;

import dev.pptpd.bench.measure.CpuClock;
import dev.pptpd.mppe.MppeDecryptor;
import dev.pptpd.mppe.MppeEncryptor;
import dev.pptpd.mppe.MppeEngine;
import dev.pptpd.mppe.MppeMode;
import dev.pptpd.mppe.MppeStrength;
import dev.pptpd.mppe.MppeVerdict;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** An engine of ours, with packets in native memory as the data path has them. */
final class EngineWork implements DirectedWork {
    private static final int BATCHES = Frames.COUNT / Frames.BATCH;
    private static final int MRU_OCTETS = 1_500;

    private final MppeEngine engine;
    private final Workload workload;
    private final CpuClock clock;
    private final ByteBuffer[][] batches = new ByteBuffer[BATCHES][Frames.BATCH];
    private final MppeEncryptor[] senders = new MppeEncryptor[Frames.BATCH];
    private final MppeDecryptor[] receivers = new MppeDecryptor[Frames.BATCH];
    private final MppeVerdict[] verdicts = new MppeVerdict[Frames.BATCH];

    private EngineWork(MppeEngine engine, Workload workload, CpuClock clock) {
        this.engine = engine;
        this.workload = workload;
        this.clock = clock;
        for (int n = 0; n < Frames.COUNT; n++) {
            byte[] frame = Frames.frame(n, workload.frameOctets());
            batches[n / Frames.BATCH][n % Frames.BATCH] =
                    ByteBuffer.allocateDirect(Frames.ROOM).put(Frames.HEADROOM, frame);
        }
        MppeMode mode = MppeMode.stateless(MppeStrength.BITS_128);
        for (int n = 0; n < Frames.BATCH; n++) {
            int session = n % workload.sessions();
            byte[] startKey = new byte[16];
            startKey[0] = (byte) session;
            senders[n] = n == session ? engine.encryptor(mode, startKey) : senders[session];
            receivers[n] =
                    n == session
                            ? engine.decryptor(mode, startKey, MRU_OCTETS)
                            : receivers[session];
        }
    }

    /** One that has proven itself. */
    static EngineWork open(String who, MppeEngine engine, Workload workload, CpuClock clock)
            throws IOException {
        Proof proof = new Proof(workload.frameOctets());
        proof.check(who, Proof.encrypt(engine, proof.frames()));
        return new EngineWork(engine, workload, clock);
    }

    @Override
    public Direction direction() {
        return workload.direction();
    }

    @Override
    public long encryptionNanos() {
        long start = clock.nanos();
        for (ByteBuffer[] batch : batches) {
            for (ByteBuffer frame : batch) {
                frame.limit(Frames.HEADROOM + workload.frameOctets()).position(Frames.HEADROOM);
            }
            engine.encrypt(senders, batch, Frames.BATCH);
        }
        return clock.nanos() - start;
    }

    @Override
    public long decryptionNanos() throws IOException {
        long start = clock.nanos();
        for (ByteBuffer[] batch : batches) {
            engine.decrypt(receivers, batch, verdicts, Frames.BATCH, start);
            if (Arrays.stream(verdicts).anyMatch(verdict -> verdict != MppeVerdict.DECRYPTED)) {
                throw new IOException("a packet was not decrypted: " + Arrays.toString(verdicts));
            }
        }
        return clock.nanos() - start;
    }
}
