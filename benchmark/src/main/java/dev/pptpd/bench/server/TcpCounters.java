package dev.pptpd.bench.server;

import dev.pptpd.lab.Namespace;
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
 */
record TcpCounters(long segmentsSent, long segmentsRepeated, long probes, long losses) {
    private static final String TCP = "Tcp: ";
    private static final String EXTENDED = "TcpExt: ";

    /** As they are now. */
    static TcpCounters of(Namespace namespace) throws IOException {
        return namespace.call(() -> {
            List<String> plain = Files.readAllLines(Path.of("/proc/thread-self/net/snmp"));
            List<String> more = Files.readAllLines(Path.of("/proc/thread-self/net/netstat"));
            return new TcpCounters(
                    counter(plain, TCP, "OutSegs"),
                    counter(plain, TCP, "RetransSegs"),
                    counter(more, EXTENDED, "TCPLossProbes"),
                    counter(more, EXTENDED, "TCPLossProbeRecovery"));
        });
    }

    /** They stand in a line below a line of their names. */
    private static long counter(List<String> lines, String start, String name) {
        List<String> both = lines.stream().filter(line -> line.startsWith(start)).toList();
        int column = List.of(both.getFirst().split(" ", -1)).indexOf(name);
        return Long.parseLong(both.getLast().split(" ", -1)[column]);
    }

    /** What came to these since then. */
    TcpCounters since(TcpCounters earlier) {
        return new TcpCounters(
                segmentsSent - earlier.segmentsSent,
                segmentsRepeated - earlier.segmentsRepeated,
                probes - earlier.probes,
                losses - earlier.losses);
    }

    /** Segments that were sent again because one was lost: probes are for those that are late. */
    long segmentsLost() {
        return Math.max(0, segmentsRepeated - probes) + losses;
    }
}
