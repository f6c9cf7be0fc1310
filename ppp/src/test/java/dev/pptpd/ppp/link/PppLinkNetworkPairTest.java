package dev.pptpd.ppp.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.mppe.MppeStrength;
import dev.pptpd.ppp.ccp.MppeConfiguration;
import dev.pptpd.ppp.ccp.MppePolicy;
import dev.pptpd.ppp.fsm.RestartTimer;
import dev.pptpd.ppp.ipv6cp.InterfaceIdentifier;
import dev.pptpd.ppp.ipv6cp.Ipv6Identifiers;
import dev.pptpd.ppp.ipv6cp.Ipv6cpConfiguration;
import dev.pptpd.ppp.vj.VjParameters;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our client against our server: IPv6, and TCP/IP headers compressed. */
final class PppLinkNetworkPairTest {
    private static final int RUNS = 100;
    private static final byte[] IPV6_PACKET =
            HexFormat.of().parseHex("6000000000003aff" + "00".repeat(32));
    private static final MppeConfiguration STRONG =
            new MppeConfiguration(MppePolicy.REQUIRE, Set.of(MppeStrength.BITS_128));
    private static final NetworkConfiguration IPV6 = ipv6(Ipv6cpConfiguration.DEFAULT);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void carriesIpv6BothWays(boolean encrypted) {
        LinkPair pair = new LinkPair(1, mppe(encrypted), IPV6, IPV6).start();
        pair.settle(30);
        pair.pass(1);
        assertIpv6Flows(pair);
    }

