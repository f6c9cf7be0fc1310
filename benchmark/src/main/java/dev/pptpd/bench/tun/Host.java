package dev.pptpd.bench.tun;

import dev.pptpd.bench.linux.SegmentedDatagrams;
import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.lab.Namespace;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * A namespace with a TUN device and, beyond it, an address of nobody's. It sends datagrams there,
 * for somebody to read from the device, and takes those that come from the device.
 */
final class Host implements AutoCloseable {
    /** Of the device, which whoever is measured makes. */
    static final String DEVICE = "tun0";

    /** The namespace's own. */
    static final String ADDRESS = "10.75.0.1";

    /** Behind the device. */
    static final String BEYOND = "10.75.0.2";

    /** Where datagrams come and go. */
    static final int PORT = 9_000;

    /** Room in the device for more than is ever sent at a time. */
    private static final String QUEUE = "2000";

    private static final int BUFFER_BYTES = 1 << 20;
    private static final int LONGEST = 2_048;

    private final Namespace namespace = Namespace.create("tun");
    private final ByteBuffer datagram = ByteBuffer.allocateDirect(LONGEST);
    private final DatagramChannel channel;

    /** Without a device. */
    Host() throws IOException {
        // Else the kernel would send packets of its own into the device.
        namespace
                .command("sh", "-c", "echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6 || true")
                .expectSuccess();
        channel = namespace.call(DatagramChannel::open);
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
    }

    /** The same program, in here. */
    List<String> inside(List<String> words) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", namespace.name()));
        all.addAll(words);
        return all;
    }

    /** The device is there: gives it addresses. */
    void configure() throws IOException {
        namespace.ip("address", "add", ADDRESS, "peer", BEYOND, "dev", DEVICE);
        namespace.ip("link", "set", DEVICE, "txqueuelen", QUEUE, "up");
        channel.bind(new InetSocketAddress(ADDRESS, PORT));
        channel.connect(new InetSocketAddress(BEYOND, PORT));
    }

    /** Sends datagrams into the device. */
    void send(int packets, int octets) throws IOException {
        for (int packet = 0; packet < packets; packet++) {
            datagram.clear().limit(octets);
            if (channel.write(datagram) != octets) {
                throw new IOException("a datagram was not sent");
            }
        }
    }

    /** Sends as many, {@link SuperTun#RUN} by each call. */
    void sendTogether(int packets, int octets) throws IOException {
        try (SegmentedDatagrams datagrams =
                namespace.call(() -> new SegmentedDatagrams(beyond(), PORT, octets))) {
            for (int packet = 0; packet < packets; packet += SuperTun.RUN) {
                if (!datagrams.send(SuperTun.RUN * octets)) {
                    throw new IOException("datagrams were not sent");
                }
            }
        } catch (ErrnoException e) {
            throw new IOException(e);
        }
    }

    private static int beyond() {
        return Ipv4Address.parse(BEYOND).orElseThrow().value();
    }

    /**
     * Takes datagrams that came out of it.
     *
     * @throws IOException when there are not so many
     */
    void take(int packets) throws IOException {
        for (int packet = 0; packet < packets; packet++) {
            if (channel.read(datagram.clear()) <= 0) {
                throw new IOException("only " + packet + " of " + packets + " datagrams came");
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        namespace.close();
    }
}
