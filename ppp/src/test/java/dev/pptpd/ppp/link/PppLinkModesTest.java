package dev.pptpd.ppp.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.mppe.MppeStrength;
import dev.pptpd.ppp.ccp.MppeConfiguration;
import dev.pptpd.ppp.ccp.MppeHistory;
import dev.pptpd.ppp.ccp.MppePolicy;
import dev.pptpd.ppp.frame.PppProtocol;
import dev.pptpd.ppp.link.LinkEnd.Cause;
import dev.pptpd.ppp.packet.Code;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our client against our server in every mode of MPPE and MPPC. */
final class PppLinkModesTest {
    private static final Set<MppeStrength> STRONG = Set.of(MppeStrength.BITS_128);
    private static final int PACKETS = 4_000;
    private static final String TEXT = "the bell tolls for thee, for whom the bell tolls, ";

    /** The two ends' wishes, and what comes of them. */
    @ParameterizedTest
    @CsvSource({
        "STATELESS, STATELESS, false, false, 128-stateless",
        "STATELESS, STATELESS_FIRST, false, false, 128-stateless",
        "STATELESS_FIRST, STATELESS_FIRST, false, false, 128-stateless",
        "STATEFUL, STATELESS_FIRST, false, false, 128-stateful",
        "STATELESS_FIRST, STATEFUL, false, false, 128-stateful",
        "STATEFUL, STATEFUL, false, false, 128-stateful",
        "STATELESS, STATELESS, true, false, 128-stateless",
        "STATELESS, STATELESS, true, true, 128-stateless+mppc",
        "STATEFUL, STATEFUL, true, true, 128-stateful+mppc",
        "STATELESS_FIRST, STATEFUL, true, true, 128-stateful+mppc",
        "STATEFUL, STATELESS_FIRST, false, true, 128-stateful"
    })
    void agreesOnAMode(
            MppeHistory client,
            MppeHistory server,
            boolean clientCompresses,
            boolean serverCompresses,
            String mode) {
        LinkPair pair =
                pair(
                        1,
                        configuration(MppePolicy.REQUIRE, client, clientCompresses),
                        configuration(MppePolicy.REQUIRE, server, serverCompresses));
        assertThat(pair.mode().orElseThrow()).hasToString(mode);
        assertDataFlows(pair);
    }

    @Test
    void endsWhereOneSideWantsAHistoryAndTheOtherNone() {
        LinkPair pair =
                pair(
                        1,
                        configuration(MppePolicy.REQUIRE, MppeHistory.STATEFUL, false),
                        configuration(MppePolicy.REQUIRE, MppeHistory.STATELESS, false));
        pair.pass(60);
        assertThat(pair.server.link.end().orElseThrow().cause())
                .isIn(Cause.ENCRYPTION_FAILED, Cause.PEER_TERMINATED);
        assertThat(pair.client.link.end().map(LinkEnd::detail))
                .hasValue(
                        "no agreement after 20 rounds: we want 00000040, the peer offers 01000040");
    }

    /** Without encryption, which one side denies. */
    @ParameterizedTest
    @CsvSource({
        "DENY, DENY, STATEFUL, none+mppc",
        "DENY, DENY, STATELESS, none+mppc",
        "ALLOW, DENY, STATELESS, none+mppc",
        "DENY, ALLOW, STATEFUL, none+mppc"
    })
    void compressesWithoutEncryption(
            MppePolicy client, MppePolicy server, MppeHistory history, String mode) {
        LinkPair pair =
                pair(1, configuration(client, history, true), configuration(server, history, true));
        assertThat(pair.mode().orElseThrow()).hasToString(mode);
        assertDataFlows(pair);
    }

    @ParameterizedTest
    @CsvSource({
        "PREFER, REQUIRE, true",
        "REQUIRE, PREFER, true",
        "PREFER, PREFER, true",
        "PREFER, ALLOW, true",
        "ALLOW, PREFER, true",
        "PREFER, DENY, false",
        "DENY, PREFER, false"
    })
    void prefersEncryptionAndGoesOnWithout(
            MppePolicy client, MppePolicy server, boolean encrypted) {
        LinkPair pair =
                pair(
                        1,
                        configuration(client, MppeHistory.STATELESS, false),
                        configuration(server, MppeHistory.STATELESS, false));
        assertThat(pair.mode().isPresent()).isEqualTo(encrypted);
        assertDataFlows(pair);
        LinkPair.End eager = client == MppePolicy.PREFER ? pair.client : pair.server;
        assertThat(eager.events.stream().anyMatch(LinkAction.Unencrypted.class::isInstance))
                .isEqualTo(!encrypted);
    }

