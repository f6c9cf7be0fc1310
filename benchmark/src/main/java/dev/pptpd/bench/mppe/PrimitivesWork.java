package dev.pptpd.bench.mppe;

import dev.pptpd.bench.measure.CpuClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A library for Java, with packets in arrays, which it likes best. */
final class PrimitivesWork implements DirectedWork {
    private final Workload workload;
    private final CpuClock clock;
    private final List<byte[]> frames = new ArrayList<>();
    private final StatelessMppe[] senders;
    private final StatelessMppe[] receivers;

    private PrimitivesWork(Supplier<Primitives> primitives, Workload workload, CpuClock clock) {
        this.workload = workload;
        this.clock = clock;
        for (int n = 0; n < Frames.COUNT; n++) {
            byte[] room = new byte[Frames.ROOM];
            byte[] frame = Frames.frame(n, workload.frameOctets());
            System.arraycopy(frame, 0, room, Frames.HEADROOM, frame.length);
            frames.add(room);
        }
        senders = new StatelessMppe[workload.sessions()];
        receivers = new StatelessMppe[workload.sessions()];
        for (int session = 0; session < workload.sessions(); session++) {
            byte[] startKey = new byte[Primitives.KEY_OCTETS];
            startKey[0] = (byte) session;
            senders[session] = new StatelessMppe(primitives.get(), startKey);
            receivers[session] = new StatelessMppe(primitives.get(), startKey);
        }
    }

    /** One that has proven itself. */
    static PrimitivesWork open(
            String who, Supplier<Primitives> primitives, Workload workload, CpuClock clock)
            throws IOException {
        Proof proof = new Proof(workload.frameOctets());
        StatelessMppe sender = new StatelessMppe(primitives.get(), Proof.startKey());
        List<byte[]> encrypted = new ArrayList<>();
        for (byte[] frame : proof.frames()) {
            byte[] packet = new byte[StatelessMppe.HEADER_OCTETS + frame.length];
            System.arraycopy(frame, 0, packet, StatelessMppe.HEADER_OCTETS, frame.length);
            sender.encrypt(packet, StatelessMppe.HEADER_OCTETS, frame.length);
            encrypted.add(packet);
        }
        proof.check(who, encrypted);
        return new PrimitivesWork(primitives, workload, clock);
    }

    @Override
    public Direction direction() {
        return workload.direction();
    }

    @Override
    public long encryptionNanos() {
        long start = clock.nanos();
        for (int n = 0; n < Frames.COUNT; n++) {
            senders[n % senders.length].encrypt(
                    frames.get(n), Frames.HEADROOM, workload.frameOctets());
        }
        return clock.nanos() - start;
    }

    @Override
    public long decryptionNanos() throws IOException {
        int offset = Frames.HEADROOM - StatelessMppe.HEADER_OCTETS;
        int octets = StatelessMppe.HEADER_OCTETS + workload.frameOctets();
        boolean decrypted = true;
        long start = clock.nanos();
        for (int n = 0; n < Frames.COUNT; n++) {
            decrypted &= receivers[n % receivers.length].decrypt(frames.get(n), offset, octets);
        }
        long nanos = clock.nanos() - start;
        if (!decrypted) {
            throw new IOException("a packet was not decrypted");
        }
        return nanos;
    }
}
