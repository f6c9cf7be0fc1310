package dev.pptpd.ppp.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.ppp.ccp.MppePolicy;
import dev.pptpd.ppp.frame.PppFrame;
import dev.pptpd.ppp.frame.PppProtocol;
import dev.pptpd.ppp.fsm.RestartTimer;
import dev.pptpd.ppp.ipv6cp.InterfaceIdentifier;
import dev.pptpd.ppp.ipv6cp.Ipv6Identifiers;
import dev.pptpd.ppp.ipv6cp.Ipv6cpConfiguration;
import dev.pptpd.ppp.packet.Code;
import dev.pptpd.ppp.packet.ControlPacket;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** IPV6CP beside IPCP: RFC 5072, and CLIENTS.md section 8. */
final class PppLinkIpv6Test {
    private static final String OWN = "1:0000000000000007";
    private static final String PEER = "1:020000fffe000001";
    private static final byte[] PACKET =
            HexFormat.of().parseHex("6000000000003aff" + "00".repeat(32));
    private static final NetworkConfiguration IPV6 =
            new NetworkConfiguration(
                    Optional.empty(),
                    Optional.of(
                            new Ipv6cpConfiguration(
                                    Optional.of(new InterfaceIdentifier(7)),
                                    Optional.empty(),
                                    false,
                                    false)),
                    RestartTimer.DEFAULT);

    private ScriptedPeer peer = new ScriptedPeer(MppePolicy.REQUIRE, IPV6);

    /** Windows sends IPV6CP, CCP and IPCP back to back, and waits for none of them. */
    @Test
    void answersIpv6cpAtOnceAndCarriesIpv6OnceItIsEncrypted() {
        peer.establish();
        peer.logIn();
        peer.say(PppProtocol.IPV6CP, Code.CONFIGURE_REQUEST, PEER);
        ControlPacket ccp = peer.expect(PppProtocol.CCP, Code.CONFIGURE_REQUEST);
        ControlPacket own = peer.expect(PppProtocol.IPV6CP, Code.CONFIGURE_REQUEST);
        peer.expect(PppProtocol.IPV6CP, Code.CONFIGURE_ACK, PEER);
        peer.say(PppProtocol.IPV6CP, Code.CONFIGURE_ACK, own.identifier(), own.data());
        assertThat(peer.count(LinkAction.Ipv6Up.class)).as("not in clear").isZero();
        peer.say(PppProtocol.CCP, Code.CONFIGURE_REQUEST, "18:01000040");
        peer.expect(PppProtocol.CCP, Code.CONFIGURE_ACK, "18:01000040");
        peer.say(PppProtocol.CCP, Code.CONFIGURE_ACK, ccp.identifier(), ccp.data());
        assertThat(peer.events)
                .contains(
                        new LinkAction.Ipv6Up(
                                new Ipv6Identifiers(
                                        new InterfaceIdentifier(7),
                                        new InterfaceIdentifier(0x0200_00ff_fe00_0001L))));
        assertThat(peer.link.prepare(frame(PACKET))).isEqualTo(SendVerdict.ENCRYPT);
    }

    @Test
    void carriesIpv6InClearTextWhereThatIsFine() {
        comeUpInClear();
        assertThat(sayIpv6(PACKET)).isEqualTo(FrameVerdict.IPV6);
        ByteBuffer out = frame(PACKET);
        assertThat(peer.link.prepare(out)).isEqualTo(SendVerdict.READY);
        assertThat(PppFrame.decodeProtocol(out)).isEqualTo(PppProtocol.IPV6);
    }

    @Test
    void dropsIpv6InClearTextWhereDataIsEncrypted() {
        peer.comeUpWithIpv6(PEER);
        assertThat(sayIpv6(PACKET)).isEqualTo(FrameVerdict.DROPPED);
        assertThat(peer.link.counters().clearText()).isOne();
        assertThat(peer.sent).isEmpty();
    }

