package dev.pptpd.bench.process;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What iperf3 reports of a transfer with its flag {@code -J}.
 *
 * @param seconds from the first octet to the last, by the receiver, above 0
 * @param octets that the receiver got, at least 1
 */
public record TransferReport(double seconds, long octets) {
    private static final Pattern RECEIVED =
            Pattern.compile(
                    "\"sum_received\":\\s*\\{[^}]*\"seconds\":\\s*([0-9.e+-]+),"
                            + "\\s*\"bytes\":\\s*(\\d+)");

    private static final double BITS_IN_MEGABIT = 8 / 1e6;

    /**
     * Reads a report.
     *
     * @throws IOException when it has not what it should, or nothing was received
     */
    public static TransferReport read(String report) throws IOException {
        Matcher received = RECEIVED.matcher(report);
        if (!received.find()) {
            throw new IOException("iperf3 reports otherwise than expected: " + report);
        }
        TransferReport read =
                new TransferReport(
                        Double.parseDouble(received.group(1)), Long.parseLong(received.group(2)));
        if (!(read.seconds > 0) || read.octets == 0) {
            throw new IOException("iperf3 reports that nothing was received: " + report);
        }
        return read;
    }

    /** What one gets. */
    public double megabitsPerSecond() {
        return octets * BITS_IN_MEGABIT / seconds;
    }
}
