package dev.pptpd.ppp.link;

import dev.pptpd.ppp.frame.PppProtocol;
import dev.pptpd.ppp.option.Options;
import dev.pptpd.ppp.packet.Code;
import dev.pptpd.ppp.packet.ControlPacket;

/** One end of one control protocol within a whole link, and the way there. */
enum Stage {
    LCP_OF_A_SERVER(PppProtocol.LCP, false, "5:31d67a6e", "13:06", "1:0514"),
    LCP_OF_A_CLIENT(PppProtocol.LCP, true, "3:c22381 5:31d67a6e", "3:c023", "1:0514"),
    CCP_OF_A_SERVER(PppProtocol.CCP, false, "18:01000040", "18:01000000", "18:01000040"),
    CCP_OF_A_CLIENT(PppProtocol.CCP, true, "18:01000040", "18:01000000", "18:01000040"),
    IPCP_OF_A_SERVER(PppProtocol.IPCP, false, "3:0a000005", "3:00000000", "3:0a000009"),
    IPCP_OF_A_CLIENT(
            PppProtocol.IPCP,
            true,
            "3:0a000001",
            "2:002d0f01",
            "3:0a000005 129:0a000002 131:0a000003"),
    IPV6CP_OF_A_SERVER(
            PppProtocol.IPV6CP,
            false,
            "1:021122fffe334455",
            "1:0000000000000000",
            "1:0000000000000007"),
    IPV6CP_OF_A_CLIENT(
            PppProtocol.IPV6CP,
            true,
            "1:021122fffe334455",
            "1:0000000000000000",
            "1:0000000000000007");

    final int protocol;
    final boolean isClient;

    /** A request of the peer that is acknowledged. */
    final String good;

    /** One that is not. */
    final String bad;

    /** What the peer may name instead of an option of ours. */
    final String nak;

    Stage(int protocol, boolean isClient, String good, String bad, String nak) {
        this.protocol = protocol;
        this.isClient = isClient;
        this.good = good;
        this.bad = bad;
        this.nak = nak;
    }

    /** The link can do without IPv6. */
    boolean endsTheLink() {
        return protocol != PppProtocol.IPV6CP;
    }

    ScriptedPeer peer() {
        String role = isClient ? "client" : "server";
        return new ScriptedPeer(LinkWords.configuration(endsTheLink() ? role : role + " ipv6"));
    }

    /** Our request of this protocol is out and has no answer; it is handed back. */
    ControlPacket leadToRequest(ScriptedPeer peer) {
        if (protocol == PppProtocol.LCP) {
            peer.pass(ScriptedPeer.START_DELAY_MILLIS);
        } else {
            leadToTheNetworks(peer);
        }
        ControlPacket request = latest(peer);
        peer.sent.clear();
        return request;
    }

    private void leadToTheNetworks(ScriptedPeer peer) {
        if (isClient) {
            peer.establishAsServer();
            peer.letIn(1);
        } else {
            peer.establish();
            peer.logIn();
        }
        if (protocol != PppProtocol.CCP) {
            peer.encrypt();
        }
    }

    /** Both sides have acknowledged. */
    void open(ScriptedPeer peer, ControlPacket request) {
        ControlPacket ours = request;
        if (this == IPCP_OF_A_CLIENT) {
            say(peer, Code.CONFIGURE_NAK, ours.identifier(), nak);
            ours = latest(peer);
        }
        say(peer, Code.CONFIGURE_REQUEST, 50, good);
        peer.say(protocol, Code.CONFIGURE_ACK, ours.identifier(), ours.data());
        peer.sent.clear();
    }

    void say(ScriptedPeer peer, int code, int identifier, String options) {
        peer.say(protocol, code, identifier, Options.of(options).encode());
    }

    /** The last request of ours that has not been looked at. */
    ControlPacket latest(ScriptedPeer peer) {
        return peer.sent.stream()
                .filter(sent -> sent.protocol() == protocol)
                .map(ScriptedPeer.Sent::packet)
                .filter(packet -> packet.code() == Code.CONFIGURE_REQUEST)
                .reduce((first, second) -> second)
                .orElseThrow();
    }
}
