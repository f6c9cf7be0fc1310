package dev.pptpd.dataplane;

import dev.pptpd.linux.PacketDevice;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** A device in memory. */
final class TestDevice implements PacketDevice {
    /** What the kernel has for the client. */
    final Queue<byte[]> toRead = new ArrayDeque<>();

    /** What came from the client. */
    final List<byte[]> written = new ArrayList<>();

    /** Runs in a write; a test may throw here. */
    Runnable onWrite = () -> {};

    /** What a read returns while nothing waits. */
    int whenEmpty;

    int reads;

    @Override
    public String name() {
        return "ppp7";
    }

    @Override
    public int fd() {
        return 7;
    }

    @Override
    public int read(ByteBuffer packet) {
        reads++;
        byte[] next = toRead.poll();
        if (next == null) {
            return whenEmpty;
        }
        packet.put(packet.position(), next).limit(packet.position() + next.length);
        return next.length;
    }

    @Override
    public int write(ByteBuffer packet) {
        byte[] octets = new byte[packet.remaining()];
        packet.get(packet.position(), octets);
        written.add(octets);
        onWrite.run();
        return octets.length;
    }
}
