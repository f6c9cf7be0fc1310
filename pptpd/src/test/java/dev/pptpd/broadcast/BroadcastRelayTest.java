package dev.pptpd.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.inner.InnerPackets;
import dev.pptpd.inner.UdpPacket;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What passes between a network and the tunnels, and what does not. */
final class BroadcastRelayTest {
    private static final long NOW = Long.MAX_VALUE - 1_000;
    private static final int PER_SECOND = 10;
    private static final int HOST = address("10.78.0.66");
    private static final int[] DIRECTED = {address("10.78.0.255")};

    private final BroadcastRelay relay = new BroadcastRelay(PER_SECOND);

    @ParameterizedTest
    @CsvSource({
        "10.78.0.66,   255.255.255.255,  137, RELAY, NetBIOS names",
        "10.78.0.66,   10.78.0.255,      138, RELAY, NetBIOS datagrams to the network",
        "10.78.0.66,   239.255.255.250, 1900, RELAY, SSDP",
        "10.78.0.66,   255.255.255.255, 6112, RELAY, a game",
        "10.78.0.66,   10.99.0.255,      137, OTHER, another network's broadcast address",
        "10.78.0.66,   10.78.0.1,        137, OTHER, one host",
        "10.78.0.66,   255.255.255.255,   67, OTHER, DHCP to servers",
        "10.78.0.66,   255.255.255.255,   68, OTHER, DHCP to clients",
        "10.78.0.66,   239.255.255.250,  137, OTHER, no SSDP",
        "10.78.0.66,   224.0.0.251,     5353, OTHER, mDNS is for one network",
        "10.78.0.66,   224.0.0.252,     5355, OTHER, so is LLMNR",
        "0.0.0.0,      255.255.255.255,  137, OTHER, nobody could answer",
        "127.0.0.1,    255.255.255.255,  137, OTHER, from inside a host",
        "239.1.2.3,    255.255.255.255,  137, OTHER, from a group",
        "255.255.255.255, 255.255.255.255, 137, OTHER, from everybody",
    })
    void knowsWhatPasses(
            String source, String destination, int port, BroadcastVerdict verdict, String what) {
        ByteBuffer packet =
                InnerPackets.udp(address(source), port, address(destination), port, new byte[30]);
        assertThat(Broadcast.matches(packet, DIRECTED))
                .as(what)
                .isEqualTo(verdict == BroadcastVerdict.RELAY);
        assertThat(relay.fromNetwork(packet, DIRECTED, NOW)).as(what).isEqualTo(verdict);
    }

    @Test
    void readdressesForTheTunnelsAndKeepsTheSender() {
        ByteBuffer packet = withChecksum(broadcast(DIRECTED[0], 1)).putShort(26, (short) 0x1234);
        assertThat(relay.fromNetwork(packet, DIRECTED, NOW)).isEqualTo(BroadcastVerdict.RELAY);
        assertThat(UdpPacket.source(packet)).isEqualTo(HOST);
        assertThat(UdpPacket.destination(packet)).isEqualTo(-1);
        assertThat(UdpPacket.hops(packet)).isEqualTo(63);
        assertThat(InnerPackets.checksum4(packet)).as("summed up anew").isZero();
        assertThat(InnerPackets.headerChecksum4(packet)).isZero();
    }

    @Test
    void readdressesForTheNetworkItsOwnWay() {
        ByteBuffer packet = withChecksum(broadcast(-1, 1));
        assertThat(relay.fromTunnel(packet, NOW)).isEqualTo(BroadcastVerdict.RELAY);
        BroadcastRelay.towardsNetwork(packet, DIRECTED);
        assertThat(UdpPacket.destination(packet)).isEqualTo(DIRECTED[0]);
        assertThat(UdpPacket.hops(packet)).isEqualTo(63);
        assertThat(InnerPackets.checksum4(packet)).isZero();
        BroadcastRelay.towardsNetwork(packet, new int[0]);
        assertThat(UdpPacket.destination(packet)).isEqualTo(-1);
    }

    @Test
    void leavesTheGroupOfSsdpAndItsLastHop() {
        ByteBuffer packet = InnerPackets.udp(HOST, 5_000, 0xEFFFFFFA, 1_900, new byte[9]);
        UdpPacket.hops(packet, 1);
        assertThat(relay.fromTunnel(packet, NOW)).isEqualTo(BroadcastVerdict.RELAY);
        BroadcastRelay.towardsNetwork(packet, DIRECTED);
        assertThat(UdpPacket.destination(packet)).isEqualTo(0xEFFFFFFA);
        assertThat(UdpPacket.hops(packet)).isOne();
        assertThat(packet.getShort(26)).as("no checksum").isZero();
    }

