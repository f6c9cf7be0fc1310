package dev.pptpd.ppp.link;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.ppp.auth.AuthenticationRequest;
import dev.pptpd.ppp.ccp.MppePolicy;
import dev.pptpd.ppp.frame.PppProtocol;
import dev.pptpd.ppp.link.LinkEnd.Cause;
import dev.pptpd.ppp.packet.Code;
import dev.pptpd.ppp.packet.ControlPacket;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that leave the path: the rows of the list of attacks that concern a link. */
final class PppLinkAttackTest {
    private static final int LCP = PppProtocol.LCP;
    private static final int CHAP = PppProtocol.CHAP;
    private static final int CCP = PppProtocol.CCP;
    private static final int IPCP = PppProtocol.IPCP;
    private static final byte[] PING = HexFormat.of().parseHex("4500001c000100004001");

    /** With a total length that is true. */
    private static final byte[] WHOLE =
            HexFormat.of().parseHex("45000014000100004001000000000000000000ff");

    private static final String LCP_OPTIONS = "1:0578 5:31d67a6e 7 8";

    private final ScriptedPeer peer = new ScriptedPeer(MppePolicy.REQUIRE);

    /** A20. */
    @Test
    void endsAfter16PacketsThatBreakTheRulesOfMppe() {
        peer.comeUp();
        for (int n = 1; n <= 16; n++) {
            assertThat(peer.link.end()).as("after %d packets", n - 1).isEmpty();
            assertThat(peer.sayHex((n % 2 == 0 ? "fd8000" : "fd1000") + "0021450000"))
                    .isEqualTo(FrameVerdict.DROPPED);
        }
        assertThat(peer.link.end().orElseThrow().cause()).isEqualTo(Cause.ENCRYPTION_FAILED);
        assertThat(peer.link.counters().undecryptable()).isEqualTo(16);
        peer.expect(LCP, Code.TERMINATE_REQUEST);
    }

    /** As with Linux: a few damaged ones in weeks are no offence. */
    @Test
    void aWholePacketMakesUpForHalfOfWhatBrokeTheRules() {
        peer.comeUp();
        breakTheRules(15);
        assertThat(peer.sayEncryptedIp(WHOLE)).isEqualTo(FrameVerdict.IPV4);
        breakTheRules(8);
        assertThat(peer.link.end()).isEmpty();
        breakTheRules(1);
        assertThat(peer.link.end().orElseThrow().cause()).isEqualTo(Cause.ENCRYPTION_FAILED);
    }

    private void breakTheRules(int packets) {
        for (int n = 0; n < packets; n++) {
            peer.sayHex("fd10000021450000");
        }
    }

    @Test
    void forgedPacketsWithPlausibleHeadersEndNothing() {
        peer.comeUp();
        for (int n = 0; n < 1_000; n++) {
            peer.sayHex(String.format("fd%04x", 0x9000 | (0x800 + n)) + "a1b2c3d4e5f6");
        }
        assertThat(peer.link.end()).isEmpty();
        assertDataFlows();
    }

    @Test
    void endsAfterTenSecondsOfPacketsThatSkipTooManyKeys_A19() {
        peer.comeUp();
        int n = 0;
        for (; n < 95; n++) {
            forge((n + 4) / 5);
            if (n % 5 == 0) {
                assertThat(peer.sayEncryptedIp(WHOLE)).isEqualTo(FrameVerdict.IPV4);
            }
            peer.pass(100);
        }
        assertThat(peer.link.end()).isEmpty();
        for (; n < 120; n++) {
            forge(19);
            peer.pass(100);
        }
        assertThat(peer.link.end().orElseThrow())
                .isEqualTo(
                        new LinkEnd(
                                Cause.ENCRYPTION_FAILED,
                                "the peer skips more keys than a lossy path would"));
    }

    /** Whoever forges packets ends no session that works. */
    @Test
    void packetsThatSkipTooManyKeysEndNothingWhileThoseOfThePeerOutnumberThem_A19() {
        peer.comeUp();
        for (int n = 0; n < 600; n++) {
            forge(n);
            assertThat(peer.sayEncryptedIp(WHOLE)).isEqualTo(FrameVerdict.IPV4);
            passAnswering(100);
        }
        assertThat(peer.link.end()).isEmpty();
    }

