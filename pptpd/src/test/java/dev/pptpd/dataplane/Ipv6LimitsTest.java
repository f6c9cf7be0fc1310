package dev.pptpd.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.address.Ipv6Network;
import dev.pptpd.discovery.Ipv6Role;
import dev.pptpd.discovery.RouterAdvertisement;
import dev.pptpd.limit.OctetDirection;
import dev.pptpd.limit.RateLimits;
import dev.pptpd.limit.SessionLimits;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.ppp.ipv6cp.Ipv6Address;
import dev.pptpd.session.CloseReason.Kind;
import dev.pptpd.session.SessionTerms;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When sessions end that carry IPv6 and nothing else: the client rejects IPCP. */
final class Ipv6LimitsTest {
    private static final long NOW = TestDataPlane.NOW;
    private static final int NO_NEXT_HEADER = 59;

    private final TestDataPlane plane = new TestDataPlane();
    private long second;

    private TunnelPeer up(SessionLimits limits) {
        plane.terms =
                new SessionTerms(
                        Ipv4Address.ANY, 1400, true, true, null, null, limits, RateLimits.NONE);
        TunnelPeer peer = plane.upWithIpv6Alone(1);
        assertThat(plane.ipv6Ups).containsExactly(1);
        assertThat(plane.ups).as("with IPv4").isEmpty();
        return peer;
    }

    @Test
    void endsAnIdleSessionAndLeavesABusyOne() {
        TunnelPeer peer = up(new SessionLimits(60, 0, 0, OctetDirection.SUM, 1));
        expireUntil(59);
        peer.sayEncryptedIpv6(packet(60));
        plane.settle();
        assertThat(plane.device(1).written).containsExactly(packet(60));
        plane.device(1).toRead.add(packet(60));
        plane.sessions.transmit(1, NOW + seconds(59));
        expireUntil(118);
        assertThat(plane.ended).isEmpty();
        expireUntil(121);
        assertThat(plane.ended).containsEntry(1, Kind.IDLE);
    }

    /** One goes out every ten minutes: a session with a longer limit would never be idle. */
    @Test
    void ourOwnAdvertisementsKeepNoIdleSessionAlive() {
        Optional<Ipv6Network> prefix = Ipv6Network.parse("2001:db8:0:7::/64");
        plane.ipv6Role =
                new Ipv6Role.Router(
                        prefix,
                        Optional.of(new RouterAdvertisement(1_800, prefix, 1_400, List.of())));
        TunnelPeer peer = up(new SessionLimits(700, 0, 0, OctetDirection.SUM, 1));
        expireUntil(699);
        assertThat(peer.decrypted).as("advertisements").hasSize(4);
        assertThat(plane.ended).isEmpty();
        expireUntil(702);
        assertThat(plane.ended).containsEntry(1, Kind.IDLE);
    }

    @Test
    void endsASessionWhenItsTimeIsUp() {
        up(new SessionLimits(0, 3_600, 0, OctetDirection.SUM, 1));
        expireUntil(3_599);
        assertThat(plane.ended).isEmpty();
        expireUntil(3_602);
        assertThat(plane.ended).containsEntry(1, Kind.MAX_CONNECT);
    }

    @Test
    void endsASessionThatHasCarriedEnough() {
        TunnelPeer peer = up(new SessionLimits(0, 0, 1_000, OctetDirection.SUM, 1));
        for (int count = 0; count < 5; count++) {
            peer.sayEncryptedIpv6(packet(100));
            plane.device(1).toRead.add(packet(100));
        }
        plane.settle();
        plane.sessions.transmit(1, NOW);
        expireUntil(2);
        assertThat(plane.ended).as("1000 are not more than 1000").isEmpty();
        peer.sayEncryptedIpv6(packet(100));
        expireUntil(5);
        assertThat(plane.ended).containsEntry(1, Kind.MAX_OCTETS);
        assertThat(plane.endDetails)
                .containsEntry(1, "Traffic limit reached. Limit: 1000 Used: 1100");
    }

    /** From the link-local address of the client. */
    private static byte[] packet(int octets) {
        ByteBuffer packet = ByteBuffer.allocate(octets).putInt(0x60000000);
        packet.putShort((short) (octets - 40)).put((byte) NO_NEXT_HEADER).put((byte) 64);
        packet.putLong(Ipv6Address.LINK_LOCAL).putLong(TunnelPeer.IDENTIFIER);
        return packet.putLong(Ipv6Address.LINK_LOCAL).putLong(1).array();
    }

    /** Lets the clock go there in steps, as deadlines do. */
    private void expireUntil(long end) {
        for (; second <= end; second++) {
            plane.settle();
            plane.sessions.expire(NOW + seconds(second));
        }
    }

    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }
}
