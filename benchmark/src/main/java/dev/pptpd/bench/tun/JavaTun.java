package dev.pptpd.bench.tun;

import dev.pptpd.bench.measure.CpuClock;
import dev.pptpd.bench.process.ServedWork;
import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.inner.UdpPacket;
import dev.pptpd.linux.TunDevice;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A JVM with the server's TUN device. */
final class JavaTun {
    static final String READ = "read";
    static final String WRITE = "write";

    private static final int ROOM = 2_048;

    private JavaTun() {}

    /**
     * Answers questions until there are no more.
     *
     * @param words {@code read}, or {@code write} and the octets of a packet
     */
    public static void main(String[] words) throws IOException, ErrnoException {
        CpuClock clock = CpuClock.ofThread();
        ByteBuffer packet = ByteBuffer.allocateDirect(ROOM);
        try (TunDevice device = TunDevice.open(Host.DEVICE)) {
            if (words[0].equals(READ)) {
                ServedWork.serve(units -> read(device, packet, units, clock));
            } else {
                build(packet, Integer.parseInt(words[1]));
                ServedWork.serve(units -> write(device, packet, units, clock));
            }
        }
    }

    /** A datagram to the host of so many octets, headers included, from the buffer's start on. */
    static void build(ByteBuffer packet, int octets) {
        UdpPacket.complete(
                packet,
                address(Host.BEYOND),
                Host.PORT,
                address(Host.ADDRESS),
                Host.PORT,
                octets - UdpPacket.HEADERS_OCTETS);
    }

    private static int address(String text) {
        return Ipv4Address.parse(text).orElseThrow().value();
    }

    private static double read(TunDevice device, ByteBuffer packet, int units, CpuClock clock)
            throws IOException {
        int read = 0;
        long start = clock.nanos();
        for (int unit = 0; unit < units; unit++) {
            if (device.read(packet.clear()) > 0) {
                read++;
            }
        }
        long nanos = clock.nanos() - start;
        if (read != units) {
            throw new IOException(read + " of " + units + " packets read");
        }
        return (double) nanos / units;
    }

    private static double write(TunDevice device, ByteBuffer packet, int units, CpuClock clock)
            throws IOException {
        int written = 0;
        long start = clock.nanos();
        for (int unit = 0; unit < units; unit++) {
            if (device.write(packet) > 0) {
                written++;
            }
        }
        long nanos = clock.nanos() - start;
        if (written != units) {
            throw new IOException(written + " of " + units + " packets written");
        }
        return (double) nanos / units;
    }
}