    @Test
    void showsBothSidesBitsWhereEncryptionIsPreferredInVain() {
        LinkPair pair =
                pair(
                        1,
                        new MppeConfiguration(MppePolicy.PREFER, Set.of(MppeStrength.BITS_40)),
                        new MppeConfiguration(MppePolicy.ALLOW, STRONG));
        assertThat(pair.mode()).isEmpty();
        assertThat(pair.client.events)
                .contains(new LinkAction.Unencrypted("we want 01000020, the peer offers 01000040"));
        assertDataFlows(pair);
    }

    /** Also where both have lost their requests and answers on the way. */
    @ParameterizedTest
    @CsvSource({
        "REQUIRE, STATEFUL, false",
        "REQUIRE, STATEFUL, true",
        "REQUIRE, STATELESS, true",
        "DENY, STATEFUL, true",
        "DENY, STATELESS, true"
    })
    void recoversFromEveryLossAndMakesNoGarbage(
            MppePolicy policy, MppeHistory history, boolean compresses) {
        for (int seed = 0; seed < 6; seed++) {
            MppeConfiguration mppe = configuration(policy, history, compresses);
            LinkPair pair = pair(seed, mppe, mppe);
            Random random = new Random(seed);
            pair.impair(5, 0, 20_000);
            int arrived = 0;
            for (int sent = 0; sent < PACKETS; sent++) {
                LinkPair.End from = random.nextBoolean() ? pair.client : pair.server;
                byte[] packet = packet(random);
                if (random.nextInt(100) < 2) {
                    pair.lose(from, packet);
                } else {
                    Optional<byte[]> out = pair.carry(from, packet);
                    assertThat(out.isEmpty() || Arrays.equals(out.get(), packet))
                            .as("seed %d, packet %d is as it was", seed, sent)
                            .isTrue();
                    arrived += out.isPresent() ? 1 : 0;
                }
                pair.passMillis(2);
            }
            int least = history == MppeHistory.STATEFUL ? PACKETS * 6 / 10 : PACKETS * 97 / 100;
            assertThat(arrived).as("seed %d", seed).isGreaterThan(least);
            assertDataFlowsAgain(pair);
        }
    }

    @Test
    void asksForAResetAtOnceAndThenOnlyAfterAWhile() {
        MppeConfiguration mppe = configuration(MppePolicy.REQUIRE, MppeHistory.STATEFUL, false);
        LinkPair pair = pair(1, mppe, mppe);
        int[] requests = new int[1];
        pair.towardsClient =
                frame -> {
                    if (LinkPair.protocol(frame) == PppProtocol.CCP
                            && frame[4] == Code.RESET_REQUEST) {
                        requests[0]++;
                        // Lost, as far as the client is concerned.
                        frame[4] = Code.RESET_ACK;
                    }
                    return frame;
                };
        pair.lose(pair.client, packet(new Random(1)));
        for (int sent = 1; sent < 255; sent++) {
            assertThat(pair.carry(pair.client, packet(new Random(2)))).isEmpty();
            pair.passMillis(4);
        }
        assertThat(requests[0]).isEqualTo(4);
        assertThat(pair.carry(pair.client, packet(new Random(2))))
                .as("the flag packet, which is flushed in any case")
                .isPresent();
        assertThat(pair.carry(pair.server, packet(new Random(3)))).isPresent();
    }

    private static LinkPair pair(int seed, MppeConfiguration client, MppeConfiguration server) {
        LinkPair pair = new LinkPair(seed, client, server).start();
        pair.settle(60);
        return pair;
    }

    private static MppeConfiguration configuration(
            MppePolicy policy, MppeHistory history, boolean compresses) {
        return new MppeConfiguration(policy, STRONG, history, compresses);
    }

    private static void assertDataFlows(LinkPair pair) {
        Random random = new Random(9);
        for (int n = 0; n < 1_000; n++) {
            byte[] packet = packet(random);
            assertThat(pair.carry(pair.client, packet)).contains(packet);
            assertThat(pair.carry(pair.server, packet)).contains(packet);
        }
    }

    private static void assertDataFlowsAgain(LinkPair pair) {
        pair.impair(0, 0, 1_000);
        for (int tries = 0; tries < 5; tries++) {
            pair.carry(pair.client, packet(new Random(tries)));
            pair.carry(pair.server, packet(new Random(tries)));
            pair.passMillis(400);
        }
        assertDataFlows(pair);
    }

    /** Words or noise, behind an IPv4 header of the right length. */
    private static byte[] packet(Random random) {
        byte[] packet = new byte[20 + random.nextInt(1_300)];
        if (random.nextInt(3) == 0) {
            random.nextBytes(packet);
        } else {
            for (int at = 20; at < packet.length; at++) {
                packet[at] = (byte) TEXT.charAt((at + packet.length) % TEXT.length());
            }
        }
        packet[0] = 0x45;
        packet[2] = (byte) (packet.length >> 8);
        packet[3] = (byte) packet.length;
        packet[6] = 0;
        packet[7] = 0;
        packet[9] = 17;
        return packet;
    }
}