    @Test
    void dropsIpv6BeforeIpv6cpIsOpenAndSendsNone() {
        peer = new ScriptedPeer(MppePolicy.DENY, IPV6);
        peer.establish();
        peer.logIn();
        assertThat(sayIpv6(PACKET)).isEqualTo(FrameVerdict.DROPPED);
        assertThat(peer.link.prepare(frame(PACKET))).isEqualTo(SendVerdict.DROPPED);
    }

    @Test
    void rejectsIpv6WhereItIsNotConfigured() {
        peer = new ScriptedPeer(MppePolicy.REQUIRE);
        peer.comeUp();
        peer.say(PppProtocol.IPV6CP, Code.CONFIGURE_REQUEST, PEER);
        ControlPacket reject = peer.expect(PppProtocol.LCP, Code.PROTOCOL_REJECT);
        assertThat(HexFormat.of().formatHex(reject.data())).startsWith("805701");
        assertThat(peer.link.prepare(frame(PACKET))).isEqualTo(SendVerdict.DROPPED);
    }

    @Test
    void rejectsIpv6WhereItIsOmitted() {
        peer.link.omitIpv6();
        peer.comeUp();
        peer.say(PppProtocol.IPV6CP, Code.CONFIGURE_REQUEST, PEER);
        ControlPacket reject = peer.expect(PppProtocol.LCP, Code.PROTOCOL_REJECT);
        assertThat(HexFormat.of().formatHex(reject.data())).startsWith("805701");
        assertThat(peer.link.prepare(frame(PACKET))).isEqualTo(SendVerdict.DROPPED);
    }

    @Test
    void goesOnWithIpv4WhenThePeerRejectsIpv6cp() {
        peer.establish();
        peer.logIn();
        peer.encrypt();
        ControlPacket request = rest(PppProtocol.IPV6CP);
        peer.say(
                PppProtocol.LCP,
                Code.PROTOCOL_REJECT,
                9,
                ByteBuffer.allocate(2 + request.octets())
                        .putShort((short) PppProtocol.IPV6CP)
                        .put(request.encode())
                        .array());
        peer.say(PppProtocol.IPCP, Code.CONFIGURE_REQUEST, "3:0a000005");
        assertThat(peer.isFinished()).isFalse();
        peer.pass(60_000);
        assertThat(peer.sent).noneMatch(sent -> sent.protocol() == PppProtocol.IPV6CP);
    }

    @Test
    void endsWithTheLastNetworkProtocolAndNotBefore() {
        peer.comeUpWithIpv6(PEER);
        peer.say(PppProtocol.IPCP, Code.TERMINATE_REQUEST, "");
        peer.expect(PppProtocol.IPCP, Code.TERMINATE_ACK);
        assertThat(peer.count(LinkAction.NetworkDown.class)).isOne();
        peer.pass(5_000);
        assertThat(peer.sent).isEmpty();
        assertThat(peer.link.prepare(frame(PACKET))).isEqualTo(SendVerdict.ENCRYPT);
        peer.say(PppProtocol.IPV6CP, Code.TERMINATE_REQUEST, "");
        peer.expect(PppProtocol.IPV6CP, Code.TERMINATE_ACK);
        assertThat(peer.count(LinkAction.Ipv6Down.class)).isOne();
        peer.pass(3_100);
        peer.expect(PppProtocol.LCP, Code.TERMINATE_REQUEST);
        assertThat(peer.link.end().orElseThrow().cause())
                .isEqualTo(LinkEnd.Cause.NEGOTIATION_FAILED);
    }

