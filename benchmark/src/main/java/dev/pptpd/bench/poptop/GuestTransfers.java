package dev.pptpd.bench.poptop;

import dev.pptpd.bench.measure.Contestant;
import dev.pptpd.lab.Guest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** TCP between the client's guest and a server's, both programs iperf3, through one session. */
final class GuestTransfers {
    private static final String OCTETS = "8M";
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final double NANOS_IN_SECOND = 1e9;
    private static final double BITS_IN_MEGABIT = 8 / 1e6;

    /** What the receiver got, and how long that took. */
    private static final Pattern RECEIVED =
            Pattern.compile(
                    "\"sum_received\":\\s*\\{[^}]*\"seconds\":\\s*([0-9.e+-]+),"
                            + "\\s*\"bytes\":\\s*(\\d+)");

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
    record Transfer(double seconds, long octets, double guestSeconds) {
        double megabitsPerSecond() {
            return octets * BITS_IN_MEGABIT / seconds;
        }

        double guestNanosPerOctet() {
            return guestSeconds * NANOS_IN_SECOND / octets;
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
                return transfer.seconds() * NANOS_IN_SECOND / transfer.octets();
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
        Matcher received = RECEIVED.matcher(report);
        if (!received.find()) {
            throw new IOException("iperf3 reports otherwise than expected: " + report);
        }
        return new Transfer(
                Double.parseDouble(received.group(1)),
                Long.parseLong(received.group(2)),
                server.guest().processorSeconds() - before);
    }

    /** The last so many. */
    List<Transfer> last(int transfers) {
        return List.copyOf(done.subList(done.size() - transfers, done.size()));
    }
}
