package dev.pptpd.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.pptpd.address.Ipv4Network;
import dev.pptpd.broadcast.BroadcastBudget;
import dev.pptpd.dhcp.DhcpDesk;
import dev.pptpd.dhcp.DhcpPacket;
import dev.pptpd.dhcp.DhcpTerms;
import dev.pptpd.dhcp.WindowsInform;
import dev.pptpd.gre.linux.SendBatch;
import dev.pptpd.inner.InnerPackets;
import dev.pptpd.inner.UdpPacket;
import dev.pptpd.limit.OctetDirection;
import dev.pptpd.limit.RateLimits;
import dev.pptpd.limit.SessionLimits;
import dev.pptpd.mppe.ReferenceMppeEngine;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.session.CloseReason.Kind;
import dev.pptpd.session.SessionTerms;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What sessions do about their packets besides carrying them, and when they end by themselves. */
final class InnerDeskTest {
    private static final long NOW = TestDataPlane.NOW;
    private static final int MTU = 1400;
    private static final Ipv4Address SERVER = Ipv4Address.parse("10.99.0.1").orElseThrow();
    private static final Ipv4Address CLIENT = Ipv4Address.parse("10.99.0.2").orElseThrow();
    private static final DhcpTerms DHCP =
            new DhcpTerms(
                    SERVER,
                    List.of(SERVER),
                    List.of(),
                    "example.com",
                    List.of(Ipv4Network.parse("10.1.0.0/16").orElseThrow()));

    private final TestDataPlane plane = new TestDataPlane();

    private TunnelPeer up(SessionTerms terms) {
        plane.terms = terms;
        return plane.up(1);
    }

    private static SessionTerms terms(SessionLimits limits) {
        return new SessionTerms(CLIENT, MTU, true, true, DHCP, null, limits, RateLimits.NONE);
    }

    private static byte[] syn(int source, int destination) {
        ByteBuffer packet = InnerPackets.syn4("020405B4");
        return InnerPackets.sealed4(packet.putInt(12, source).putInt(16, destination)).array();
    }

    @Test
    void clampsConnectionsInBothDirections() {
        TunnelPeer peer = up(terms(SessionLimits.NONE));
        peer.sayEncrypted(syn(CLIENT.value(), SERVER.value()));
        plane.device(1).toRead.add(syn(SERVER.value(), CLIENT.value()));
        transmit();
        plane.settle();
        for (byte[] passed :
                List.of(plane.device(1).written.getFirst(), peer.decrypted.getFirst())) {
            ByteBuffer packet = ByteBuffer.wrap(passed);
            assertThat(packet.getShort(42)).isEqualTo((short) (MTU - 40));
            assertThat(InnerPackets.checksum4(packet)).isZero();
        }
    }

    @Test
    void leavesConnectionsAloneWhereToldSo() {
        TunnelPeer peer = up(SessionTerms.NONE);
        byte[] syn = syn(CLIENT.value(), SERVER.value());
        peer.sayEncrypted(syn);
        plane.settle();
        assertThat(plane.device(1).written).containsExactly(syn);
    }

    @Test
    void answersWindowsThroughTheTunnelAndNotTheHost() {
        TunnelPeer peer = up(terms(SessionLimits.NONE));
        peer.sayEncrypted(WindowsInform.packet(CLIENT));
        plane.settle();
        assertThat(plane.device(1).written).isEmpty();
        assertThat(peer.decrypted).hasSize(1);
        ByteBuffer answer = ByteBuffer.wrap(peer.decrypted.getFirst());
        assertThat(UdpPacket.isWhole(answer)).isTrue();
        assertThat(UdpPacket.destination(answer)).isEqualTo(CLIENT.value());
        assertThat(UdpPacket.payload(answer).getInt(4)).isEqualTo(WindowsInform.TRANSACTION);
        assertThat(plane.sessions.counters().dhcpAnswers()).isOne();
    }