    @Test
    void endsAPeerThatIsOutOfStepForTenSeconds_F27() {
        peer.comeUp();
        assertThat(peer.sayEncryptedIp(WHOLE)).isEqualTo(FrameVerdict.IPV4);
        losePackets(3_000);
        for (int n = 0; n < 10; n++) {
            peer.sayEncryptedIp(WHOLE);
            peer.sayEncryptedIp(WHOLE);
            passAnswering(1_000);
        }
        assertThat(peer.link.end()).isEmpty();
        peer.sayEncryptedIp(WHOLE);
        assertThat(peer.link.end().orElseThrow())
                .isEqualTo(
                        new LinkEnd(
                                Cause.ENCRYPTION_FAILED,
                                "out of step: nothing of the peer could be decrypted for 10 s"));
    }

    @Test
    void packetsOutOfStepEndNothingWhileThePeerIsHeardNowAndThen_F27() {
        peer.comeUp();
        for (int n = 0; n < 600; n++) {
            peer.sayHex(String.format("fd%04x", 0x9000 | (0x800 + n)) + "a1b2c3d4e5f6");
            if (n % 90 == 0) {
                assertThat(peer.sayEncryptedIp(WHOLE)).isEqualTo(FrameVerdict.IPV4);
            }
            passAnswering(100);
        }
        assertThat(peer.link.end()).isEmpty();
    }

    /** A21. */
    @Test
    void dropsClearTextWhereMppeIsRequired() {
        assertClearTextIsDropped();
        peer.establish();
        assertClearTextIsDropped();
        peer.logIn();
        assertClearTextIsDropped();
        peer.encrypt();
        peer.address();
        assertClearTextIsDropped();
        assertThat(peer.link.counters().clearText()).isEqualTo(4);
        assertDataFlows();
    }

    @Test
    void dropsClearTextOnceMppeIsInForceWhereItIsOnlyAllowed() {
        ScriptedPeer allowed = new ScriptedPeer(MppePolicy.ALLOW);
        allowed.establish();
        allowed.logIn();
        ControlPacket ours = allowed.expect(IPCP, Code.CONFIGURE_REQUEST);
        allowed.say(IPCP, Code.CONFIGURE_ACK, ours.identifier(), ours.data());
        allowed.encrypt();
        allowed.say(IPCP, Code.CONFIGURE_REQUEST, "3:0a000005");
        assertThat(allowed.sayIp(PING)).isEqualTo(FrameVerdict.DROPPED);
        assertThat(allowed.sayEncryptedIp(PING)).isEqualTo(FrameVerdict.IPV4);
        allowed.say(CCP, Code.TERMINATE_REQUEST, "");
        assertThat(allowed.sayIp(PING)).isEqualTo(FrameVerdict.DROPPED);
        assertThat(allowed.hearIp(PING)).isEmpty();
        allowed.pass(3_000);
        assertThat(allowed.link.end().orElseThrow().cause()).isEqualTo(Cause.ENCRYPTION_FAILED);
    }

    @Test
    void sendsNothingInClearWhileAnAllowedPeerStillNegotiatesMppe() {
        ScriptedPeer allowed = new ScriptedPeer(MppePolicy.ALLOW);
        allowed.establish();
        allowed.logIn();
        allowed.acknowledge(IPCP);
        allowed.say(CCP, Code.CONFIGURE_REQUEST, "18:01000000");
        allowed.say(IPCP, Code.CONFIGURE_REQUEST, "3:0a000005");
        assertThat(allowed.count(LinkAction.NetworkUp.class)).isZero();
        assertThat(allowed.hearIp(PING)).isEmpty();
        allowed.acknowledge(CCP);
        allowed.expect(CCP, Code.CONFIGURE_NAK);
        allowed.expect(IPCP, Code.CONFIGURE_ACK);
        allowed.say(CCP, Code.CONFIGURE_REQUEST, "18:01000040");
        allowed.beginMppe();
        assertThat(allowed.count(LinkAction.NetworkUp.class)).isOne();
        assertThat(allowed.hearIp(PING)).contains(PING);
    }

