package dev.pptpd.ppp.link;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.mppe.MppeMode;
import dev.pptpd.mppe.MppeStrength;
import dev.pptpd.ppp.ccp.MppeConfiguration;
import dev.pptpd.ppp.ccp.MppePolicy;
import dev.pptpd.ppp.frame.PppProtocol;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.ppp.link.LinkEnd.Cause;
import dev.pptpd.ppp.packet.Code;
import dev.pptpd.ppp.packet.ControlPacket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client's link against servers that other people wrote, good and bad. */
final class PppLinkClientTest {
    private static final int LCP = PppProtocol.LCP;
    private static final int CHAP = PppProtocol.CHAP;
    private static final int CCP = PppProtocol.CCP;
    private static final int IPCP = PppProtocol.IPCP;
    private static final byte[] PING = HexFormat.of().parseHex("4500001c000100004001");

    private final ScriptedPeer server = new ScriptedPeer(strong(MppePolicy.REQUIRE));

    @Test
    void comesUpAndLearnsItsAddresses() {
        server.comeUpAsServer();
        assertThat(server.events).startsWith(new LinkAction.LoggedIn("MS-CHAPv2"));
        LinkAction.NetworkUp up = (LinkAction.NetworkUp) server.events.get(1);
        assertThat(up.encryption()).contains(MppeMode.stateless(MppeStrength.BITS_128));
        assertThat(up.assignment().local()).hasToString("10.0.0.5");
        assertThat(up.assignment().peer()).hasToString("10.0.0.1");
        assertThat(up.assignment().dns())
                .extracting(Ipv4Address::toString)
                .containsExactly("10.0.0.2", "10.0.0.3");
        assertDataFlows();
        assertThat(server.events)
                .noneMatch(LinkAction.Authenticate.class::isInstance)
                .noneMatch(LinkAction.Admit.class::isInstance);
    }

    @ParameterizedTest
    @CsvSource({
        "c023, PAP",
        "c027, SPAP",
        "c22305, CHAP-MD5",
        "c22380, MS-CHAPv1",
        "c227, EAP",
        "c224aa55, authentication protocol 0xc224aa",
        "'', authentication protocol 0x"
    })
    void endsWithAServerThatInsistsOnAnotherLogin(String method, String name) {
        server.pass(ScriptedPeer.START_DELAY_MILLIS);
        server.acknowledge(LCP);
        for (int n = 0; n < 30 && server.link.end().isEmpty(); n++) {
            server.say(LCP, Code.CONFIGURE_REQUEST, "3:" + method);
            if (server.link.end().isEmpty()) {
                server.expect(LCP, Code.CONFIGURE_NAK, "3:c22381");
            }
        }
        assertThat(server.link.end().orElseThrow()).isEqualTo(wrongMethod(name));
    }

    /** pppd drops its demand when it is refused, opens LCP and hangs up then. */
    @Test
    void endsWithAServerThatGivesUpAnotherLogin() {
        server.pass(ScriptedPeer.START_DELAY_MILLIS);
        server.acknowledge(LCP);
        server.say(LCP, Code.CONFIGURE_REQUEST, "3:c023");
        server.expect(LCP, Code.CONFIGURE_NAK);
        server.say(LCP, Code.CONFIGURE_REQUEST, "");
        server.expect(LCP, Code.CONFIGURE_ACK);
        assertThat(server.link.end().orElseThrow()).isEqualTo(wrongMethod("PAP"));
    }

    @Test
    void takesTheServersSecondBestLoginWhenThatIsOurs() {
        server.pass(ScriptedPeer.START_DELAY_MILLIS);
        server.acknowledge(LCP);
        server.say(LCP, Code.CONFIGURE_REQUEST, "3:c227");
        server.expect(LCP, Code.CONFIGURE_NAK, "3:c22381");
        server.say(LCP, Code.CONFIGURE_REQUEST, "3:c22381");
        server.expect(LCP, Code.CONFIGURE_ACK);
        server.letIn(9);
        server.expect(CCP, Code.CONFIGURE_REQUEST);
    }