    @Test
    void asksTheFarEndForItsNetworksAndKeepsTheAnswerFromTheHost() {
        TunnelPeer peer =
                up(
                        new SessionTerms(
                                SERVER,
                                MTU,
                                true,
                                false,
                                null,
                                new SessionTerms.Inquiry(SERVER, 7),
                                SessionLimits.NONE,
                                RateLimits.NONE));
        plane.sessions.expire(NOW);
        plane.settle();
        assertThat(peer.decrypted).hasSize(1);
        ByteBuffer question = ByteBuffer.wrap(peer.decrypted.getFirst());
        ByteBuffer answer = ByteBuffer.allocate(DhcpPacket.MAX_OCTETS);
        DhcpTerms terms = new DhcpTerms(CLIENT, List.of(), List.of(), "", DHCP.routes());
        assertThat(DhcpDesk.answer(question, terms, answer)).isTrue();
        peer.sayEncrypted(InnerPackets.octets(answer));
        plane.settle();
        assertThat(plane.routesTold).containsExactly(DHCP.routes());
        assertThat(plane.device(1).written).isEmpty();
    }

    /** 200 kbit/s down are a burst of 15,000 octets, 667 kbit/s up are one of 25,000. */
    @Test
    void dropsWhatIsFasterThanTheUserMayBe() {
        TunnelPeer peer = up(limited(new RateLimits(200, 667)));
        exchangeFiftyPackets(peer);
        assertThat(plane.device(1).written).hasSize(25);
        assertThat(peer.decrypted).hasSize(15);
        assertThat(plane.sessions.counters().rateLimitedPackets()).isEqualTo(60);
    }

    /** Else who logs in on one link again and again would have a burst each time. */
    @Test
    void givesNoFurtherBurstToAUserWhoLogsInOnceMore() {
        TunnelPeer peer = up(limited(new RateLimits(200, 667)));
        exchangeFiftyPackets(peer);
        plane.sessions.run(1, (session, now) -> session.agree(plane.terms, now), NOW);
        exchangeFiftyPackets(peer);
        assertThat(plane.device(1).written).hasSize(25);
        assertThat(peer.decrypted).hasSize(15);
    }

    private static SessionTerms limited(RateLimits rates) {
        return new SessionTerms(CLIENT, MTU, true, true, null, null, SessionLimits.NONE, rates);
    }

    private void exchangeFiftyPackets(TunnelPeer peer) {
        for (int count = 0; count < 50; count++) {
            peer.sayEncrypted(TestDataPlane.packet(1, 1_000));
            plane.device(1).toRead.add(TestDataPlane.packet(1, 1_000));
        }
        transmit();
        plane.settle();
    }

    @Test
    void leavesDhcpToTheHostWhereToldSo() {
        TunnelPeer peer = up(SessionTerms.NONE);
        peer.sayEncrypted(WindowsInform.packet(CLIENT));
        plane.settle();
        assertThat(plane.device(1).written).hasSize(1);
        assertThat(peer.decrypted).isEmpty();
    }

    @Test
    void answersAFloodOfQuestionsAFewTimesAndDropsTheRest() {
        TunnelPeer peer = up(terms(SessionLimits.NONE));
        for (int count = 0; count < 100; count++) {
            peer.sayEncrypted(WindowsInform.packet(CLIENT));
        }
        plane.settle();
        assertThat(peer.decrypted).hasSize(8);
        assertThat(plane.device(1).written).isEmpty();
    }

    @Test
    void answersNobodyWithAnothersAddress() {
        TunnelPeer peer = up(terms(SessionLimits.NONE));
        peer.sayEncrypted(WindowsInform.packet(SERVER));
        plane.settle();
        assertThat(peer.decrypted).isEmpty();
        assertThat(plane.sessions.counters().refusedInnerPackets()).isOne();
    }

