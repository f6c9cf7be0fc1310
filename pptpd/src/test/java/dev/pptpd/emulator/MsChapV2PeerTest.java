package dev.pptpd.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The sample values of RFC 2759 section 9.2 and RFC 3079 section 3.5.3. */
final class MsChapV2PeerTest {
    private static final Octets CHALLENGE = Octets.ofHex("5b5d7c7d7b3f2f3e3c2c602132262628");
    private static final Octets PEER_CHALLENGE = Octets.ofHex("21402324255e262a28295f2b3a337c7e");
    private static final Octets NT_RESPONSE =
            Octets.ofHex("82309ecd8d708b5ea08faa3981cd83544233114a3d85d6df");
    private static final Octets SERVER_SEND_START_KEY =
            Octets.ofHex("8b7cdc149b993a1ba118cb153f56dccb");
    private static final Octets SERVER_RECEIVE_START_KEY =
            Octets.ofHex("d5f0e9521e3ea9589645e86051c82226");

    private final MsChapV2Peer peer =
            new MsChapV2Peer("User", "clientPass", CHALLENGE, PEER_CHALLENGE);

    @Test
    void answersTheSampleChallenge() {
        assertThat(peer.ntResponse()).isEqualTo(NT_RESPONSE);
        assertThat(peer.responseValue())
                .isEqualTo(
                        PEER_CHALLENGE
                                .plus(Octets.of(new byte[8]))
                                .plus(NT_RESPONSE)
                                .plus(Octets.of(new byte[1])));
    }

    @Test
    void expectsTheSampleProof() {
        assertThat(peer.authenticatorResponse())
                .isEqualTo("S=407A5589115FD0D6209F510FE9C04566932CDA56");
    }

    @Test
    void leavesTheDomainOutOfTheHash() {
        var withDomain = new MsChapV2Peer("CORP\\User", "clientPass", CHALLENGE, PEER_CHALLENGE);
        assertThat(withDomain.ntResponse()).isEqualTo(NT_RESPONSE);
    }

    @Test
    void receivesWithTheKeyThatTheServerSendsWith() {
        assertThat(peer.receiveStartKey()).isEqualTo(SERVER_SEND_START_KEY);
        assertThat(peer.sendStartKey()).isEqualTo(SERVER_RECEIVE_START_KEY);
    }
}
