package dev.pptpd.bench.server;

import dev.pptpd.bench.measure.Contestant;
import dev.pptpd.lab.Namespace;
import dev.pptpd.linux.TunDevice;
import dev.pptpd.ppp.ipcp.Ipv4Assignment;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.locks.LockSupport;

/**
 * The one busy session of a site: bursts of datagrams through it, one direction at a time, and what
 * each costs the server's workers. The next burst begins when the last one has arrived.
 */
final class Tunnel implements AutoCloseable {
    /** An IP packet of 1,388 octets: a TCP segment of 1,348 octets with its headers. */
    static final int PACKET_OCTETS = 1_388;

    private static final int HEADERS_OCTETS = 28;
    private static final int PORT = 9_000;

    /** Two full batches of the server. */
    private static final int BURST = 64;

    private static final int BURSTS = 100;
    private static final int BUFFER_BYTES = 1 << 20;
    private static final long LOST_NANOS = 2_000_000_000L;

    /** Short against a burst, and long enough to leave the processor to those who carry it. */
    private static final long WAIT_NANOS = 20_000;

    private final MeasuredServer server;
    private final TunDevice device;
    private final DatagramChannel atClient;
    private final DatagramChannel atServer;
    private final ByteBuffer datagram = ByteBuffer.allocateDirect(PACKET_OCTETS);

    /** Through the first session of the site, which is up. */
    Tunnel(Site site) throws IOException {
        server = site.server();
        Ipv4Assignment addresses = site.fleet().first().assignment();
        device = ClientDevice.open(site);
        String client = addresses.local().toString();
        String gateway = addresses.peer().toString();
        atClient = channel(site.clientHost(), client, gateway);
        atServer = channel(site.serverHost(), gateway, client);
    }

    private static DatagramChannel channel(Namespace namespace, String from, String to)
            throws IOException {
        DatagramChannel channel = namespace.call(DatagramChannel::open);
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
        channel.bind(new InetSocketAddress(from, PORT));
        channel.connect(new InetSocketAddress(to, PORT));
        return channel;
    }

    /** What a packet from the client costs. */
    Contestant inward() {
        return direction(atClient, atServer);
    }

    /** What a packet to the client costs. */
    Contestant outward() {
        return direction(atServer, atClient);
    }

    private Contestant direction(DatagramChannel from, DatagramChannel to) {
        return new Contestant() {
            @Override
            public double measure() throws IOException {
                long before = server.workerNanos();
                int arrived = 0;
                for (int burst = 0; burst < BURSTS; burst++) {
                    arrived += burst(from, to);
                }
                return (double) (server.workerNanos() - before) / arrived;
            }

            @Override
            public void close() {
                // The tunnel stays for others.
            }
        };
    }

    private int burst(DatagramChannel from, DatagramChannel to) throws IOException {
        for (int packet = 0; packet < BURST; packet++) {
            from.write(datagram.clear().limit(PACKET_OCTETS - HEADERS_OCTETS));
        }
        long deadline = System.nanoTime() + LOST_NANOS;
        int arrived = 0;
        while (arrived < BURST) {
            if (to.read(datagram.clear()) > 0) {
                arrived++;
            } else if (System.nanoTime() - deadline > 0) {
                throw new IOException("only " + arrived + " of " + BURST + " packets arrived");
            } else {
                LockSupport.parkNanos(WAIT_NANOS);
            }
        }
        return arrived;
    }

    @Override
    public void close() throws IOException {
        atClient.close();
        atServer.close();
        device.close();
    }
}
