package dev.pptpd.dataplane;

import dev.pptpd.linux.GatheredPacket;
import dev.pptpd.linux.Offloads;
import dev.pptpd.linux.PacketDevice;
import dev.pptpd.offload.VirtioNetHeader;
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

    /** Which super-packets it takes; those it gives are in {@link #toRead}, header first. */
    Offloads offloads = Offloads.NONE;

    @Override
    public String name() {
        return "ppp7";
    }

    @Override
    public int fd() {
        return 7;
    }

    @Override
    public Offloads offloads() {
        return offloads;
    }

    @Override
    public int read(ByteBuffer packet) {
        reads++;
        byte[] next = toRead.poll();
        if (next == null) {
            return whenEmpty;
        }
        int header = offloads == Offloads.NONE ? 0 : VirtioNetHeader.OCTETS;
        int start = packet.position();
        packet.put(start - header, next).limit(start - header + next.length);
        return next.length - header;
    }

    @Override
    public int write(ByteBuffer packet) {
        byte[] octets = new byte[packet.remaining()];
        packet.get(packet.position(), octets);
        written.add(octets);
        onWrite.run();
        return octets.length;
    }

    /** Written with its header. */
    @Override
    public int write(GatheredPacket packet) {
        ByteBuffer octets = ByteBuffer.allocate(VirtioNetHeader.OCTETS + packet.octets());
        packet.copyTo(octets);
        written.add(octets.array());
        onWrite.run();
        return packet.octets();
    }
}