    @Test
    void letsAnEndedNetworkProtocolComeBack() {
        peer.comeUpWithIpv6(PEER);
        peer.say(PppProtocol.IPCP, Code.TERMINATE_REQUEST, "");
        peer.expect(PppProtocol.IPCP, Code.TERMINATE_ACK);
        peer.pass(4_000);
        peer.say(PppProtocol.IPCP, Code.CONFIGURE_REQUEST, "3:0a000005");
        peer.acknowledge(PppProtocol.IPCP);
        peer.expect(PppProtocol.IPCP, Code.CONFIGURE_ACK, "3:0a000005");
        assertThat(peer.count(LinkAction.NetworkUp.class)).isEqualTo(2);
        peer.say(PppProtocol.IPV6CP, Code.TERMINATE_REQUEST, "");
        peer.pass(10_000);
        assertThat(peer.isFinished()).isFalse();
    }

    @Test
    void closesIpv6cpAloneWhenThePeerNeverAgrees() {
        peer.comeUpWithIpv6(PEER);
        for (int n = 0; n < 30; n++) {
            peer.say(PppProtocol.IPV6CP, Code.CONFIGURE_REQUEST, OWN);
        }
        assertThat(peer.sent)
                .anyMatch(sent ->
                        sent.protocol() == PppProtocol.IPV6CP
                                && sent.packet().code() == Code.TERMINATE_REQUEST);
        peer.sent.clear();
        peer.pass(20_000);
        peer.sent.clear();
        peer.say(PppProtocol.IPV6CP, Code.CONFIGURE_REQUEST, OWN);
        peer.expect(PppProtocol.IPV6CP, Code.TERMINATE_ACK);
        assertThat(peer.isFinished()).isFalse();
        assertThat(peer.link.prepare(frame(PACKET))).isEqualTo(SendVerdict.DROPPED);
    }

    @Test
    void closesIpv6cpAloneWhenThePeerRejectsTheIdentifier() {
        peer.establish();
        peer.logIn();
        peer.encrypt();
        ControlPacket request = rest(PppProtocol.IPV6CP);
        peer.say(PppProtocol.IPV6CP, Code.CONFIGURE_REJECT, request.identifier(), request.data());
        peer.expect(PppProtocol.IPV6CP, Code.CONFIGURE_REQUEST);
        peer.expect(PppProtocol.IPV6CP, Code.TERMINATE_REQUEST);
        assertThat(peer.isFinished()).isFalse();
    }

    @Test
    void countsUpToTheEndOfSetupByIpv6Alone() {
        peer.comeUpWithIpv6(PEER);
        peer.say(PppProtocol.IPCP, Code.TERMINATE_REQUEST, "");
        peer.sent.clear();
        peer.pass(120);
        assertThat(peer.link.end()).isEmpty();
    }

    private void comeUpInClear() {
        peer = new ScriptedPeer(MppePolicy.DENY, IPV6);
        peer.establish();
        peer.logIn();
        peer.acknowledge(PppProtocol.IPCP);
        peer.acknowledge(PppProtocol.IPV6CP);
        peer.say(PppProtocol.IPV6CP, Code.CONFIGURE_REQUEST, PEER);
        peer.expect(PppProtocol.IPV6CP, Code.CONFIGURE_ACK, PEER);
        assertThat(peer.count(LinkAction.Ipv6Up.class)).isOne();
    }

    /** The link's request under one protocol; what it sent under others is passed over. */
    private ControlPacket rest(int protocol) {
        ControlPacket request =
                peer.sent.stream()
                        .filter(sent -> sent.protocol() == protocol)
                        .findFirst()
                        .orElseThrow()
                        .packet();
        peer.sent.clear();
        return request;
    }

    private FrameVerdict sayIpv6(byte[] packet) {
        ByteBuffer frame = frame(packet);
        PppFrame.prependHeader(frame, PppProtocol.IPV6, true, true);
        return peer.sayFrame(frame);
    }

    private static ByteBuffer frame(byte[] packet) {
        ByteBuffer frame = ByteBuffer.allocate(PppLink.HEADROOM_OCTETS + packet.length);
        frame.position(PppLink.HEADROOM_OCTETS);
        return frame.put(packet).position(PppLink.HEADROOM_OCTETS);
    }
}
