package dev.pptpd.ppp.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.pptpd.mppe.MppeMode;
import dev.pptpd.mppe.MppeStrength;
import dev.pptpd.ppp.auth.NtPasswordHash;
import dev.pptpd.ppp.ccp.MppePolicy;
import dev.pptpd.ppp.frame.PppProtocol;
import dev.pptpd.ppp.fsm.RestartTimer;
import dev.pptpd.ppp.link.LinkEnd.Cause;
import dev.pptpd.ppp.packet.Code;
import dev.pptpd.ppp.packet.ControlPacket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The set-up of a link as clients do it, its end, and its life between. */
final class PppLinkTest {
    private static final int LCP = PppProtocol.LCP;
    private static final int CHAP = PppProtocol.CHAP;
    private static final int CCP = PppProtocol.CCP;
    private static final int IPCP = PppProtocol.IPCP;
    private static final byte[] PING = HexFormat.of().parseHex("4500001c000100004001");
    private static final NtPasswordHash WRONG = NtPasswordHash.ofPassword("wrong");

    private final ScriptedPeer peer = new ScriptedPeer(MppePolicy.REQUIRE);

    /** CLIENTS 1, 5 to 8: the whole sequence of a default Windows 10. */
    @Test
    void comesUpWithWindows10() {
        assertThat(peer.sent).as("nothing before the client speaks").isEmpty();
        peer.say(LCP, Code.CONFIGURE_REQUEST, "1:0578 5:31d67a6e 7 8 13:06");
        peer.acknowledge(LCP);
        peer.expect(LCP, Code.CONFIGURE_REJECT, "13:06");
        peer.say(LCP, Code.CONFIGURE_REQUEST, "1:0578 5:31d67a6e 7 8");
        peer.expect(LCP, Code.CONFIGURE_ACK, "1:0578 5:31d67a6e 7 8");
        identify("MSRASV5.20");
        identify("MSRAS-0-DESKTOP");
        peer.logIn();
        peer.expect(CCP, Code.CONFIGURE_REQUEST, "18:01000040");
        assertThat(peer.sent).as("IPCP waits for CCP or the client").isEmpty();

        peer.sayHex("80570105000e010a021122fffe334455");
        assertThat(peer.expect(LCP, Code.PROTOCOL_REJECT).data())
                .isEqualTo(HexFormat.of().parseHex("80570105000e010a021122fffe334455"));
        peer.say(CCP, Code.CONFIGURE_REQUEST, "18:01000000");
        peer.expect(CCP, Code.CONFIGURE_NAK, "18:01000040");
        peer.say(
                IPCP,
                Code.CONFIGURE_REQUEST,
                "3:00000000 129:00000000 130:00000000 131:00000000 132:00000000");
        ControlPacket ours = peer.expect(IPCP, Code.CONFIGURE_REQUEST);
        peer.expect(IPCP, Code.CONFIGURE_REJECT, "130:00000000 131:00000000 132:00000000");
        peer.say(CCP, Code.CONFIGURE_ACK, 0, new byte[0]);
        peer.say(CCP, Code.CONFIGURE_REQUEST, "18:01000040");
        peer.expect(CCP, Code.CONFIGURE_ACK, "18:01000040");
        peer.say(IPCP, Code.CONFIGURE_ACK, ours.identifier(), ours.data());
        peer.say(IPCP, Code.CONFIGURE_REQUEST, "3:00000000 129:00000000");
        peer.expect(IPCP, Code.CONFIGURE_NAK, "3:0a000005 129:0a000002");
        peer.say(IPCP, Code.CONFIGURE_REQUEST, "3:0a000005 129:0a000002");
        peer.expect(IPCP, Code.CONFIGURE_ACK, "3:0a000005 129:0a000002");
        assertThat(peer.count(LinkAction.NetworkUp.class)).as("CCP is not settled").isZero();
        peer.pass(RestartTimer.DEFAULT.firstMillis());
        peer.acknowledge(CCP);
        peer.beginMppe();
        assertThat(peer.events)
                .contains(
                        new LinkAction.NetworkUp(
                                ScriptedPeer.ASSIGNMENT,
                                Optional.of(MppeMode.stateless(MppeStrength.BITS_128))));
        assertDataFlows();
    }

