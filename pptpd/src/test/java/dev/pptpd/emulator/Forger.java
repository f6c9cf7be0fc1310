package dev.pptpd.emulator;

import dev.pptpd.emulator.linux.PacketBatch;
import dev.pptpd.emulator.linux.RawGreSocket;
import dev.pptpd.lab.linux.NamespaceThread;
import java.util.concurrent.locks.LockSupport;

/** Sends GRE packets octet by octet as they are given, at a steady rate, from one place. */
final class Forger implements AutoCloseable {
    private static final int BATCH_SLOTS = 64;
    private static final int LONGEST_PACKET = 128;

    private final RawGreSocket socket;
    private final PacketBatch batch;
    private final long batchNanos;

    private int filled;
    private long nextBatchNanos = System.nanoTime();

    Forger(Place place, int packetsPerSecond) {
        socket = NamespaceThread.call(place.namespace(), () -> RawGreSocket.open(place.local()));
        batch = new PacketBatch(BATCH_SLOTS, LONGEST_PACKET, place.server());
        batchNanos = 1_000_000_000L * BATCH_SLOTS / packetsPerSecond;
    }

    /** Sends it together with the next ones; true when those before have just left. */
    boolean send(Octets packet) {
        byte[] octets = packet.toArray();
        batch.put(filled++, octets, octets.length);
        if (filled < BATCH_SLOTS) {
            return false;
        }
        filled = 0;
        batch.send(socket);
        nextBatchNanos += batchNanos;
        LockSupport.parkNanos(nextBatchNanos - System.nanoTime());
        return true;
    }

    @Override
    public void close() {
        socket.close();
    }
}
