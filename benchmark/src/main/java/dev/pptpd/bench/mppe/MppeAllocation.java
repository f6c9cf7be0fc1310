package dev.pptpd.bench.mppe;

import com.sun.management.ThreadMXBean;
import dev.pptpd.bench.measure.Figure;
import dev.pptpd.bench.measure.Goal;
import dev.pptpd.bench.measure.Rounds;
import dev.pptpd.bench.measure.Table;
import dev.pptpd.mppe.MppeDecryptor;
import dev.pptpd.mppe.MppeEncryptor;
import dev.pptpd.mppe.MppeEngine;
import dev.pptpd.mppe.MppeMode;
import dev.pptpd.mppe.MppeStrength;
import dev.pptpd.mppe.MppeVerdict;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What a packet of each mode leaves on the heap, there and back, by the JVM's own counter. */
final class MppeAllocation {
    private static final int PACKETS = 4_096;
    private static final int FRAME_OCTETS = 66;
    private static final int MRU_OCTETS = 1_500;
    private static final String UNIT = "octets/packet";

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final MppeEngine engine;
    private final MppeEncryptor[] sender;
    private final MppeDecryptor[] receiver;
    private final MppeVerdict[] verdict = new MppeVerdict[1];
    private final ByteBuffer[] frame = {ByteBuffer.allocateDirect(Frames.ROOM)};
    private final byte[] content = Frames.frame(0, FRAME_OCTETS);
    private long nowNanos;

    private MppeAllocation(MppeEngine engine, MppeMode mode) {
        this.engine = engine;
        byte[] startKey = new byte[16];
        sender = new MppeEncryptor[] {engine.encryptor(mode, startKey)};
        receiver = new MppeDecryptor[] {engine.decryptor(mode, startKey, MRU_OCTETS)};
    }

    /** Every mode that clients and servers agree on without compression. */
    static Table table(Supplier<MppeEngine> engines, Rounds rounds) throws IOException {
        List<Figure> figures = new ArrayList<>();
        for (MppeStrength strength : MppeStrength.values()) {
            figures.add(figure(engines.get(), MppeMode.stateless(strength), rounds));
            figures.add(figure(engines.get(), MppeMode.stateful(strength), rounds));
        }
        return new Table("MPPE, allocation of encrypting and decrypting", figures);
    }

    private static Figure figure(MppeEngine engine, MppeMode mode, Rounds rounds)
            throws IOException {
        MppeAllocation meter = new MppeAllocation(engine, mode);
        for (int round = 0; round < rounds.warmUp(); round++) {
            meter.measure();
        }
        List<Double> values = new ArrayList<>();
        for (int round = 0; round < rounds.repetitions(); round++) {
            values.add(meter.measure());
        }
        return Figure.of("paired engine, " + mode, UNIT, values).judgedBy(Goal.atMost(0));
    }

    private double measure() throws IOException {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int packet = 0; packet < PACKETS; packet++) {
            if (!exchange()) {
                throw new IOException("packet " + packet + " was not decrypted: " + verdict[0]);
            }
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        return (double) allocated / PACKETS;
    }

    private boolean exchange() {
        frame[0].clear().put(Frames.HEADROOM, content);
        frame[0].position(Frames.HEADROOM).limit(Frames.HEADROOM + FRAME_OCTETS);
        engine.encrypt(sender, frame, 1);
        nowNanos++;
        engine.decrypt(receiver, frame, verdict, 1, nowNanos);
        return verdict[0] == MppeVerdict.DECRYPTED;
    }
}
