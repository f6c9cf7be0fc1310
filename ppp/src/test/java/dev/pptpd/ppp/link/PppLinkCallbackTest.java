package dev.pptpd.ppp.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.mppe.MppeStrength;
import dev.pptpd.ppp.auth.LoginMethod;
import dev.pptpd.ppp.ccp.MppeConfiguration;
import dev.pptpd.ppp.ccp.MppePolicy;
import dev.pptpd.ppp.frame.PppProtocol;
import dev.pptpd.ppp.lcp.LcpConfiguration;
import dev.pptpd.ppp.packet.Code;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** CLIENTS.md section 5: what Windows waits for after its callback option was acknowledged. */
final class PppLinkCallbackTest {
    private static final byte[] NO_CALLBACK = {1, 2};

    private final ScriptedPeer peer = new ScriptedPeer(configuration());

    private static LinkConfiguration configuration() {
        LinkConfiguration plain =
                ScriptedPeer.configuration(
                        new LinkRole.Server(),
                        new MppeConfiguration(MppePolicy.REQUIRE, Set.of(MppeStrength.BITS_128)),
                        true);
        LcpConfiguration lcp =
                new LcpConfiguration(
                        1400,
                        true,
                        0,
                        true,
                        List.of(LoginMethod.MS_CHAP_V2),
                        true,
                        true,
                        true,
                        true);
        return plain.with(lcp);
    }

    @Test
    void runsCbcpToItsEndBeforeTheNetworkProtocols() {
        peer.establish("1:0578 5:31d67a6e 7 8 13:06");
        peer.logIn();
        assertThat(peer.expect(PppProtocol.CBCP, 1).data()).isEqualTo(NO_CALLBACK);
        peer.say(PppProtocol.IPCP, Code.CONFIGURE_REQUEST, "3:0a000005");
        assertThat(peer.sent).as("too early").isEmpty();
        peer.say(PppProtocol.CBCP, 2, 1, NO_CALLBACK);
        assertThat(peer.expect(PppProtocol.CBCP, 3).data()).isEqualTo(NO_CALLBACK);
        peer.encrypt();
        peer.address();
        assertThat(peer.count(LinkAction.NetworkUp.class)).isOne();
    }

    @Test
    void goesOnAtOnceWhereThePeerDoesNotAsk() {
        peer.comeUp();
    }

    @Test
    void endsWhereThePeerInsistsOnBeingCalledBack() {
        peer.establish("1:0578 5:31d67a6e 13:06");
        peer.logIn();
        for (int n = 0; n < 10; n++) {
            peer.expect(PppProtocol.CBCP, 1);
            peer.say(PppProtocol.CBCP, 2, 1, HexFormat.of().parseHex("020c00013132333400"));
        }
        peer.expect(PppProtocol.LCP, Code.TERMINATE_REQUEST);
        assertThat(peer.link.end().orElseThrow())
                .isEqualTo(
                        new LinkEnd(
                                LinkEnd.Cause.NEGOTIATION_FAILED, "no agreement about callback"));
    }

    @Test
    void rejectsCbcpThatNobodyAskedFor() {
        peer.comeUp();
        peer.say(PppProtocol.CBCP, 2, 1, NO_CALLBACK);
        peer.expect(PppProtocol.LCP, Code.PROTOCOL_REJECT);
    }
}
