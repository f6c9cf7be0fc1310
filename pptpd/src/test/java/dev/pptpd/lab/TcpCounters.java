package dev.pptpd.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the kernel of a namespace says of its own TCP since that was made.
 *
 * @param segmentsSent with new data or none, however many of them left as one super-packet
 * @param segmentsRepeated sent once more, whatever for
 * @param probes of an end that got no answer for a while, most of them because the machine was busy
 * @param losses that such a probe made up for
 * @param timeouts of an end that got no answer for longer
 * @param needless segments that were sent again, and whose receiver said that it had them
 * @param outOfOrder segments that came before others that were to come first
 */
public record TcpCounters(
        long segmentsSent,
        long segmentsRepeated,
        long probes,
        long losses,
        long timeouts,
        long needless,
        long outOfOrder) {
    private static final String TCP = "Tcp: ";
    private static final String EXTENDED = "TcpExt: ";

    /** As they are now. */
    public static TcpCounters of(Namespace namespace) throws IOException {
        return namespace.call(() -> {
            List<String> plain = Files.readAllLines(Path.of("/proc/thread-self/net/snmp"));
            List<String> more = Files.readAllLines(Path.of("/proc/thread-self/net/netstat"));
            return new TcpCounters(
                    counter(plain, TCP, "OutSegs"),
                    counter(plain, TCP, "RetransSegs"),
                    counter(more, EXTENDED, "TCPLossProbes"),
                    counter(more, EXTENDED, "TCPLossProbeRecovery"),
                    counter(more, EXTENDED, "TCPTimeouts"),
                    counter(more, EXTENDED, "TCPDSACKRecvSegs"),
                    counter(more, EXTENDED, "TCPOFOQueue"));
        });
    }

    /** They stand in a line below a line of their names. */
    private static long counter(List<String> lines, String start, String name) {
        List<String> both = lines.stream().filter(line -> line.startsWith(start)).toList();
        int column = List.of(both.getFirst().split(" ", -1)).indexOf(name);
        return Long.parseLong(both.getLast().split(" ", -1)[column]);
    }

    /** What came to these since then. */
    public TcpCounters since(TcpCounters earlier) {
        return new TcpCounters(
                segmentsSent - earlier.segmentsSent,
                segmentsRepeated - earlier.segmentsRepeated,
                probes - earlier.probes,
                losses - earlier.losses,
                timeouts - earlier.timeouts,
                needless - earlier.needless,
                outOfOrder - earlier.outOfOrder);
    }

    /** Segments that were sent again because one was lost: probes are for those that are late. */
    public long segmentsLost() {
        return Math.max(0, segmentsRepeated - probes) + losses;
    }
}
