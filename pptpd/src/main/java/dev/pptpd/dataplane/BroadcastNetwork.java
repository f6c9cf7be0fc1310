package dev.pptpd.dataplane;

import dev.pptpd.gre.linux.Epoll;
import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.linux.PacketSocket;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.net.Inet4Address;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The network that broadcasts are relayed to and from, by the name of its device: the device may go
 * and come back, and change its addresses. One thread, but for {@link #directed}.
 */
final class BroadcastNetwork implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BroadcastNetwork.class);
    private static final long TOKEN = -2;
    private static final int NO_DEVICE = 0;

    /** A network of two or of one has no broadcast address. */
    private static final int LONGEST_PREFIX = 30;

    private final String device;
    private final Epoll epoll;
    private @Nullable PacketSocket socket;
    private int index = NO_DEVICE;
    private volatile int[] directed = {};
    private long lost;

    BroadcastNetwork(String device, Epoll epoll) {
        this.device = device;
        this.epoll = epoll;
    }

    /** The broadcast addresses of the network, as 32 bits. For any thread; not to be changed. */
    int[] directed() {
        return directed;
    }

    /** Looks whether the device is the one that it was, and what addresses it has. */
    void look() {
        Optional<NetworkInterface> found = find();
        int foundIndex = found.map(NetworkInterface::getIndex).orElse(NO_DEVICE);
        if (foundIndex != index || socket == null) {
            leave();
            index = foundIndex;
            if (foundIndex != NO_DEVICE) {
                join();
            }
        }
        directed = found.map(BroadcastNetwork::addresses).orElseGet(() -> new int[0]);
    }

    private Optional<NetworkInterface> find() {
        try {
            return Optional.ofNullable(NetworkInterface.getByName(device))
                    .filter(BroadcastNetwork::isUp);
        } catch (SocketException e) {
            return Optional.empty();
        }
    }

    private static boolean isUp(NetworkInterface network) {
        try {
            return network.isUp();
        } catch (SocketException e) {
            return false;
        }
    }

    private static int[] addresses(NetworkInterface network) {
        return network.getInterfaceAddresses().stream()
                .filter(address -> address.getAddress() instanceof Inet4Address)
                .filter(address -> address.getNetworkPrefixLength() <= LONGEST_PREFIX)
                .mapToInt(BroadcastNetwork::broadcast)
                .toArray();
    }

    /** As the kernel has it, also where nobody configured one with the address. */
    private static int broadcast(InterfaceAddress address) {
        int own = Ipv4Address.of(address.getAddress().getAddress()).value();
        return own | (-1 >>> address.getNetworkPrefixLength());
    }

    private void join() {
        try {
            PacketSocket opened = PacketSocket.open(device);
            epoll.add(opened.fd(), TOKEN);
            socket = opened;
            LOG.info("event=broadcast-relay interface={}", device);
        } catch (ErrnoException e) {
            LOG.warn(
                    "event=broadcast-relay-waits interface={} detail=\"{}\"",
                    device,
                    e.getMessage());
        }
    }

    private void leave() {
        PacketSocket open = socket;
        if (open != null) {
            // Closing takes it out of the epoll set as well.
            open.close();
            socket = null;
            LOG.warn(
                    "event=broadcast-relay-waits interface={} detail=\"it is down or gone\"",
                    device);
        }
    }

    /** Takes one packet; 0 when there is none, negative when the device went. */
    int receive(ByteBuffer packet) {
        PacketSocket open = socket;
        if (open == null) {
            return 0;
        }
        int octets = open.receive(packet);
        if (octets < 0) {
            leave();
        }
        return octets;
    }

    /** Sends one packet; what the device does not take is lost. */
    void send(ByteBuffer packet, int destination) {
        PacketSocket open = socket;
        if (open == null || open.send(packet, destination) < 0) {
            lost++;
        }
    }

    /** Packets that the network did not take. */
    long lost() {
        return lost;
    }

    @Override
    public void close() {
        PacketSocket open = socket;
        if (open != null) {
            open.close();
            socket = null;
        }
    }
}