    @Test
    void carriesClearTextWhereThePeerWantsNoMppeAndNeedNot() {
        for (MppePolicy policy : new MppePolicy[] {MppePolicy.ALLOW, MppePolicy.DENY}) {
            ScriptedPeer clear = new ScriptedPeer(policy);
            clear.establish();
            clear.logIn();
            clear.address();
            assertThat(clear.events)
                    .contains(new LinkAction.NetworkUp(ScriptedPeer.ASSIGNMENT, Optional.empty()));
            assertThat(clear.sayIp(PING)).isEqualTo(FrameVerdict.IPV4);
            assertThat(clear.hearIp(PING)).contains(PING);
        }
    }

    /** CLIENTS 7: a Windows 10 that answers CCP with a Protocol-Reject. */
    @Test
    void endsWhenThePeerRejectsCcpWhereMppeIsRequired() {
        peer.establish();
        peer.logIn();
        rejectCcp(peer);
        assertThat(peer.link.end().orElseThrow().cause()).isEqualTo(Cause.ENCRYPTION_FAILED);
        peer.expect(CCP, Code.CONFIGURE_REQUEST);
        peer.expect(LCP, Code.TERMINATE_REQUEST);
    }

    @Test
    void goesOnWhenThePeerRejectsCcpWhereMppeIsAllowed() {
        ScriptedPeer allowed = new ScriptedPeer(MppePolicy.ALLOW);
        allowed.establish();
        allowed.logIn();
        rejectCcp(allowed);
        allowed.address();
        assertThat(allowed.hearIp(PING)).contains(PING);
    }

    @Test
    void rejectsCcpWhereMppeIsDenied() {
        ScriptedPeer denied = new ScriptedPeer(MppePolicy.DENY);
        denied.establish();
        denied.logIn();
        denied.expect(IPCP, Code.CONFIGURE_REQUEST);
        denied.say(CCP, Code.CONFIGURE_REQUEST, "18:01000040");
        assertThat(denied.expect(LCP, Code.PROTOCOL_REJECT).data()).startsWith(0x80, 0xfd);
    }

    /** CLIENTS 7: Windows 10 asks anew after CCP is open; pppd as a server ends the link there. */
    @Test
    void survivesARenegotiationOfCcp() {
        peer.comeUp();
        assertDataFlows();
        for (int n = 1; n <= 20; n++) {
            peer.say(CCP, Code.CONFIGURE_REQUEST, "18:01000040");
            assertThat(peer.count(LinkAction.NetworkDown.class)).isEqualTo(n);
            assertThat(peer.hearIp(PING)).isEmpty();
            assertClearTextIsDropped();
            peer.acknowledge(CCP);
            peer.expect(CCP, Code.CONFIGURE_ACK, "18:01000040");
            peer.beginMppe();
            assertDataFlows();
        }
    }

    @Test
    void survivesTheRepetitionOfACcpRequest() {
        peer.establish();
        peer.logIn();
        ControlPacket request =
                new ControlPacket(
                        Code.CONFIGURE_REQUEST, 77, HexFormat.of().parseHex("120601000040"));
        peer.say(CCP, request);
        peer.acknowledge(CCP);
        ControlPacket ack = peer.expect(CCP, Code.CONFIGURE_ACK);
        peer.beginMppe();
        peer.address();
        assertDataFlows();
        peer.say(CCP, request);
        assertThat(peer.expect(CCP, Code.CONFIGURE_ACK)).isEqualTo(ack);
        assertThat(peer.count(LinkAction.NetworkDown.class)).isZero();
        assertDataFlows();
    }

    /** A22. */
    @Test
    void endsWhenThePeerTerminatesCcpWhereMppeIsRequired() {
        peer.comeUp();
        peer.say(CCP, Code.TERMINATE_REQUEST, "");
        peer.expect(CCP, Code.TERMINATE_ACK);
        assertClearTextIsDropped();
        assertThat(peer.hearIp(PING)).isEmpty();
        peer.pass(3_000);
        peer.expect(LCP, Code.TERMINATE_REQUEST);
        assertThat(peer.link.end().orElseThrow().cause()).isEqualTo(Cause.ENCRYPTION_FAILED);
    }