    @Test
    void comesUpWithPppd() {
        peer.establish("2:00000000 5:31d67a6e 7 8");
        peer.logIn();
        peer.say(CCP, Code.CONFIGURE_REQUEST, "18:01000060");
        peer.acknowledge(CCP);
        peer.expect(CCP, Code.CONFIGURE_NAK, "18:01000040");
        peer.say(CCP, Code.CONFIGURE_REQUEST, "18:01000040");
        peer.expect(CCP, Code.CONFIGURE_ACK, "18:01000040");
        peer.beginMppe();
        peer.acknowledge(IPCP);
        peer.say(IPCP, Code.CONFIGURE_REQUEST, "2:002d0f01 3:00000000 129:00000000 131:00000000");
        peer.expect(IPCP, Code.CONFIGURE_REJECT, "2:002d0f01 131:00000000");
        peer.say(IPCP, Code.CONFIGURE_REQUEST, "3:00000000 129:00000000");
        peer.expect(IPCP, Code.CONFIGURE_NAK, "3:0a000005 129:0a000002");
        peer.say(IPCP, Code.CONFIGURE_REQUEST, "3:0a000005 129:0a000002");
        peer.expect(IPCP, Code.CONFIGURE_ACK, "3:0a000005 129:0a000002");
        assertDataFlows();
    }

    /** RFC 1994 section 4.2: the peer may ask for the verdict again, with the network up, too. */
    @Test
    void repeatsItsVerdictWhileTheNetworkIsUp() {
        peer.establish();
        ControlPacket response = peer.answer(peer.expect(CHAP, 1), ScriptedPeer.PASSWORD);
        ControlPacket success = peer.expect(CHAP, 3);
        peer.encrypt();
        peer.address();
        assertThat(peer.count(LinkAction.NetworkUp.class)).isOne();

        for (int time = 0; time < 3; time++) {
            peer.say(CHAP, response.code(), response.identifier(), response.data());
            assertThat(peer.expect(CHAP, 3)).isEqualTo(success);
        }
        peer.say(CHAP, response.code(), response.identifier() + 1 & 0xFF, response.data());
        peer.say(CHAP, 3, response.identifier(), response.data());

        assertThat(peer.sent).isEmpty();
        assertThat(peer.count(LinkAction.NetworkUp.class)).isOne();
        assertDataFlows();
    }

    /** CLIENTS 1.4: Windows loses a request that comes at once. */
    @Test
    void asksByItselfAfterTheStartDelay() {
        peer.pass(ScriptedPeer.START_DELAY_MILLIS - 1);
        assertThat(peer.sent).isEmpty();
        peer.pass(1);
        ControlPacket request = peer.expect(LCP, Code.CONFIGURE_REQUEST);
        peer.pass(RestartTimer.DEFAULT.firstMillis());
        assertThat(peer.expect(LCP, Code.CONFIGURE_REQUEST)).isEqualTo(request);
    }

    @Test
    void endsWhenNobodyAnswers() {
        peer.pass(60_000);
        assertThat(peer.finished().cause()).isEqualTo(Cause.NO_ANSWER);
        assertThat(peer.link.end().orElseThrow().cause()).isEqualTo(Cause.NO_ANSWER);
        assertThat(peer.sent).hasSize(10);
    }

