package dev.pptpd.bench.server;

import dev.pptpd.bench.measure.Contestant;
import dev.pptpd.bench.process.TransferReport;
import dev.pptpd.lab.Command;
import dev.pptpd.lab.Namespace;
import dev.pptpd.lab.TcpCounters;
import dev.pptpd.linux.TunDevice;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The only session of a site, with a device at each end and the kernel's own TCP through it: a
 * program each (iperf3), two kernels' ends, two of our workers, and the wire between them.
 *
 * <pre>
 *   iperf3 - TCP - load0 - [fleet's worker] - eth0 ==== eth0 - [server's worker] - ppp0 - TCP - iperf3
 * </pre>
 */
final class TcpTunnel implements AutoCloseable {
    private static final long UP_NANOS = Duration.ofSeconds(20).toNanos();
    private static final Duration TRANSFER_LIMIT = Duration.ofMinutes(1);

    /** Half a second's worth. */
    private static final long TRANSFER_OCTETS = 64L << 20;

    private static final long START_MILLIS = 300;
    private static final double NANOS_IN_SECOND = 1e9;

    /** Where the data goes. */
    enum Way {
        /** To the server. */
        INWARD("from the client"),
        /** To the client. */
        OUTWARD("to the client");

        private final String words;

        Way(String words) {
            this.words = words;
        }

        /** For a table. */
        String words() {
            return words;
        }
    }

    /**
     * What came of one.
     *
     * @param workerNanos CPU time of the server's workers, acknowledgments included
     * @param sender its counters in that time
     */
    record Transfer(TransferReport report, long workerNanos, TcpCounters sender) {
        double megabitsPerSecond() {
            return report.megabitsPerSecond();
        }

        double workerNanosPerSegment() {
            return (double) workerNanos / sender.segmentsSent();
        }

        private double nanosPerSegment() {
            return report.seconds() * NANOS_IN_SECOND / sender.segmentsSent();
        }
    }

    private final Site site;
    private final TunDevice device;
    private final Process receiver;
    private final String gateway;

    private TcpTunnel(Site site, TunDevice device, Process receiver) {
        this.site = site;
        this.device = device;
        this.receiver = receiver;
        this.gateway = site.fleet().first().assignment().peer().toString();
    }

    /**
     * A site with one session that is up.
     *
     * @param superPackets whether both ends exchange super-packets with the kernel
     */
    static TcpTunnel open(Encryption encryption, boolean superPackets)
            throws IOException, InterruptedException {
        Site site =
                new Site(
                        host ->
                                MeasuredServer.start(
                                        host,
                                        files -> {
                                            encryption.asked(files);
                                            return superPackets ? files : files.conf("nooffload");
                                        }),
                        encryption);
        try {
            return open(site, superPackets);
        } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
            site.close();
            throw e;
        }
    }

    /** What runs in the site's namespaces goes with them, if the rest fails. */
    private static TcpTunnel open(Site site, boolean superPackets)
            throws IOException, InterruptedException {
        site.fleet().connect(1, Site::ownAddress, 0, UP_NANOS);
        if (site.fleet().events().up() < 1) {
            throw new IOException("no session: " + site.fleet().events().failures());
        }
        Process receiver = site.serverHost().command("iperf3", "-s").start();
        Thread.sleep(START_MILLIS);
        TunDevice device =
                superPackets ? ClientDevice.openWithOffloads(site) : ClientDevice.open(site);
        return new TcpTunnel(site, device, receiver);
    }

    /** The server's end of the tunnel. */
    String gateway() {
        return gateway;
    }

    Site site() {
        return site;
    }

    /**
     * Transfers of one direction, which are noted down.
     *
     * @return how long a segment takes on the clock, in nanoseconds
     */
    Contestant stream(Way way, List<Transfer> transfers) {
        return new Contestant() {
            @Override
            public double measure() throws IOException {
                Transfer transfer = transfer(way);
                transfers.add(transfer);
                return transfer.nanosPerSegment();
            }

            @Override
            public void close() {
                // The tunnel stays for others.
            }
        };
    }

    private Transfer transfer(Way way) throws IOException {
        Namespace sender =
                switch (way) {
                    case INWARD -> site.clientHost();
                    case OUTWARD -> site.serverHost();
                };
        TcpCounters countersBefore = TcpCounters.of(sender);
        long nanosBefore = site.server().workerNanos();
        String report = command(way).within(TRANSFER_LIMIT).expectSuccess();
        return new Transfer(
                TransferReport.read(report),
                site.server().workerNanos() - nanosBefore,
                TcpCounters.of(sender).since(countersBefore));
    }

    private Command command(Way way) {
        List<String> words = new ArrayList<>(List.of("iperf3", "-J", "-c", gateway));
        words.addAll(List.of("-n", String.valueOf(TRANSFER_OCTETS)));
        switch (way) {
            case INWARD -> {}
            case OUTWARD -> words.add("-R");
        }
        return site.clientHost().command(words.toArray(String[]::new));
    }

    @Override
    public void close() {
        receiver.destroyForcibly();
        device.close();
        site.close();
    }
}