    @Test
    void endsWhenTheServerHangsUpOverTheLoginWhileLcpIsNegotiated() {
        server.pass(ScriptedPeer.START_DELAY_MILLIS);
        server.acknowledge(LCP);
        server.say(LCP, Code.CONFIGURE_REQUEST, "3:c023");
        server.expect(LCP, Code.CONFIGURE_NAK);
        server.say(LCP, Code.TERMINATE_REQUEST, "");
        assertThat(server.link.end().orElseThrow()).isEqualTo(wrongMethod("PAP"));
    }

    private static LinkEnd wrongMethod(String name) {
        return new LinkEnd(
                Cause.AUTHENTICATION_FAILED,
                "the server wants a login by " + name + ", we offer MS-CHAPv2 only");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    E=646 R=0 C=00 V=3         | no login at this hour (error 646)
                    E=647 R=0 V=3              | the account is disabled (error 647)
                    E=648 R=0 V=3              | the password has expired (error 648)
                    E=649 R=0 V=3              | the account has no permission to dial in (error 649)
                    E=691 R=1 V=3 M=Try again! | wrong user name or password (error 691); it says: Try again!
                    E=709 R=0 V=3              | the password could not be changed (error 709)
                    E=4711 R=0                 | error 4711
                    go away                    | without a reason
                    """)
    void endsWithTheMeaningOfEachFailure(String message, String meaning) {
        server.establishAsServer();
        server.sayChallenge(5, new byte[16]);
        server.expect(CHAP, 2);
        server.say(CHAP, 4, 5, message.getBytes(US_ASCII));
        server.expect(LCP, Code.TERMINATE_REQUEST);
        assertThat(server.link.end().orElseThrow())
                .isEqualTo(
                        new LinkEnd(
                                Cause.AUTHENTICATION_FAILED,
                                "the server refuses the login: " + meaning));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "S=", "M=Welcome", "S=0123456789ABCDEF0123456789ABCDEF01234567"})
    void believesNoSuccessWithoutProof(String message) {
        server.establishAsServer();
        server.sayChallenge(5, new byte[16]);
        server.expect(CHAP, 2);
        server.say(CHAP, 3, 5, message.getBytes(US_ASCII));
        server.expect(LCP, Code.TERMINATE_REQUEST);
        assertThat(server.link.end().orElseThrow().cause()).isEqualTo(Cause.PEER_NOT_PROVEN);
        server.say(CCP, Code.CONFIGURE_REQUEST, "18:01000040");
        assertThat(server.sent).isEmpty();
        assertThat(server.hearIp(PING)).isEmpty();
    }

    /** A28: where no login was asked for and before LCP is open, nobody gets a Response. */
    @Test
    void a28AnswersNoChallengeInTheWrongPhase() {
        server.pass(ScriptedPeer.START_DELAY_MILLIS);
        server.sent.clear();
        server.sayChallenge(1, new byte[16]);
        assertThat(server.sent).isEmpty();
        ScriptedPeer open = new ScriptedPeer(MppeConfiguration.NONE);
        open.pass(ScriptedPeer.START_DELAY_MILLIS);
        open.acknowledge(LCP);
        open.say(LCP, Code.CONFIGURE_REQUEST, "");
        open.expect(LCP, Code.CONFIGURE_ACK);
        open.expect(LCP, Code.TERMINATE_REQUEST);
        open.sayChallenge(1, new byte[16]);
        assertThat(open.sent).isEmpty();
    }

    @Test
    void newKeysOfAChallengeInMidSessionTakeEffectWithTheNextCcp() {
        server.comeUpAsServer();
        server.letIn(77);
        assertThat(server.sent).isEmpty();
        assertDataFlows();
        assertThat(server.count(LinkAction.NetworkDown.class)).isZero();
        server.say(CCP, Code.CONFIGURE_REQUEST, "18:01000040");
        server.acknowledge(CCP);
        server.expect(CCP, Code.CONFIGURE_ACK);
        server.beginMppe();
        assertDataFlows();
    }

    @Test
    void aServerThatProvesNothingInMidSessionEndsIt() {
        server.comeUpAsServer();
        server.sayChallenge(3, new byte[16]);
        server.expect(CHAP, 2);
        server.say(CHAP, 3, 3, "S=no".getBytes(US_ASCII));
        assertThat(server.link.end().orElseThrow().cause()).isEqualTo(Cause.PEER_NOT_PROVEN);
        assertThat(server.hearIp(PING)).isEmpty();
    }

    @Test
    void refusesAServerThatRenegotiatesLcpWithoutALogin() {
        server.comeUpAsServer();
        server.say(LCP, Code.CONFIGURE_REQUEST, "");
        server.acknowledge(LCP);
        server.expect(LCP, Code.CONFIGURE_ACK);
        assertThat(server.link.end().orElseThrow().cause()).isEqualTo(Cause.PEER_NOT_PROVEN);
        assertThat(server.count(LinkAction.NetworkUp.class)).isOne();
        assertThat(server.hearIp(PING)).isEmpty();
    }

    @Test
    void answersAFloodOfChallengesTenTimesASecond() {
        server.comeUpAsServer();
        server.pass(1_000);
        for (int n = 0; n < 1_000; n++) {
            server.sayChallenge(n & 0xFF, challenge(n));
        }
        assertThat(server.sent).hasSize(10);
        server.sent.clear();
        server.pass(1_000);
        server.letIn(200);
        assertDataFlows();
    }

    /** A22, from the client's side: a server that asks without end gets a hundred a second. */
    @Test
    void a22AnswersNoStormOfResetRequestsAndChangesNoKey() {
        server.comeUpAsServer();
        for (int second = 0; second < 3; second++) {
            for (int n = 0; n < 10_000; n++) {
                server.say(CCP, Code.RESET_REQUEST, "");
            }
            assertThat(server.sent)
                    .hasSize(100)
                    .allMatch(answer -> answer.packet().code() == Code.RESET_ACK);
            server.sent.clear();
            server.pass(1_000);
        }
        assertThat(server.link.end()).isEmpty();
        assertDataFlows();
    }

    private static byte[] challenge(int number) {
        return ByteBuffer.allocate(16).putInt(number).array();
    }

    @Test
    void endsWhereTheLoginDoesNotFitTheServersMru() {
        ScriptedPeer narrow = new ScriptedPeer(strong(MppePolicy.REQUIRE), "u".repeat(100));
        narrow.pass(ScriptedPeer.START_DELAY_MILLIS);
        narrow.acknowledge(LCP);
        narrow.say(LCP, Code.CONFIGURE_REQUEST, "1:0080 3:c22381");
        narrow.expect(LCP, Code.CONFIGURE_ACK);
        narrow.sayChallenge(1, new byte[16]);
        assertThat(narrow.link.end().orElseThrow())
                .isEqualTo(
                        new LinkEnd(
                                Cause.AUTHENTICATION_FAILED,
                                "the login takes a packet of 154 octets, the peer at most 128"));
    }

    @Test
    void logsInAgainWhenTheServerRenegotiatesLcp() {
        server.comeUpAsServer();
        server.say(LCP, Code.CONFIGURE_REQUEST, "3:c22381");
        assertThat(server.count(LinkAction.NetworkDown.class)).isOne();
        server.acknowledge(LCP);
        server.expect(LCP, Code.CONFIGURE_ACK);
        assertThat(server.hearIp(PING)).isEmpty();
        server.letIn(2);
        server.encrypt();
        server.nameAddresses();
        assertDataFlows();
    }

    /** A23, from the client's side; 01000000 is the "no key bits" that mean no encryption. */
    @ParameterizedTest
    @ValueSource(strings = {"18:01000020", "18:00000040", "18:01000000", "", "21:2f"})
    void a23EndsWithoutAnAgreementOnMppe(String request) {
        server.establishAsServer();
        server.letIn(1);
        server.acknowledge(CCP);
        for (int n = 0; n < 30; n++) {
            server.say(CCP, Code.CONFIGURE_REQUEST, request);
        }
        assertThat(server.link.end().orElseThrow().cause()).isEqualTo(Cause.ENCRYPTION_FAILED);
        assertThat(server.count(LinkAction.NetworkUp.class)).isZero();
    }

    @Test
    void endsWithAServerThatEncryptsInOneDirectionOnly() {
        ScriptedPeer odd = new ScriptedPeer(strong(MppePolicy.ALLOW));
        odd.establishAsServer();
        odd.letIn(1);
        odd.acknowledge(CCP);
        odd.say(CCP, Code.CONFIGURE_REQUEST, "");
        assertThat(odd.link.end().orElseThrow())
                .isEqualTo(
                        new LinkEnd(
                                Cause.ENCRYPTION_FAILED,
                                "MPPE in one direction only: we want 01000040, the peer offers no"
                                        + " MPPE"));
    }

    @Test
    void endsWhenTheServerRejectsTheAddressOption() {
        assertNoAddress(
                request -> {
                    byte[] address = Arrays.copyOf(request.data(), 6);
                    server.say(IPCP, Code.CONFIGURE_REJECT, request.identifier(), address);
                },
                "IPCP: the server has no address for us");
    }

    @Test
    void endsWhenTheServerAcknowledgesNoAddress() {
        assertNoAddress(
                request -> {
                    server.say(IPCP, Code.CONFIGURE_ACK, request.identifier(), request.data());
                    server.say(IPCP, Code.CONFIGURE_REQUEST, "3:0a000001");
                },
                "the server has no address for us");
    }

    @Test
    void endsWhenTheServerGivesALoopbackAddress() {
        assertNoAddress(
                request ->
                        server.say(
                                IPCP,
                                Code.CONFIGURE_NAK,
                                request.identifier(),
                                HexFormat.of().parseHex("03067f000001")),
                "IPCP: the server gives us the address 127.0.0.1");
    }

    @Test
    void endsWhenTheServerWantsAnAddressFromUs() {
        assertNoAddress(
                request -> {
                    for (int n = 0; n < 30; n++) {
                        server.say(IPCP, Code.CONFIGURE_REQUEST, "3:00000000");
                    }
                },
                "IPCP: no agreement after 20 rounds");
    }

    @Test
    void endsWhenTheServerEndsIpcp() {
        assertNoAddress(
                request -> {
                    server.say(IPCP, Code.TERMINATE_REQUEST, "");
                    server.pass(60_000);
                },
                null);
    }

    private void assertNoAddress(Consumer<ControlPacket> act, @Nullable String detail) {
        server.establishAsServer();
        server.letIn(1);
        server.encrypt();
        act.accept(server.expect(IPCP, Code.CONFIGURE_REQUEST));
        LinkEnd end = server.link.end().orElseThrow();
        assertThat(end.cause()).isEqualTo(Cause.ADDRESS_FAILED);
        if (detail != null) {
            assertThat(end.detail()).isEqualTo(detail);
        }
        assertThat(server.count(LinkAction.NetworkUp.class)).isZero();
    }

    @Test
    void doesWithoutNameServersThatTheServerRejects() {
        server.establishAsServer();
        server.letIn(1);
        server.encrypt();
        ControlPacket first = server.expect(IPCP, Code.CONFIGURE_REQUEST);
        byte[] rejected = HexFormat.of().parseHex("810600000000830600000000");
        server.say(IPCP, Code.CONFIGURE_REJECT, first.identifier(), rejected);
        ControlPacket second = server.expect(IPCP, Code.CONFIGURE_REQUEST);
        assertThat(second.data()).isEqualTo(HexFormat.of().parseHex("030600000000"));
        byte[] address = HexFormat.of().parseHex("03060a000005");
        server.say(IPCP, Code.CONFIGURE_NAK, second.identifier(), address);
        assertThat(server.acknowledge(IPCP).data()).isEqualTo(address);
        server.say(IPCP, Code.CONFIGURE_REQUEST, "3:0a000001");
        assertThat(((LinkAction.NetworkUp) server.events.getLast()).assignment().dns())
                .isEqualTo(List.of());
        server.expect(IPCP, Code.CONFIGURE_ACK);
        assertDataFlows();
    }

    @Test
    void endsWhenTheServerSaysNothingAfterTheResponse() {
        server.establishAsServer();
        server.sayChallenge(5, new byte[16]);
        ControlPacket response = server.expect(CHAP, 2);
        server.pass(20_000);
        assertThat(server.expect(CHAP, 2)).isEqualTo(response);
        server.pass(60_000);
        assertThat(server.link.end().orElseThrow().cause())
                .isIn(Cause.AUTHENTICATION_FAILED, Cause.PEER_DEAD);
    }

    private void assertDataFlows() {
        assertThat(server.sayEncryptedIp(PING)).isEqualTo(FrameVerdict.IPV4);
        assertThat(server.hearIp(PING)).contains(PING);
    }

    private static MppeConfiguration strong(MppePolicy policy) {
        return new MppeConfiguration(policy, Set.of(MppeStrength.BITS_128));
    }
}
