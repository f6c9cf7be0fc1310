package dev.pptpd.bench.gre;

import dev.pptpd.bench.measure.CpuClock;
import dev.pptpd.bench.process.ServedWork;
import dev.pptpd.gre.linux.ErrnoException;
import java.io.IOException;

/** A JVM with the server's raw socket. */
final class JavaGre {
    static final String RECEIVE = "receive";
    static final String SEND = "send";

    private JavaGre() {}

    /**
     * Answers questions until there are no more.
     *
     * @param words {@code receive}, or {@code send}, destination as a number, octets
     */
    public static void main(String[] words) throws IOException, ErrnoException {
        CpuClock clock = CpuClock.ofThread();
        try (GrePackets packets = GrePackets.open()) {
            if (words[0].equals(RECEIVE)) {
                ServedWork.serve(units -> receive(packets, units, clock));
            } else {
                int destination = Integer.parseInt(words[1]);
                int octets = Integer.parseInt(words[2]);
                ServedWork.serve(units -> send(packets, units, destination, octets, clock));
            }
        }
    }

    private static double receive(GrePackets packets, int units, CpuClock clock)
            throws IOException {
        long start = clock.nanos();
        int received = packets.receive(units);
        long nanos = clock.nanos() - start;
        if (received != units) {
            throw new IOException(received + " of " + units + " packets received");
        }
        return (double) nanos / units;
    }

    private static double send(
            GrePackets packets, int units, int destination, int octets, CpuClock clock)
            throws IOException {
        long start = clock.nanos();
        int sent = packets.send(units, destination, octets);
        long nanos = clock.nanos() - start;
        if (sent != units) {
            throw new IOException(sent + " of " + units + " packets sent");
        }
        return (double) nanos / units;
    }
}
