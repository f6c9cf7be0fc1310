package dev.pptpd.bench.poptop;

import dev.pptpd.bench.measure.Contestant;
import dev.pptpd.bench.process.TransferReport;
import dev.pptpd.lab.Guest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** TCP between the client's guest and a server's, both programs iperf3, through one session. */
final class GuestTransfers {
    private static final String OCTETS = "8M";
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final double NANOS_IN_SECOND = 1e9;

    private final Guest client;
    private final Machines.Peer server;
    private final List<Transfer> done = new ArrayList<>();

    /** Where the data goes. */
    enum Way {
        /** To the server. */
        UP("from the client", ""),
        /** From the server. */
        DOWN("to the client", "-R");

        private final String words;
        private final String flag;

        Way(String words, String flag) {
            this.words = words;
            this.flag = flag;
        }

        /** For a table. */
        String words() {
            return words;
        }
    }

    /**
     * What came of one.
     *
     * @param guestSeconds CPU time of the server's guest, with all that runs in it
     */
    record Transfer(TransferReport report, double guestSeconds) {
        double megabitsPerSecond() {
            return report.megabitsPerSecond();
        }

        double guestNanosPerOctet() {
            return guestSeconds * NANOS_IN_SECOND / report.octets();
        }

        private double nanosPerOctet() {
            return report.seconds() * NANOS_IN_SECOND / report.octets();
        }
    }

    GuestTransfers(Guest client, Machines.Peer server) {
        this.client = client;
        this.server = server;
    }

    /** One after the other; each answers the time of an octet on the clock, in nanoseconds. */
    Contestant way(Way way) {
        done.clear();
        return new Contestant() {
            @Override
            public double measure() throws IOException {
                Transfer transfer = transfer(way);
                done.add(transfer);
                return transfer.nanosPerOctet();
            }

            @Override
            public void close() {
                // The session stays for others.
            }
        };
    }

    private Transfer transfer(Way way) throws IOException {
        double before = server.guest().processorSeconds();
        String report =
                client.expectSuccess(
                        LIMIT,
                        "TMPDIR=/run iperf3 -J -c %s -n %s %s"
                                .formatted(server.gateway(), OCTETS, way.flag));
        return new Transfer(
                TransferReport.read(report), server.guest().processorSeconds() - before);
    }

    /** The last so many. */
    List<Transfer> last(int transfers) {
        return List.copyOf(done.subList(done.size() - transfers, done.size()));
    }
}