    @Test
    void takesNoFrameAfterItsEnd() {
        peer.pass(60_000);
        peer.sent.clear();
        assertThat(peer.say(LCP, Code.CONFIGURE_REQUEST, "5:31d67a6e"))
                .isEqualTo(FrameVerdict.DROPPED);
        assertThat(peer.sent).isEmpty();
        assertThat(peer.link.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void endsAfterThreeWrongPasswords() {
        peer.establish();
        peer.answer(peer.expect(CHAP, 1), WRONG);
        for (int tries = 1; tries < 3; tries++) {
            ControlPacket failure = peer.expect(CHAP, 4);
            String text = new String(failure.data(), StandardCharsets.US_ASCII);
            assertThat(text).startsWith("E=691 R=1 C=");
            byte[] challenge = HexFormat.of().parseHex(text.substring(12, 44));
            peer.answer(failure.identifier() + 1, challenge, WRONG);
        }
        assertThat(new String(peer.expect(CHAP, 4).data(), StandardCharsets.US_ASCII))
                .startsWith("E=691 R=0");
        ControlPacket terminate = peer.expect(LCP, Code.TERMINATE_REQUEST);
        assertThat(terminate.data())
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo("Authentication failed");
        peer.say(LCP, Code.TERMINATE_ACK, terminate.identifier(), new byte[0]);
        assertThat(peer.finished().cause()).isEqualTo(Cause.AUTHENTICATION_FAILED);
        assertThat(peer.count(LinkAction.NetworkUp.class)).isZero();
    }

    @Test
    void repeatsTheSuccessInTheNetworkPhaseAndStaysUp() {
        peer.establish();
        ControlPacket response = peer.answer(peer.expect(CHAP, 1), ScriptedPeer.PASSWORD);
        ControlPacket success = peer.expect(CHAP, 3);
        peer.encrypt();
        peer.address();
        peer.say(CHAP, response);
        assertThat(peer.expect(CHAP, 3)).isEqualTo(success);
        assertThat(peer.count(LinkAction.Authenticate.class)).isOne();
        assertDataFlows();
    }

    @Test
    void endsWhenNoLoginComes() {
        peer.establish();
        peer.pass(120_000);
        assertThat(peer.finished().cause()).isEqualTo(Cause.AUTHENTICATION_FAILED);
    }

    @Test
    void endsWhenThePeerRefusesToLogIn() {
        peer.say(LCP, Code.CONFIGURE_REQUEST, "5:31d67a6e");
        ControlPacket request = peer.expect(LCP, Code.CONFIGURE_REQUEST);
        peer.sent.clear();
        peer.say(
                LCP,
                Code.CONFIGURE_REJECT,
                request.identifier(),
                HexFormat.of().parseHex("0305c22381"));
        peer.expect(LCP, Code.CONFIGURE_REQUEST);
        peer.expect(LCP, Code.TERMINATE_REQUEST);
        peer.pass(10_000);
        assertThat(peer.finished().cause()).isEqualTo(Cause.AUTHENTICATION_FAILED);
    }

    @Test
    void endsWhenThePeerRejectsChap() {
        peer.establish();
        peer.say(LCP, Code.PROTOCOL_REJECT, 1, HexFormat.of().parseHex("c22301000004"));
        peer.pass(10_000);
        assertThat(peer.finished().cause()).isEqualTo(Cause.AUTHENTICATION_FAILED);
    }

    @Test
    void admitsWithoutALoginWhereNoneIsAskedFor() {
        ScriptedPeer open = new ScriptedPeer(MppePolicy.DENY, false);
        open.establish();
        assertThat(open.count(LinkAction.Admit.class)).isOne();
        open.address();
        assertThat(open.events)
                .contains(new LinkAction.NetworkUp(ScriptedPeer.ASSIGNMENT, Optional.empty()));
        assertThat(open.sayIp(PING)).isEqualTo(FrameVerdict.IPV4);
        assertThat(open.hearIp(PING)).contains(PING);
    }

    @Test
    void neverGoesUpInClearBecauseNobodyLoggedInWhereMppeIsRequired() {
        ScriptedPeer open = new ScriptedPeer(MppePolicy.REQUIRE, false);
        open.establish();
        open.expect(LCP, Code.TERMINATE_REQUEST);
        open.pass(10_000);
        assertThat(open.finished().cause()).isEqualTo(Cause.ENCRYPTION_FAILED);
        assertThat(open.count(LinkAction.NetworkUp.class)).isZero();
    }

    /** CLIENTS 10: the teardown of a user who hangs up, and of a client that distrusts us. */
    @ParameterizedTest
    @ValueSource(ints = {0, 778})
    void namesTheReasonThatWindowsGivesWhenItLeaves(int rasError) {
        peer.comeUp();
        byte[] data = HexFormat.of().parseHex(String.format("31d67a6e003ccd74%08x", rasError));
        peer.say(LCP, Code.TERMINATE_REQUEST, 9, data);
        assertThat(peer.expect(LCP, Code.TERMINATE_ACK).data()).isEqualTo(data);
        assertThat(peer.link.end()).isPresent();
        assertThat(peer.count(LinkAction.NetworkDown.class)).isOne();
        assertNothingFlows();
        peer.pass(3_000);
        assertThat(peer.finished())
                .isEqualTo(
                        new LinkEnd(
                                Cause.PEER_TERMINATED,
                                rasError == 0
                                        ? "the user hung up"
                                        : "the client reports RAS error 778, it could not verify"
                                                + " who the server is"));
    }

    @Test
    void tellsThePeerWhenItCloses() {
        peer.comeUp();
        peer.close("shutdown");
        ControlPacket request = peer.expect(LCP, Code.TERMINATE_REQUEST);
        assertThat(request.data()).asString(StandardCharsets.US_ASCII).isEqualTo("shutdown");
        assertThat(peer.isFinished()).isFalse();
        assertNothingFlows();
        peer.say(LCP, Code.TERMINATE_ACK, request.identifier(), new byte[0]);
        assertThat(peer.finished()).isEqualTo(new LinkEnd(Cause.LOCAL, "shutdown"));
    }

    @Test
    void closesAtOnceWhenNothingHasBegun() {
        peer.close("shutdown");
        assertThat(peer.finished().detail()).isEqualTo("shutdown");
        assertThat(peer.sent).isEmpty();
    }

    @Test
    void closesAfterItsTerminateRequestsWhenThePeerIsGone() {
        peer.comeUp();
        peer.close("shutdown");
        peer.pass(10_000);
        assertThat(peer.sent).hasSize(3);
        assertThat(peer.finished().cause()).isEqualTo(Cause.LOCAL);
    }

    @Test
    void answersEchoesWithItsOwnMagicNumber() {
        peer.establish();
        peer.expect(CHAP, 1);
        peer.say(LCP, Code.ECHO_REQUEST, 5, HexFormat.of().parseHex("31d67a6e0102"));
        ControlPacket reply = peer.expect(LCP, Code.ECHO_REPLY);
        assertThat(reply.identifier()).isEqualTo(5);
        assertThat(reply.data()).hasSize(6).endsWith(1, 2);
        assertThat(Arrays.copyOf(reply.data(), 4))
                .isNotEqualTo(HexFormat.of().parseHex("31d67a6e"));
    }

    /** V15 of the list of attacks. */
    @ParameterizedTest
    @ValueSource(ints = {128, 129, 576, 1400, 1500})
    void sendsNothingThatIsLargerThanThePeersMru(int mruBytes) {
        peer.establish(String.format("1:%04x 5:31d67a6e", mruBytes));
        peer.sent.clear();
        for (int octets = 0; octets < 4_096; octets += 31) {
            for (int code : new int[] {Code.ECHO_REQUEST, Code.TERMINATE_ACK + 93}) {
                peer.say(LCP, code, 1, new byte[octets]);
            }
            peer.say(0xC227, 1, 1, new byte[octets]);
            peer.pass(1_000);
        }
        byte[] options = new byte[3 * 1_300];
        for (int at = 0; at < options.length; at += 3) {
            options[at] = 13;
            options[at + 1] = 3;
        }
        peer.say(LCP, Code.CONFIGURE_REQUEST, 2, options);
        peer.say(LCP, Code.TERMINATE_REQUEST, 3, new byte[4_000]);
        assertThat(peer.sent).hasSizeGreaterThan(100);
        assertThat(peer.sent).allMatch(sent -> sent.packet().octets() <= mruBytes);
    }

    @Test
    void endsWhenEchoesStayUnanswered() {
        peer.comeUp();
        peer.pass(30_000);
        assertThat(peer.sent)
                .hasSize(3)
                .allMatch(sent -> sent.packet().code() == Code.ECHO_REQUEST);
        assertThat(peer.link.end()).isEmpty();
        peer.pass(10_000);
        assertThat(peer.link.end().orElseThrow().cause()).isEqualTo(Cause.PEER_DEAD);
        peer.pass(10_000);
        assertThat(peer.finished().cause()).isEqualTo(Cause.PEER_DEAD);
    }

    @Test
    void staysUpWhileEchoesAreAnswered() {
        peer.comeUp();
        for (int n = 0; n < 50; n++) {
            peer.pass(10_000);
            ControlPacket request = peer.expect(LCP, Code.ECHO_REQUEST);
            peer.say(
                    LCP,
                    Code.ECHO_REPLY,
                    request.identifier(),
                    HexFormat.of().parseHex("31d67a6e"));
        }
        assertDataFlows();
    }

    @Test
    void doesNotTakeItsOwnEchoForAnAnswer() {
        peer.comeUp();
        for (int n = 0; n < 4; n++) {
            peer.pass(10_000);
            ControlPacket request = peer.sent.remove().packet();
            peer.say(LCP, Code.ECHO_REPLY, request.identifier(), request.data());
        }
        assertThat(peer.link.end().orElseThrow().cause()).isEqualTo(Cause.PEER_DEAD);
    }

    @Test
    void rejectsAnUnknownLcpCodeAndTakesTheKnownOnesInSilence() {
        peer.comeUp();
        peer.say(LCP, 42, 7, new byte[] {1, 2, 3});
        assertThat(peer.expect(LCP, Code.CODE_REJECT).data())
                .isEqualTo(new ControlPacket(42, 7, new byte[] {1, 2, 3}).encode());
        peer.say(LCP, Code.DISCARD_REQUEST, 8, new byte[4]);
        peer.say(LCP, Code.TIME_REMAINING, 8, new byte[8]);
        peer.say(LCP, Code.IDENTIFICATION, 8, new byte[20]);
        assertThat(peer.sent).isEmpty();
        assertDataFlows();
    }

    @Test
    void rejectsAnUnknownLcpCodeAlsoBeforeLcpIsOpen() {
        peer.pass(100);
        peer.sent.clear();
        peer.say(LCP, 42, 7, new byte[0]);
        peer.expect(LCP, Code.CODE_REJECT);
        peer.say(LCP, Code.ECHO_REQUEST, 7, new byte[8]);
        assertThat(peer.sent).isEmpty();
    }

    @Test
    void refusesToHandOutCipherStatesThatAreNotThere() {
        assertThatIllegalStateException().isThrownBy(peer.link::decryptor);
        assertThatIllegalStateException().isThrownBy(peer.link::encryptor);
        peer.comeUp();
        peer.link.wipe();
        assertThatIllegalStateException().isThrownBy(peer.link::decryptor);
    }

    @Test
    void dropsPacketsThatThePeerCannotTake() {
        peer.comeUp();
        byte[] packet = new byte[1400];
        packet[0] = 0x45;
        assertThat(peer.hearIp(packet)).contains(packet);
        assertThat(peer.hearIp(Arrays.copyOf(packet, 1401))).isEmpty();
    }

    private void identify(String text) {
        byte[] magic = HexFormat.of().parseHex("31d67a6e");
        byte[] data = Arrays.copyOf(magic, 4 + text.length());
        System.arraycopy(text.getBytes(StandardCharsets.US_ASCII), 0, data, 4, text.length());
        peer.say(LCP, Code.IDENTIFICATION, 2, data);
        assertThat(peer.events).endsWith(new LinkAction.Identified(text));
    }

    private void assertDataFlows() {
        for (int n = 0; n < 3; n++) {
            assertThat(peer.sayEncryptedIp(PING)).isEqualTo(FrameVerdict.IPV4);
            assertThat(peer.hearIp(PING)).contains(PING);
        }
        assertThat(peer.isFinished()).isFalse();
    }

    private void assertNothingFlows() {
        assertThat(peer.sayIp(PING)).isEqualTo(FrameVerdict.DROPPED);
        assertThat(peer.sayEncryptedIp(PING)).isEqualTo(FrameVerdict.DROPPED);
        assertThat(peer.hearIp(PING)).isEmpty();
    }
}