    /** A22: the first hundred in a second. */
    @Test
    void answersNoStormOfResetRequestsAndChangesNoKey() {
        peer.comeUp();
        for (int second = 0; second < 3; second++) {
            int answers = 0;
            for (int n = 0; n < 10_000; n++) {
                peer.say(CCP, Code.RESET_REQUEST, "");
                if (!peer.sent.isEmpty()) {
                    peer.expect(CCP, Code.RESET_ACK);
                    answers++;
                }
                peer.say(CCP, Code.RESET_ACK, "");
            }
            assertThat(answers).isEqualTo(100);
            peer.pass(1_000);
        }
        assertThat(peer.sent).isEmpty();
        assertDataFlows();
    }

    /** A22. */
    @Test
    void answersNoResetRequestBeforeCcpIsOpen() {
        peer.establish();
        peer.logIn();
        peer.expect(CCP, Code.CONFIGURE_REQUEST);
        peer.say(CCP, Code.RESET_REQUEST, "");
        assertThat(peer.sent).isEmpty();
    }

    /** The operator sees both sides' bits, once. */
    @Test
    void tellsBothSidesBitsWhenThePeerRejectsMppe() {
        peer.establish();
        peer.logIn();
        ControlPacket request = peer.expect(CCP, Code.CONFIGURE_REQUEST);
        peer.say(
                CCP,
                new ControlPacket(Code.CONFIGURE_REJECT, request.identifier(), request.data()));
        assertThat(peer.link.end().orElseThrow())
                .isEqualTo(
                        new LinkEnd(
                                Cause.ENCRYPTION_FAILED,
                                "the peer rejects MPPE: we want 01000040, the peer offers no MPPE"));
    }

    /** A23. */
    @ParameterizedTest
    @ValueSource(strings = {"18:01000020", "18:00000040", "18:01000001", "", "21:2f"})
    void endsWithoutAnAgreementOnMppe(String request) {
        peer.establish();
        peer.logIn();
        peer.acknowledge(CCP);
        for (int n = 0; n < 30; n++) {
            peer.say(CCP, Code.CONFIGURE_REQUEST, request);
        }
        assertThat(peer.link.end().orElseThrow().cause()).isEqualTo(Cause.ENCRYPTION_FAILED);
        assertThat(peer.count(LinkAction.NetworkUp.class)).isZero();
    }

    /** A24. */
    @Test
    void wantsANewLoginAfterARenegotiationOfLcpAndAllowsFive() {
        peer.comeUp();
        for (int n = 1; n <= 5; n++) {
            peer.say(LCP, Code.CONFIGURE_REQUEST, LCP_OPTIONS);
            assertThat(peer.count(LinkAction.NetworkDown.class)).isEqualTo(n);
            assertThat(peer.sayEncryptedIp(PING)).isEqualTo(FrameVerdict.DROPPED);
            assertThat(peer.hearIp(PING)).isEmpty();
            assertClearTextIsDropped();
            peer.say(IPCP, Code.CONFIGURE_REQUEST, "3:0a000005");
            peer.acknowledge(LCP);
            peer.expect(LCP, Code.CONFIGURE_ACK, LCP_OPTIONS);
            assertThat(peer.hearIp(PING)).isEmpty();
            peer.logIn();
            peer.encrypt();
            peer.address();
            assertDataFlows();
        }
        peer.say(LCP, Code.CONFIGURE_REQUEST, LCP_OPTIONS);
        peer.acknowledge(LCP);
        peer.expect(LCP, Code.CONFIGURE_ACK);
        peer.expect(LCP, Code.TERMINATE_REQUEST);
        assertThat(peer.link.end().orElseThrow().cause()).isEqualTo(Cause.NEGOTIATION_FAILED);
    }

