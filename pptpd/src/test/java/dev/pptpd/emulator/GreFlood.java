package dev.pptpd.emulator;

import dev.pptpd.emulator.linux.PacketBatch;
import dev.pptpd.emulator.linux.RawGreSocket;
import dev.pptpd.lab.linux.NamespaceThread;
import java.util.SplittableRandom;

/** Random GRE packets, as fast as the kernel takes them. */
final class GreFlood {
    private static final int BATCH_SLOTS = 64;
    private static final int LONGEST_PACKET = 96;
    private static final int SHORTEST_PACKET = 1;
    private static final int HEADER_LENGTH = 8;

    private final SplittableRandom random;
    private final byte[] packet = new byte[LONGEST_PACKET];

    GreFlood(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Sends so many packets from a place to its server; returns when the last one has left. */
    void send(Place place, int packets) {
        try (RawGreSocket socket =
                NamespaceThread.call(place.namespace(), () -> RawGreSocket.open(place.local()))) {
            var batch = new PacketBatch(BATCH_SLOTS, LONGEST_PACKET, place.server());
            for (int sent = 0; sent < packets; sent += batch.slots()) {
                for (int slot = 0; slot < batch.slots(); slot++) {
                    batch.put(slot, packet, fill());
                }
                batch.send(socket);
            }
        }
    }

    /** Every second packet is noise; the others have a header that a server looks into. */
    private int fill() {
        random.nextBytes(packet);
        int length = random.nextInt(SHORTEST_PACKET, LONGEST_PACKET + 1);
        if (length > HEADER_LENGTH && random.nextBoolean()) {
            packet[0] = (byte) (0x20 | (packet[0] & 0x10));
            packet[1] = (byte) (0x01 | (packet[1] & 0x80));
            packet[2] = (byte) 0x88;
            packet[3] = 0x0B;
            packet[4] = 0;
            packet[5] = (byte) random.nextInt(length);
        }
        return length;
    }
}
