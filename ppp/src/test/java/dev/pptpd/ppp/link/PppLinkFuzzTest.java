package dev.pptpd.ppp.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.mppe.MppeStrength;
import dev.pptpd.ppp.ccp.MppeConfiguration;
import dev.pptpd.ppp.ccp.MppePolicy;
import dev.pptpd.ppp.frame.PppProtocol;
import dev.pptpd.ppp.packet.Code;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random frames, most of them with a plausible front, into a link in every phase. */
final class PppLinkFuzzTest {
    private static final int LINKS = 250;
    private static final int FRAMES = 100;
    private static final int[] PROTOCOLS = {
        PppProtocol.LCP,
        PppProtocol.CHAP,
        PppProtocol.CCP,
        PppProtocol.IPCP,
        PppProtocol.IPV4,
        PppProtocol.COMPRESSED,
        PppProtocol.IPV6,
        0xC227,
        0x8057
    };

    enum Reached {
        NOTHING,
        LOGIN,
        NETWORK,
        DATA,
        TERMINATE
    }

    @ParameterizedTest
    @EnumSource(Reached.class)
    void neverFailsAndNeverCarriesDataOfAStranger(Reached reached) {
        for (int seed = 0; seed < LINKS; seed++) {
            Random random = new Random(seed);
            boolean isUp = reached == Reached.NETWORK || reached == Reached.DATA;
            boolean encrypts = isUp || random.nextBoolean();
            ScriptedPeer peer = lead(encrypts ? MppePolicy.REQUIRE : MppePolicy.DENY, reached);
            for (int n = 0; n < FRAMES; n++) {
                FrameVerdict verdict = peer.sayFrame(frame(random));
                if (!isUp) {
                    assertThat(verdict).as("seed %d", seed).isNotEqualTo(FrameVerdict.IPV4);
                    assertThat(peer.count(LinkAction.NetworkUp.class)).isZero();
                }
                if (random.nextInt(8) == 0) {
                    peer.pass(random.nextInt(2_000));
                }
            }
            peer.close("over");
            peer.pass(120_000);
            assertThat(peer.isFinished()).as("seed %d ends", seed).isTrue();
        }
    }

    /** V08: a hostile server. */
    @ParameterizedTest
    @EnumSource(Reached.class)
    void v08AClientNeverFailsAndNeverCarriesDataOfAStranger(Reached reached) {
        MppeConfiguration mppe =
                new MppeConfiguration(MppePolicy.REQUIRE, Set.of(MppeStrength.values()));
        for (int seed = 0; seed < LINKS; seed++) {
            Random random = new Random(seed);
            ScriptedPeer server = new ScriptedPeer(mppe);
            leadAsServer(server, reached);
            for (int n = 0; n < FRAMES; n++) {
                FrameVerdict verdict = server.sayFrame(frame(random));
                if (reached != Reached.DATA) {
                    assertThat(verdict).as("seed %d", seed).isNotEqualTo(FrameVerdict.IPV4);
                    assertThat(server.count(LinkAction.NetworkUp.class)).isZero();
                }
                if (random.nextInt(8) == 0) {
                    server.pass(random.nextInt(2_000));
                }
            }
            server.close("over");
            server.pass(120_000);
            assertThat(server.isFinished()).as("seed %d ends", seed).isTrue();
        }
    }

    private static void leadAsServer(ScriptedPeer server, Reached reached) {
        switch (reached) {
            case NOTHING -> {}
            case LOGIN -> server.establishAsServer();
            case NETWORK -> {
                server.establishAsServer();
                server.letIn(1);
            }
            case DATA -> server.comeUpAsServer();
            case TERMINATE -> {
                server.establishAsServer();
                server.say(PppProtocol.LCP, Code.TERMINATE_REQUEST, "");
            }
        }
    }

    private static ScriptedPeer lead(MppePolicy policy, Reached reached) {
        ScriptedPeer peer = new ScriptedPeer(policy);
        switch (reached) {
            case NOTHING -> {}
            case LOGIN -> peer.establish();
            case NETWORK -> {
                peer.establish();
                peer.logIn();
            }
            case DATA -> peer.comeUp();
            case TERMINATE -> {
                peer.establish();
                peer.say(PppProtocol.LCP, Code.TERMINATE_REQUEST, "");
            }
        }
        return peer;
    }

    /** A header of any form, then perhaps a control packet, then octets of chance. */
    private static ByteBuffer frame(Random random) {
        byte[] octets = new byte[random.nextInt(4, 64)];
        random.nextBytes(octets);
        ByteBuffer frame = ByteBuffer.wrap(octets);
        if (random.nextInt(10) > 0) {
            if (random.nextBoolean()) {
                frame.put((byte) 0xFF).put((byte) 0x03);
            }
            if (frame.remaining() >= 2) {
                frame.putShort((short) PROTOCOLS[random.nextInt(PROTOCOLS.length)]);
            }
            if (frame.remaining() >= 4) {
                int length = frame.remaining();
                frame.put((byte) random.nextInt(17)).put((byte) random.nextInt(4));
                frame.putShort((short) (random.nextInt(10) == 0 ? random.nextInt() : length));
            }
            if (frame.remaining() >= 6 && random.nextBoolean()) {
                frame.put((byte) random.nextInt(20)).put((byte) random.nextInt(8));
            }
        }
        return frame.rewind();
    }
}