    @Test
    void aLoginThatIsDecidedTooLateOpensNothing() {
        peer.decides = false;
        peer.establish();
        peer.answer(peer.expect(CHAP, 1), ScriptedPeer.PASSWORD);
        AuthenticationRequest early = peer.asked(0);
        peer.establish();
        ControlPacket challenge = peer.expect(CHAP, 1);
        peer.decide(early);
        assertThat(peer.sent).as("the peer owes an answer").isEmpty();
        peer.answer(challenge, ScriptedPeer.PASSWORD);
        peer.decide(early);
        assertThat(peer.sent).as("this is not the login that was decided").isEmpty();
        peer.decide(peer.asked(1));
        peer.expect(CHAP, 3);
    }

    @Test
    void aDecisionAfterTheEndChangesNothing() {
        peer.decides = false;
        peer.establish();
        peer.answer(peer.expect(CHAP, 1), ScriptedPeer.PASSWORD);
        peer.say(LCP, Code.TERMINATE_REQUEST, "");
        peer.expect(LCP, Code.TERMINATE_ACK);
        peer.decide(peer.asked(0));
        assertThat(peer.sent).isEmpty();
    }

    /** A25 and V12: before LCP is open every other protocol is dropped without an answer. */
    @ParameterizedTest
    @ValueSource(strings = {"8021", "80fd", "8057", "c223", "c227", "c023", "c029", "0057", "802b"})
    void dropsEveryProtocolWhileLcpIsNotOpen(String protocol) {
        peer.pass(100);
        peer.sent.clear();
        assertThat(peer.sayHex(protocol + "0101000a0306000000000000"))
                .isEqualTo(FrameVerdict.DROPPED);
        assertThat(peer.sent).isEmpty();
    }

    /** A25. */
    @ParameterizedTest
    @ValueSource(strings = {"8021", "80fd", "8057", "802b", "0057", "fd"})
    void dropsNetworkProtocolsBeforeTheLoginInSilence(String protocol) {
        peer.establish();
        peer.expect(CHAP, 1);
        assertThat(peer.sayHex(protocol + "0101000a0306000000000000"))
                .isEqualTo(FrameVerdict.DROPPED);
        assertThat(peer.sent).isEmpty();
        assertThat(peer.link.counters().outOfPhase()).isOne();
    }

    /** V12: EAP, PAP and SPAP are never looked at. */
    @ParameterizedTest
    @ValueSource(strings = {"c227", "c023", "c027", "c029"})
    void rejectsOtherLoginProtocolsOnceLcpIsOpen(String protocol) {
        peer.establish();
        peer.expect(CHAP, 1);
        peer.sayHex(protocol + "01010005ff");
        assertThat(peer.expect(LCP, Code.PROTOCOL_REJECT).data())
                .isEqualTo(HexFormat.of().parseHex(protocol + "01010005ff"));
        peer.say(CHAP, 3, "");
        peer.say(CHAP, 1, "");
        assertThat(peer.sent).isEmpty();
        assertThat(peer.count(LinkAction.NetworkUp.class)).isZero();
    }

    @Test
    void answersAFloodOfUnknownProtocolsTenTimesASecond() {
        peer.comeUp();
        for (int n = 0; n < 1_000; n++) {
            peer.sayHex("8057010100040000");
        }
        assertThat(peer.sent).hasSize(10);
        peer.sent.clear();
        peer.pass(1_000);
        peer.sayHex("8057010100040000");
        assertThat(peer.sent).hasSize(1);
    }

    /** A35. */
    @ParameterizedTest
    @ValueSource(ints = {LCP, IPCP})
    void endsWithAPeerThatNeverAgrees(int protocol) {
        if (protocol == IPCP) {
            peer.establish();
            peer.logIn();
            peer.encrypt();
        }
        for (int n = 0; n < 100; n++) {
            peer.say(protocol, Code.CONFIGURE_REQUEST, protocol == LCP ? "1:0001" : "3:01010101");
        }
        assertThat(peer.link.end().orElseThrow().cause()).isEqualTo(Cause.NEGOTIATION_FAILED);
        assertThat(peer.count(LinkAction.NetworkUp.class)).isZero();
    }

    /** A03: each step keeps its own time, and yet the login never ends. */
    @Test
    void endsWithAPeerThatIsNotUpInTime() {
        for (int n = 0; n < 4; n++) {
            peer.establish();
            peer.pass(20_000);
            peer.sent.clear();
            assertThat(peer.link.end()).as("after %d s", 20 * (n + 1)).isEmpty();
        }
        peer.establish();
        peer.pass(10_000);
        assertThat(peer.link.end())
                .contains(new LinkEnd(Cause.NEGOTIATION_FAILED, "the network is not up in time"));
    }