    @Test
    void findsTwoIdentifiersWhereBothHaveTheSame() {
        Ipv6cpConfiguration same =
                Ipv6cpConfiguration.DEFAULT.withLocal(new InterfaceIdentifier(1));
        LinkPair pair = new LinkPair(2, STRONG, ipv6(same), ipv6(same)).start();
        pair.settle(30);
        pair.pass(10);
        assertIpv6Flows(pair);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 200000", "5, 30, 200000", "10, 10, 50000"})
    void bringsIpv6UpOverAPathThatLosesDoublesAndReorders(int loss, int duplicates, int jitter) {
        for (int seed = 0; seed < RUNS; seed++) {
            LinkPair pair = new LinkPair(seed, STRONG, IPV6, IPV6).start();
            pair.impair(loss, duplicates, jitter);
            pair.settle(120);
            pair.pass(12);
            assertThat(pair.client.isUp() && pair.server.isUp())
                    .as("seed %d: %s, %s", seed, pair.client.events, pair.server.events)
                    .isTrue();
            assertIpv6Flows(pair);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void leavesIpv6OutWhereOneEndHasNone(boolean clientHasIt) {
        LinkPair pair =
                new LinkPair(
                                3,
                                STRONG,
                                clientHasIt ? IPV6 : NetworkConfiguration.IPV4_ONLY,
                                clientHasIt ? NetworkConfiguration.IPV4_ONLY : IPV6)
                        .start();
        pair.settle(30);
        pair.pass(60);
        assertThat(pair.client.isUp() && pair.server.isUp()).isTrue();
        assertThat(pair.carry(pair.client, IPV6_PACKET)).isEmpty();
        assertThat(pair.carry(pair.server, IPV6_PACKET)).isEmpty();
        assertThat(pair.carry(pair.client, tcp(1, 1))).contains(tcp(1, 1));
    }

    @ParameterizedTest
    @CsvSource({"true, 16, 16", "false, 16, 16", "true, 4, 16", "true, 16, 0", "true, 0, 4"})
    void carriesTcpWithHeadersCompressedWhereBothAgree(
            boolean encrypted, int clientSlots, int serverSlots) {
        LinkPair pair = new LinkPair(4, mppe(encrypted), vj(clientSlots), vj(serverSlots)).start();
        pair.settle(30);
        boolean compresses = clientSlots > 0 && serverSlots > 0;
        int octets = 0;
        for (int n = 0; n < 2_000; n++) {
            byte[] packet = tcp(n, 1 + 100 * n);
            assertThat(pair.carry(n % 2 == 0 ? pair.client : pair.server, packet)).contains(packet);
            octets += pair.carriedOctets;
        }
        assertThat(octets < 2_000 * 120).as("headers are short").isEqualTo(compresses);
    }

    @Test
    void tellsTheClientWhatTheServerDoesNotGive() {
        NetworkConfiguration both =
                new NetworkConfiguration(
                        Optional.of(new VjParameters(16, true)),
                        Optional.of(Ipv6cpConfiguration.DEFAULT),
                        RestartTimer.DEFAULT);
        LinkPair pair = new LinkPair(6, STRONG, both, NetworkConfiguration.IPV4_ONLY).start();
        pair.settle(60);
        assertThat(pair.client.events)
                .filteredOn(LinkAction.NotGiven.class::isInstance)
                .containsExactly(
                        new LinkAction.NotGiven("ipv6", "the peer rejects IPV6CP"),
                        new LinkAction.NotGiven(
                                "vj", "the server does not compress headers of TCP/IP"));
        assertThat(pair.server.events).noneMatch(LinkAction.NotGiven.class::isInstance);
    }

    @Test
    void tellsNothingWhereTheServerGivesEverything() {
        NetworkConfiguration both =
                new NetworkConfiguration(
                        Optional.of(new VjParameters(16, true)),
                        Optional.of(Ipv6cpConfiguration.DEFAULT),
                        RestartTimer.DEFAULT);
        LinkPair pair = new LinkPair(7, STRONG, both, both).start();
        pair.settle(60);
        assertThat(pair.client.events).noneMatch(LinkAction.NotGiven.class::isInstance);
    }

    @Test
    void mendsItselfWhenAFrameIsLost() {
        LinkPair pair = new LinkPair(5, STRONG, vj(16), vj(16)).start();
        pair.settle(30);
        assertThat(pair.carry(pair.client, tcp(1, 1))).contains(tcp(1, 1));
        assertThat(pair.carry(pair.client, tcp(2, 101))).contains(tcp(2, 101));
        pair.server.link.onLoss();
        assertThat(pair.carry(pair.client, tcp(3, 201))).isEmpty();
        assertThat(pair.carry(pair.client, tcp(4, 201))).as("repeated").contains(tcp(4, 201));
        assertThat(pair.carry(pair.client, tcp(5, 301))).contains(tcp(5, 301));
    }

    private static void assertIpv6Flows(LinkPair pair) {
        assertThat(pair.carry(pair.client, IPV6_PACKET)).contains(IPV6_PACKET);
        assertThat(pair.carry(pair.server, IPV6_PACKET)).contains(IPV6_PACKET);
        Ipv6Identifiers ours = identifiers(pair.client);
        assertThat(identifiers(pair.server).local()).isEqualTo(ours.peer());
        assertThat(identifiers(pair.server).peer()).isEqualTo(ours.local());
        assertThat(ours.local()).isNotEqualTo(ours.peer());
    }

    private static Ipv6Identifiers identifiers(LinkPair.End end) {
        return end.events.stream()
                .filter(LinkAction.Ipv6Up.class::isInstance)
                .map(event -> ((LinkAction.Ipv6Up) event).identifiers())
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private static MppeConfiguration mppe(boolean encrypted) {
        return encrypted ? STRONG : MppeConfiguration.NONE;
    }

    private static NetworkConfiguration ipv6(Ipv6cpConfiguration configuration) {
        return new NetworkConfiguration(
                Optional.empty(), Optional.of(configuration), RestartTimer.DEFAULT);
    }

    private static NetworkConfiguration vj(int slots) {
        return new NetworkConfiguration(
                slots == 0 ? Optional.empty() : Optional.of(new VjParameters(slots, true)),
                Optional.empty(),
                RestartTimer.DEFAULT);
    }

    /** 100 octets of data of one TCP connection. */
    private static byte[] tcp(int identification, int sequence) {
        ByteBuffer packet = ByteBuffer.allocate(140);
        packet.putShort((short) 0x4500).putShort((short) 140);
        packet.putShort((short) identification).putShort((short) 0x4000);
        packet.put((byte) 64).put((byte) 6).putShort((short) 0);
        packet.putInt(0x0a000005).putInt(0x0a000001);
        packet.putShort((short) 1025).putShort((short) 80).putInt(sequence).putInt(1);
        packet.put((byte) 0x50).put((byte) 0x10).putShort((short) 4096);
        int sum = 0;
        for (int at = 0; at < 20; at += 2) {
            sum += packet.getShort(at) & 0xFFFF;
        }
        packet.putShort(10, (short) ~((sum & 0xFFFF) + (sum >>> 16)));
        return packet.array();
    }
}
