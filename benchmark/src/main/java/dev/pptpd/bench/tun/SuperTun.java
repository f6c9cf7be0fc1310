package dev.pptpd.bench.tun;

import dev.pptpd.bench.measure.CpuClock;
import dev.pptpd.bench.process.ServedWork;
import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.linux.GatheredPacket;
import dev.pptpd.linux.TunDevice;
import dev.pptpd.offload.SegmentRun;
import dev.pptpd.offload.SegmentRuns;
import dev.pptpd.offload.Segmentation;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A JVM with the server's TUN device and super-packets: each is taken apart into the packets that a
 * tunnel carries, or put together of those, checksums and all.
 */
final class SuperTun implements SegmentRuns.Outlet<TunDevice> {
    /** Packets of one super-packet, which is the server's batch. */
    static final int RUN = 32;

    private static final int SLOT_OCTETS = 2_112;
    private static final int HEADROOM = 64;

    private final Segmentation segmentation =
            new Segmentation(ByteBuffer.allocateDirect(Segmentation.BUFFER_OCTETS));
    private final SegmentRuns<TunDevice> runs = new SegmentRuns<>(this);
    private final GatheredPacket gathered = new GatheredPacket();
    private final ByteBuffer[] slots = new ByteBuffer[RUN];
    private final TunDevice device;
    private final CpuClock clock;
    private int written;

    private SuperTun(TunDevice device, CpuClock clock) {
        this.device = device;
        this.clock = clock;
        for (int index = 0; index < RUN; index++) {
            slots[index] = ByteBuffer.allocateDirect(SLOT_OCTETS);
        }
    }

    /**
     * Answers questions until there are no more.
     *
     * @param words {@code read}, or {@code write} and the octets of a packet
     */
    public static void main(String[] words) throws IOException, ErrnoException {
        CpuClock clock = CpuClock.ofThread();
        try (TunDevice device = TunDevice.openWithOffloads(Host.DEVICE)) {
            SuperTun tun = new SuperTun(device, clock);
            if (words[0].equals(JavaTun.READ)) {
                ServedWork.serve(tun::read);
            } else {
                int octets = Integer.parseInt(words[1]);
                ServedWork.serve(units -> tun.write(units, octets));
            }
        }
    }

    private double read(int units) throws IOException {
        int read = 0;
        long start = clock.nanos();
        while (read < units && device.read(segmentation.source()) > 0 && segmentation.begin()) {
            while (segmentation.hasNext()) {
                segmentation.next(slots[read++ % RUN].clear().position(HEADROOM));
            }
        }
        long nanos = clock.nanos() - start;
        if (read != units) {
            throw new IOException(read + " of " + units + " packets read");
        }
        return (double) nanos / units;
    }

    private double write(int units, int octets) throws IOException {
        written = 0;
        long nanos = 0;
        for (int unit = 0; unit < units; unit += RUN) {
            // A run becomes one packet in the memory of its first.
            for (ByteBuffer slot : slots) {
                JavaTun.build(slot.clear().position(HEADROOM).slice(), octets);
            }
            long start = clock.nanos();
            writeRun(octets);
            nanos += clock.nanos() - start;
        }
        if (written != units) {
            throw new IOException(written + " of " + units + " packets written");
        }
        return (double) nanos / units;
    }

    private void writeRun(int octets) {
        for (ByteBuffer slot : slots) {
            slot.limit(HEADROOM + octets).position(HEADROOM);
            if (!runs.add(device, slot, true)) {
                write(device, slot);
            }
        }
        runs.flush();
    }

    @Override
    public void write(TunDevice to, ByteBuffer packet) {
        written += to.write(packet) > 0 ? 1 : 0;
    }

    @Override
    public void write(TunDevice to, SegmentRun run) {
        written += to.write(gathered.of(run)) > 0 ? run.size() : 0;
    }
}