    @Test
    void hasAllTheTimeOnceTheNetworkIsUp() {
        peer.comeUp();
        for (int n = 0; n < 20; n++) {
            peer.pass(10_000);
            peer.sent.clear();
            peer.say(LCP, Code.ECHO_REPLY, 1, HexFormat.of().parseHex("31d67a6e"));
        }
        assertDataFlows();
    }

    @Test
    void tellsOnlySomeIdentificationsOfAFlood() {
        peer.comeUp();
        byte[] text = HexFormat.of().parseHex("31d67a6e4d5352415356");
        for (int n = 0; n < 10_000; n++) {
            peer.say(LCP, Code.IDENTIFICATION, n & 0xFF, text);
        }
        assertThat(peer.count(LinkAction.Identified.class)).isEqualTo(10);
        assertDataFlows();
    }

    /** V23: neither a quote nor a backslash of the peer ends the quoted text of a log line. */
    @Test
    void escapesWhatWouldEndTheTextInTheLog() {
        peer.comeUp();
        peer.say(LCP, Code.TERMINATE_REQUEST, 1, "\" user=root \\\n".getBytes(US_ASCII));
        assertThat(peer.link.end().orElseThrow().detail())
                .isEqualTo("peer says: \\x22 user=root \\x5C\\x0A");
    }

    @Test
    void countsBrokenFrames() {
        peer.comeUp();
        for (String frame :
                new String[] {"", "ff03", "c0", "c021", "c02101010003", "c0210101ffff"}) {
            assertThat(peer.sayHex(frame)).isEqualTo(FrameVerdict.DROPPED);
        }
        assertThat(peer.link.counters().malformed()).isEqualTo(6);
        assertDataFlows();
    }

    @ParameterizedTest
    @EnumSource(MppePolicy.class)
    void carriesNothingBeforeTheLogin(MppePolicy policy) {
        ScriptedPeer stranger = new ScriptedPeer(policy);
        assertThat(stranger.sayIp(PING)).isEqualTo(FrameVerdict.DROPPED);
        stranger.establish();
        assertThat(stranger.sayIp(PING)).isEqualTo(FrameVerdict.DROPPED);
        assertThat(stranger.hearIp(PING)).isEmpty();
    }

    private static void rejectCcp(ScriptedPeer client) {
        client.say(
                LCP, Code.PROTOCOL_REJECT, 1, HexFormat.of().parseHex("80fd0100000a120601000040"));
    }

    /** A packet with the highest count that is ahead of the next one of the peer. */
    private void forge(int expectedCount) {
        int count = expectedCount + 2_047 & 0xFFF;
        peer.sayHex(String.format("fd%04x", 0x9000 | count) + "a1b2c3d4e5f6");
    }

    private void losePackets(int packets) {
        for (int n = 0; n < packets; n++) {
            ByteBuffer lost = ByteBuffer.allocate(64).position(32);
            peer.encrypt(new ByteBuffer[] {lost});
        }
    }

    private void passAnswering(long millis) {
        peer.pass(millis);
        for (ScriptedPeer.Sent echo = peer.sent.poll(); echo != null; echo = peer.sent.poll()) {
            assertThat(echo.packet().code()).isEqualTo(Code.ECHO_REQUEST);
            byte[] magic = HexFormat.of().parseHex("31d67a6e");
            peer.say(LCP, Code.ECHO_REPLY, echo.packet().identifier(), magic);
        }
    }

    private void assertClearTextIsDropped() {
        assertThat(peer.sayIp(PING)).isEqualTo(FrameVerdict.DROPPED);
    }

    private void assertDataFlows() {
        for (int n = 0; n < 3; n++) {
            assertThat(peer.sayEncryptedIp(PING)).isEqualTo(FrameVerdict.IPV4);
            assertThat(peer.hearIp(PING)).contains(PING);
        }
        assertThat(peer.link.end()).isEmpty();
    }
}
