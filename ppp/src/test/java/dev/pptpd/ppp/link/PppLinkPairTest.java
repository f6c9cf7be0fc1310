package dev.pptpd.ppp.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.mppe.MppeStrength;
import dev.pptpd.ppp.auth.NtPasswordHash;
import dev.pptpd.ppp.ccp.MppeConfiguration;
import dev.pptpd.ppp.ccp.MppePolicy;
import dev.pptpd.ppp.frame.PppProtocol;
import dev.pptpd.ppp.ipcp.Ipv4Assignment;
import dev.pptpd.ppp.link.LinkEnd.Cause;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Our client against our server. */
final class PppLinkPairTest {
    private static final byte[] PING = HexFormat.of().parseHex("4500001c000100004001");
    private static final MppeConfiguration STRONG = require(MppeStrength.BITS_128);
    private static final int RUNS = 150;

    @ParameterizedTest
    @EnumSource(MppeStrength.class)
    void carriesDataBothWaysInEveryStrength(MppeStrength strength) {
        LinkPair pair = new LinkPair(1, require(strength), require(strength)).start();
        pair.settle(30);
        assertThat(pair.strength()).contains(strength);
        assertDataFlows(pair, 5_000);
    }

    @Test
    void carriesDataWithoutEncryption() {
        LinkPair pair = new LinkPair(1, MppeConfiguration.NONE, MppeConfiguration.NONE).start();
        pair.settle(30);
        assertThat(pair.strength()).isEmpty();
        assertDataFlows(pair, 10);
    }

