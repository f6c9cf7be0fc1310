package dev.pptpd.ppp.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.ppp.ccp.MppePolicy;
import dev.pptpd.ppp.frame.PppProtocol;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.ppp.ipcp.Ipv4Assignment;
import dev.pptpd.ppp.packet.Code;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A client that asks for an address other than its own: somebody decides, and it waits. */
final class AskedAddressTest {
    private static final Ipv4Assignment NEGOTIABLE =
            new Ipv4Assignment(
                    ScriptedPeer.ASSIGNMENT.local(),
                    ScriptedPeer.ASSIGNMENT.peer(),
                    List.of(),
                    List.of(),
                    true);

    private final ScriptedPeer peer = new ScriptedPeer(MppePolicy.REQUIRE);

    private void comeToAddresses(Ipv4Assignment assignment) {
        peer.assignment = assignment;
        peer.establish();
        peer.logIn();
        peer.encrypt();
        peer.acknowledge(PppProtocol.IPCP);
    }

    @Test
    void waitsForTheDecisionAndGrantsWhatWasDecided() {
        comeToAddresses(NEGOTIABLE);
        ask("0a000007");
        assertThat(peer.sent).isEmpty();
        assertThat(questions()).containsExactly(address("10.0.0.7"));
        Ipv4Assignment granted = NEGOTIABLE.withPeer(address("10.0.0.7"));
        peer.decideAddress(granted);
        peer.expect(PppProtocol.IPCP, Code.CONFIGURE_ACK, "3:0a000007");
        assertThat(peer.events)
                .filteredOn(LinkAction.NetworkUp.class::isInstance)
                .extracting(event -> ((LinkAction.NetworkUp) event).assignment())
                .containsExactly(granted);
    }

    @Test
    void namesItsOwnWhereThatIsDecidedAndAsksNobodyAgain() {
        comeToAddresses(NEGOTIABLE);
        ask("0a000007");
        peer.decideAddress(NEGOTIABLE);
        peer.expect(PppProtocol.IPCP, Code.CONFIGURE_NAK, "3:0a000005");
        ask("0a000007");
        peer.expect(PppProtocol.IPCP, Code.CONFIGURE_NAK, "3:0a000005");
        ask("0a000005");
        peer.expect(PppProtocol.IPCP, Code.CONFIGURE_ACK, "3:0a000005");
        assertThat(questions()).hasSize(1);
    }

    @Test
    void answersTheLatestRequestOfAClientThatRepeatsItself() {
        comeToAddresses(NEGOTIABLE);
        ask("0a000007");
        peer.say(PppProtocol.IPCP, Code.CONFIGURE_REQUEST, 77, new byte[] {3, 6, 10, 0, 0, 7});
        assertThat(questions()).hasSize(1);
        peer.decideAddress(NEGOTIABLE.withPeer(address("10.0.0.7")));
        assertThat(peer.expect(PppProtocol.IPCP, Code.CONFIGURE_ACK).identifier()).isEqualTo(77);
        assertThat(peer.sent).isEmpty();
    }

    @Test
    void asksAnewWhereTheClientChangedItsMindMeanwhile() {
        comeToAddresses(NEGOTIABLE);
        ask("0a000007");
        ask("0a000008");
        peer.decideAddress(NEGOTIABLE.withPeer(address("10.0.0.7")));
        assertThat(questions()).containsExactly(address("10.0.0.7"), address("10.0.0.8"));
        peer.decideAddress(NEGOTIABLE.withPeer(address("10.0.0.8")));
        peer.expect(PppProtocol.IPCP, Code.CONFIGURE_ACK, "3:0a000008");
    }

    @Test
    void gathersNoEndlessWishes() {
        comeToAddresses(NEGOTIABLE);
        for (int last = 16; last < 26; last++) {
            ask("0a0000" + Integer.toHexString(last));
            peer.decideAddress(NEGOTIABLE);
            peer.expect(PppProtocol.IPCP, Code.CONFIGURE_NAK, "3:0a000005");
        }
        assertThat(questions()).hasSize(3);
    }

    @Test
    void asksNobodyAboutAnAddressThatIsNone() {
        comeToAddresses(NEGOTIABLE);
        for (String none : List.of("00000000", "ffffffff", "7f000001", "e0000001")) {
            ask(none);
            peer.expect(PppProtocol.IPCP, Code.CONFIGURE_NAK, "3:0a000005");
        }
        assertThat(questions()).isEmpty();
    }

    @Test
    void asksNobodyWhereAddressesStand() {
        comeToAddresses(ScriptedPeer.ASSIGNMENT);
        ask("0a000007");
        peer.expect(PppProtocol.IPCP, Code.CONFIGURE_NAK, "3:0a000005");
        assertThat(questions()).isEmpty();
    }

    @Test
    void keepsTheAddressesOfANetworkThatIsUp() {
        comeToAddresses(NEGOTIABLE);
        ask("0a000005");
        peer.expect(PppProtocol.IPCP, Code.CONFIGURE_ACK, "3:0a000005");
        ask("0a000007");
        assertThat(questions()).isEmpty();
    }

    /** The link started over while the question was open; the device has the address by now. */
    @Test
    void takesADecisionThatComesBeforeTheQuestion() {
        comeToAddresses(NEGOTIABLE);
        peer.decideAddress(NEGOTIABLE.withPeer(address("10.0.0.9")));
        assertThat(peer.sent).isEmpty();
        ask("00000000");
        peer.expect(PppProtocol.IPCP, Code.CONFIGURE_NAK, "3:0a000009");
        ask("0a000009");
        peer.expect(PppProtocol.IPCP, Code.CONFIGURE_ACK, "3:0a000009");
        assertThat(questions()).isEmpty();
    }

    @Test
    void answersNoRequestThatTheClientHasTakenBack() {
        comeToAddresses(NEGOTIABLE);
        ask("0a000007");
        peer.say(PppProtocol.IPCP, Code.TERMINATE_REQUEST, 9, new byte[0]);
        peer.expect(PppProtocol.IPCP, Code.TERMINATE_ACK);
        peer.decideAddress(NEGOTIABLE.withPeer(address("10.0.0.7")));
        assertThat(peer.sent).isEmpty();
    }

    private void ask(String address) {
        peer.say(PppProtocol.IPCP, Code.CONFIGURE_REQUEST, "3:" + address);
    }

    private List<Ipv4Address> questions() {
        return peer.events.stream()
                .filter(LinkAction.AskForAddress.class::isInstance)
                .map(event -> ((LinkAction.AskForAddress) event).asked())
                .toList();
    }

    private static Ipv4Address address(String text) {
        return Ipv4Address.parse(text).orElseThrow();
    }
}