    @Test
    void endsSearchesForNeighboursAndCountsThem() {
        TunnelPeer peer = up(terms(SessionLimits.NONE));
        peer.sayEncrypted(InnerPackets.udp(CLIENT.value(), 137, -1, 137, new byte[50]).array());
        peer.sayEncrypted(
                InnerPackets.udp(CLIENT.value(), 5000, 0xEFFFFFFA, 1900, new byte[50]).array());
        plane.settle();
        assertThat(plane.device(1).written).isEmpty();
        assertThat(plane.sessions.counters().neighbourSearches()).isEqualTo(2);
    }

    @Test
    void relaysBroadcastsWhereToldSoAndLetsTheHostHearThem() {
        plane.relaysBroadcasts = true;
        TunnelPeer peer = up(terms(SessionLimits.NONE));
        byte[] search = InnerPackets.udp(CLIENT.value(), 137, -1, 137, new byte[50]).array();
        peer.sayEncrypted(search);
        peer.sayEncrypted(WindowsInform.packet(CLIENT));
        plane.settle();
        assertThat(plane.device(1).written).containsExactly(search);
        assertThat(plane.broadcasts).hasSize(1);
        assertThat(plane.broadcasts.getFirst().callId()).isEqualTo(1);
        assertThat(plane.broadcasts.getFirst().packet()).isEqualTo(search);
        assertThat(plane.sessions.counters().relayedBroadcasts()).isOne();
        assertThat(plane.sessions.counters().neighbourSearches()).isZero();
    }

    @Test
    void relaysSoManyBroadcastsOfOneClientAndNoMore() {
        plane.relaysBroadcasts = true;
        TunnelPeer peer = up(terms(SessionLimits.NONE));
        for (int count = 0; count < 100; count++) {
            peer.sayEncrypted(InnerPackets.udp(CLIENT.value(), 137, -1, 137, new byte[50]).array());
        }
        plane.settle();
        assertThat(plane.broadcasts).hasSize(BroadcastBudget.CLIENT_PER_SECOND);
        assertThat(plane.sessions.counters().refusedBroadcasts())
                .isEqualTo(100 - BroadcastBudget.CLIENT_PER_SECOND);
    }

    @Test
    void spreadsABroadcastToEveryClientButItsSender() {
        plane.terms = terms(SessionLimits.NONE);
        List<TunnelPeer> peers = List.of(plane.up(1), plane.up(2), plane.up(3));
        byte[] search = InnerPackets.udp(SERVER.value(), 137, -1, 137, new byte[50]).array();
        plane.sessions.spread(search, 2, NOW);
        plane.sessions.spread(new byte[MTU + 1], -1, NOW);
        plane.settle();
        assertThat(peers.get(0).decrypted).containsExactly(search);
        assertThat(peers.get(1).decrypted).isEmpty();
        assertThat(peers.get(2).decrypted).containsExactly(search);
    }

    @Test
    void broadcastsOfOthersKeepNoIdleSessionAlive() {
        up(terms(new SessionLimits(60, 0, 0, OctetDirection.SUM, 1)));
        byte[] search = InnerPackets.udp(SERVER.value(), 137, -1, 137, new byte[50]).array();
        plane.sessions.spread(search, -1, NOW + seconds(59));
        plane.sessions.expire(NOW + seconds(60));
        expireAfter(seconds(61));
        assertThat(plane.ended).containsEntry(1, Kind.IDLE);
    }

    @Test
    void tellsWhoSendsMoreThanTheClientTakes() {
        TunnelPeer peer = up(terms(SessionLimits.NONE));
        byte[] large =
                InnerPackets.udp(SERVER.value(), 1, CLIENT.value(), 2, new byte[1600])
                        .putShort(6, (short) 0x4000)
                        .array();
        plane.device(1).toRead.add(large);
        transmit();
        assertThat(peer.decrypted).isEmpty();
        ByteBuffer answer = ByteBuffer.wrap(plane.device(1).written.getFirst());
        assertThat(answer.getInt(12)).as("no address of this host").isEqualTo(CLIENT.value());
        assertThat(answer.getInt(16)).isEqualTo(SERVER.value());
        assertThat(answer.getShort(20)).isEqualTo((short) 0x0304);
        assertThat(answer.getShort(26)).isEqualTo((short) 1500);
        assertThat(plane.sessions.counters().tooBigPackets()).isOne();
    }