    @Test
    void tellsTheClientItsAddressTheServersAndTheNameServer() {
        LinkPair pair = new LinkPair(1, STRONG, STRONG).start();
        pair.settle(30);
        Ipv4Assignment given = ScriptedPeer.ASSIGNMENT;
        Ipv4Assignment taken = pair.client.up().assignment();
        assertThat(taken.local()).isEqualTo(given.peer());
        assertThat(taken.peer()).isEqualTo(given.local());
        assertThat(taken.dns()).isEqualTo(given.dns());
        assertThat(taken.wins()).isEmpty();
        assertThat(pair.server.up().assignment()).isEqualTo(given);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 200000", "5, 30, 200000", "10, 10, 50000"})
    void comesUpOverAPathThatLosesDoublesAndReorders(int loss, int duplicates, int jitter) {
        for (int seed = 0; seed < RUNS; seed++) {
            LinkPair pair = new LinkPair(seed, require128And40(), require128And40()).start();
            pair.impair(loss, duplicates, jitter);
            pair.settle(120);
            assertThat(pair.client.isUp() && pair.server.isUp())
                    .as("seed %d: %s, %s", seed, pair.client.events, pair.server.events)
                    .isTrue();
            assertThat(pair.strength()).contains(MppeStrength.BITS_128);
            assertDataFlows(pair, 10);
            pair.close(seed % 2 == 0 ? pair.client : pair.server);
            pair.pass(120);
            assertThat(pair.client.isFinished() || pair.server.isFinished()).isTrue();
        }
    }

    /** Each row of the table: the sets that a client and a server accept. */
    @Test
    void agreesOnTheStrongestThatBothAcceptOrEnds() {
        for (Set<MppeStrength> ours : sets()) {
            for (Set<MppeStrength> theirs : sets()) {
                for (MppePolicy policy : List.of(MppePolicy.REQUIRE, MppePolicy.ALLOW)) {
                    assertAgreement(policy, ours, theirs);
                }
            }
        }
    }

    private static void assertAgreement(
            MppePolicy policy, Set<MppeStrength> ours, Set<MppeStrength> theirs) {
        LinkPair pair =
                new LinkPair(
                                7,
                                new MppeConfiguration(policy, ours),
                                new MppeConfiguration(policy, theirs))
                        .start();
        pair.settle(120);
        Set<MppeStrength> common = EnumSet.copyOf(ours);
        common.retainAll(theirs);
        Optional<MppeStrength> strongest = common.stream().max(MppeStrength::compareTo);
        if (strongest.isPresent()) {
            assertThat(pair.strength()).as("%s with %s", ours, theirs).isEqualTo(strongest);
            assertDataFlows(pair, 10);
        } else if (policy == MppePolicy.REQUIRE) {
            assertThat(pair.client.isFinished() && pair.server.isFinished()).isTrue();
            assertThat(pair.client.events.stream().anyMatch(LinkAction.NetworkUp.class::isInstance))
                    .isFalse();
            assertThat(
                            List.of(
                                    pair.client.link.end().orElseThrow().cause(),
                                    pair.server.link.end().orElseThrow().cause()))
                    .contains(Cause.ENCRYPTION_FAILED);
        } else {
            assertThat(pair.client.isUp()).as("%s with %s in clear", ours, theirs).isTrue();
            assertThat(pair.strength()).isEmpty();
            assertDataFlows(pair, 10);
        }
    }

    private static List<Set<MppeStrength>> sets() {
        MppeStrength b40 = MppeStrength.BITS_40;
        MppeStrength b56 = MppeStrength.BITS_56;
        MppeStrength b128 = MppeStrength.BITS_128;
        return List.of(
                Set.of(b40),
                Set.of(b56),
                Set.of(b128),
                Set.of(b40, b56),
                Set.of(b40, b128),
                Set.of(b56, b128),
                Set.of(b40, b56, b128));
    }

    @ParameterizedTest
    @CsvSource({
        "REQUIRE, ALLOW, BITS_128",
        "ALLOW, REQUIRE, BITS_128",
        "ALLOW, ALLOW, BITS_128",
        "ALLOW, DENY,",
        "DENY, ALLOW,",
        "DENY, DENY,"
    })
    void joinsPolicies(MppePolicy client, MppePolicy server, MppeStrength strength) {
        LinkPair pair = new LinkPair(3, with(client), with(server)).start();
        pair.settle(30);
        assertThat(pair.strength()).isEqualTo(Optional.ofNullable(strength));
        assertDataFlows(pair, 10);
    }

    @ParameterizedTest
    @CsvSource({"REQUIRE, DENY", "DENY, REQUIRE"})
    void endsWhereOneSideRequiresWhatTheOtherDenies(MppePolicy client, MppePolicy server) {
        LinkPair pair = new LinkPair(3, with(client), with(server)).start();
        pair.settle(120);
        LinkPair.End strict = client == MppePolicy.REQUIRE ? pair.client : pair.server;
        LinkPair.End other = strict == pair.client ? pair.server : pair.client;
        String detail =
                "MPPE is required and the peer rejects CCP: we want 01000040, the peer offers no"
                        + " MPPE";
        assertThat(strict.link.end().orElseThrow())
                .isEqualTo(new LinkEnd(Cause.ENCRYPTION_FAILED, detail));
        assertThat(other.link.end().orElseThrow())
                .isEqualTo(
                        new LinkEnd(
                                Cause.PEER_TERMINATED,
                                "peer says: "
                                        + detail
                                        + "; MPPE: we want 00000000, the peer offers 01000040"));
        assertThat(pair.carry(pair.client, PING)).isEmpty();
    }

    @Test
    void tellsTheUserThatThePasswordIsWrong() {
        LinkPair pair =
                new LinkPair(1, STRONG, STRONG, NtPasswordHash.ofPassword("wrong"), true).start();
        pair.settle(120);
        assertThat(pair.client.link.end().orElseThrow())
                .isEqualTo(
                        new LinkEnd(
                                Cause.AUTHENTICATION_FAILED,
                                "the server refuses the login: wrong user name or password"
                                        + " (error 691)"));
    }

    /** A false server: it cannot make the authenticator response without the password. */
    @Test
    void refusesAServerThatDoesNotProveItself() {
        LinkPair pair = new LinkPair(1, STRONG, STRONG);
        pair.towardsClient =
                frame -> {
                    if (LinkPair.protocol(frame) == PppProtocol.CHAP && frame[4] == 3) {
                        frame[20] = (byte) (frame[20] == 'A' ? 'B' : 'A');
                    }
                    return frame;
                };
        pair.start().settle(120);
        assertThat(pair.client.link.end().orElseThrow().cause()).isEqualTo(Cause.PEER_NOT_PROVEN);
        assertThat(pair.client.events).hasSize(1);
        assertThat(pair.server.link.end().orElseThrow().cause()).isEqualTo(Cause.PEER_TERMINATED);
        assertThat(pair.carry(pair.client, PING)).isEmpty();
    }

    /** Else whoever sits on the path could pass for the server by leaving the login out. */
    @ParameterizedTest
    @EnumSource(MppePolicy.class)
    void refusesAServerThatAsksForNoLogin(MppePolicy policy) {
        LinkPair pair =
                new LinkPair(1, with(policy), with(MppePolicy.ALLOW), ScriptedPeer.PASSWORD, false)
                        .start();
        pair.settle(30);
        assertThat(pair.client.link.end().orElseThrow())
                .isEqualTo(
                        new LinkEnd(
                                Cause.PEER_NOT_PROVEN,
                                "the server asks for no login and so proves nothing"));
        assertThat(pair.client.events).noneMatch(LinkAction.NetworkUp.class::isInstance);
        assertThat(pair.carry(pair.client, PING)).isEmpty();
    }

    @Test
    void bothNoticeAPeerThatIsGone() {
        LinkPair pair = new LinkPair(1, STRONG, STRONG).start();
        pair.settle(30);
        pair.pass(100);
        assertDataFlows(pair, 10);
        pair.impair(100, 0, 1);
        pair.pass(120);
        assertThat(pair.client.link.end().orElseThrow().cause()).isEqualTo(Cause.PEER_DEAD);
        assertThat(pair.server.link.end().orElseThrow().cause()).isEqualTo(Cause.PEER_DEAD);
    }

    private static void assertDataFlows(LinkPair pair, int packets) {
        for (int n = 0; n < packets; n++) {
            assertThat(pair.carry(pair.client, PING)).contains(PING);
            assertThat(pair.carry(pair.server, PING)).contains(PING);
        }
    }

    private static MppeConfiguration require(MppeStrength strength) {
        return new MppeConfiguration(MppePolicy.REQUIRE, Set.of(strength));
    }

    private static MppeConfiguration require128And40() {
        return new MppeConfiguration(
                MppePolicy.REQUIRE, Set.of(MppeStrength.BITS_128, MppeStrength.BITS_40));
    }

    private static MppeConfiguration with(MppePolicy policy) {
        return new MppeConfiguration(policy, Set.of(MppeStrength.BITS_128));
    }
}