    @Test
    void endsWhatGoesInCirclesHoweverItsAddressesChanged() {
        ByteBuffer first = broadcast(-1, 1);
        assertThat(relay.fromTunnel(first, NOW)).isEqualTo(BroadcastVerdict.RELAY);
        ByteBuffer again = broadcast(DIRECTED[0], 1);
        UdpPacket.hops(again, 17);
        assertThat(relay.fromNetwork(again, DIRECTED, NOW + 1_000))
                .isEqualTo(BroadcastVerdict.REPEATED);
        assertThat(relay.fromNetwork(broadcast(-1, 2), DIRECTED, NOW))
                .as("another identification")
                .isEqualTo(BroadcastVerdict.RELAY);
        assertThat(relay.fromTunnel(broadcast(-1, 1), NOW + RecentPackets.WINDOW_NANOS))
                .as("a sender that repeats itself")
                .isEqualTo(BroadcastVerdict.RELAY);
        assertThat(relay.counters()).isEqualTo(new BroadcastCounters(1, 2, 1, 0));
    }

    @Test
    void limitsEachDirectionByItself() {
        for (int count = 0; count < 100; count++) {
            relay.fromNetwork(broadcast(-1, count), DIRECTED, NOW);
        }
        assertThat(relay.fromTunnel(broadcast(-1, 1_000), NOW)).isEqualTo(BroadcastVerdict.RELAY);
        assertThat(relay.counters())
                .isEqualTo(new BroadcastCounters(PER_SECOND, 1, 0, 100 - PER_SECOND));
        long later = NOW + TimeUnit.SECONDS.toNanos(1);
        assertThat(relay.fromNetwork(broadcast(-1, 2_000), DIRECTED, later))
                .isEqualTo(BroadcastVerdict.RELAY);
    }

    @Test
    void cutsOffWhatTheNetworkFilledUp() {
        ByteBuffer padded = ByteBuffer.allocate(60).put(broadcast(-1, 1)).clear();
        assertThat(relay.fromNetwork(padded, DIRECTED, NOW)).isEqualTo(BroadcastVerdict.RELAY);
        assertThat(padded.limit()).isEqualTo(28 + 6);
    }

    @Test
    void leavesFragmentsAndHalvesAlone() {
        ByteBuffer fragment = broadcast(-1, 1).putShort(6, (short) 0x2000);
        assertThat(relay.fromNetwork(fragment, DIRECTED, NOW)).isEqualTo(BroadcastVerdict.OTHER);
        for (int octets = 0; octets < 34; octets++) {
            ByteBuffer cut = broadcast(-1, 1).limit(octets);
            assertThat(relay.fromNetwork(cut, DIRECTED, NOW)).isEqualTo(BroadcastVerdict.OTHER);
        }
    }

    /** Whatever comes from the network is a verdict and never an exception. */
    @Test
    void survivesNoise() {
        Random random = new Random(4711);
        for (int round = 0; round < 200_000; round++) {
            byte[] octets = new byte[random.nextInt(80)];
            random.nextBytes(octets);
            ByteBuffer packet = ByteBuffer.wrap(octets);
            if (octets.length > 28 && random.nextInt(4) > 0) {
                packet.put(0, (byte) (0x45 + random.nextInt(3))).put(9, (byte) 17);
                packet.putShort(2, (short) (octets.length - random.nextInt(3))).putInt(16, -1);
                packet.putShort(6, (short) 0).putShort(24, (short) random.nextInt(60));
            }
            long nowNanos = NOW + TimeUnit.SECONDS.toNanos(round);
            if (relay.fromNetwork(packet, DIRECTED, nowNanos) == BroadcastVerdict.RELAY) {
                assertThat(InnerPackets.headerChecksum4(packet)).isZero();
            }
        }
        assertThat(relay.counters().fromNetwork()).isPositive();
    }

    private static ByteBuffer broadcast(int destination, int identification) {
        return InnerPackets.udp(HOST, 137, destination, 137, new byte[6])
                .putShort(4, (short) identification);
    }

    private static ByteBuffer withChecksum(ByteBuffer packet) {
        packet.putShort(26, InnerPackets.checksum4(packet));
        return packet;
    }

    private static int address(String text) {
        return Ipv4Address.parse(text).orElseThrow().value();
    }
}