    @Test
    void endsAnIdleSessionAndLeavesABusyOne() {
        SessionLimits idle = new SessionLimits(60, 0, 0, OctetDirection.SUM, 1);
        TunnelPeer peer = up(terms(idle));
        plane.sessions.expire(NOW + seconds(59));
        assertThat(plane.ended).isEmpty();
        plane.device(1).toRead.add(TestDataPlane.packet(1, 60));
        plane.sessions.transmit(1, NOW + seconds(59));
        plane.sessions.expire(NOW + seconds(60));
        expireAfter(seconds(118));
        assertThat(plane.ended).isEmpty();
        peer.say(TunnelPeer.LCP, 9, "00000000");
        expireAfter(seconds(121));
        assertThat(plane.ended).as("an echo is no traffic").containsEntry(1, Kind.IDLE);
        assertThat(plane.endDetails)
                .containsEntry(1, "Terminating connection due to lack of activity.");
    }

    @Test
    void endsASessionThatHasCarriedEnough() {
        SessionLimits limits = new SessionLimits(0, 0, 1_000, OctetDirection.OUT, 1);
        up(terms(limits));
        for (int count = 0; count < 11; count++) {
            plane.device(1).toRead.add(TestDataPlane.packet(1, 100));
        }
        transmit();
        expireAfter(seconds(3));
        assertThat(plane.ended).containsEntry(1, Kind.MAX_OCTETS);
        assertThat(plane.endDetails)
                .containsEntry(1, "Traffic limit reached. Limit: 1000 Used: 1100");
    }

    @Test
    void endsASessionWhenItsTimeIsUp() {
        up(terms(new SessionLimits(0, 3_600, 0, OctetDirection.SUM, 1)));
        expireAfter(seconds(3_599));
        assertThat(plane.ended).isEmpty();
        expireAfter(seconds(3_602));
        assertThat(plane.ended).containsEntry(1, Kind.MAX_CONNECT);
        assertThat(plane.endDetails).containsEntry(1, "Connect time expired");
    }

    @Test
    void allocatesNothingForPacketsThatOnlyPass() {
        up(terms(SessionLimits.NONE));
        InnerDesk desk =
                new InnerDesk(
                        new OutgoingBatch(
                                SendBatch::clear, new ReferenceMppeEngine(), plane.sessions),
                        BroadcastInlet.CLOSED);
        plane.sessions.run(
                1,
                (session, now) -> {
                    ByteBuffer syn = ByteBuffer.wrap(syn(CLIENT.value(), SERVER.value()));
                    ByteBuffer data = ByteBuffer.wrap(TestDataPlane.packet(1, 1400));
                    InnerDesk.Sender nobody = (ended, packet, then) -> {};
                    Runnable packets =
                            () -> {
                                for (int count = 0; count < 10_000; count++) {
                                    desk.takesIn(
                                            session, syn.putShort(42, (short) 1460), nobody, 0);
                                    desk.takesIn(session, data, nobody, 0);
                                    desk.takesOut(session, data);
                                }
                            };
                    packets.run();
                    long before = allocated();
                    packets.run();
                    assertThat(allocated() - before).isLessThan(10_000);
                },
                NOW);
    }

    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getThreadAllocatedBytes(Thread.currentThread().threadId());
    }

    private void transmit() {
        plane.sessions.transmit(1, NOW);
        plane.sessions.flush(NOW);
    }

    /** Lets the clock go there in steps, as deadlines do. */
    private void expireAfter(long nanos) {
        for (long step = 0; step <= nanos; step += seconds(1)) {
            plane.settle();
            plane.sessions.expire(NOW + step);
        }
    }

    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }
}
