package dev.pptpd.ppp.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.ppp.frame.PppProtocol;
import dev.pptpd.ppp.link.LinkEnd.Cause;
import dev.pptpd.ppp.option.Option;
import dev.pptpd.ppp.option.OptionList;
import dev.pptpd.ppp.option.Options;
import dev.pptpd.ppp.packet.Code;
import dev.pptpd.ppp.packet.ControlPacket;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Peers that never agree, never stop agreeing, or only make work, under each control protocol and
 * at either end: the link, or the protocol where the link can do without it, ends after so many
 * rounds, and until then nothing costs more than an answer to each packet.
 */
final class NegotiationStormTest {
    /** Far more than any limit; at the clock's standstill, as a flood is. */
    private static final int STORM = 3_000;

    /** Twenty rounds, our repetitions, and the requests that go with the answers. */
    private static final int MOST_ANSWERS = 45;

    /** What a peer does instead of agreeing. */
    record Storm(String name, UnaryOperator<ControlPacket> packet) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Object[]> stormsOfRequests() {
        Random random = new Random(35);
        List<Object[]> all = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            all.add(
                    new Object[] {
                        stage, new Storm("another unknown option each time", _ -> unknown(random))
                    });
            all.add(
                    new Object[] {
                        stage,
                        new Storm(
                                "what is never acknowledged, under new identifiers",
                                new Disagreement(stage.protocol))
                    });
            all.add(
                    new Object[] {
                        stage,
                        new Storm(
                                "the same good request, while ours stays unanswered",
                                _ -> request(7, stage.good))
                    });
            all.add(new Object[] {stage, new Storm("nothing at all", new Numbered(""))});
        }
        return all.stream();
    }

    /** Requests that differ in their identifiers. */
    private static final class Numbered implements UnaryOperator<ControlPacket> {
        private final String options;
        private int identifier;

        Numbered(String options) {
            this.options = options;
        }

        @Override
        public ControlPacket apply(ControlPacket ours) {
            return request(identifier++, options);
        }
    }

    /** Options that are known and are answered with a Nak for ever. */
    private static final class Disagreement implements UnaryOperator<ControlPacket> {
        private final int protocol;
        private int identifier;

        Disagreement(int protocol) {
            this.protocol = protocol;
        }

        @Override
        public ControlPacket apply(ControlPacket ours) {
            int value = ++identifier;
            return request(
                    value,
                    switch (protocol) {
                        case PppProtocol.LCP -> String.format("1:00%02x", value & 0x7F);
                        case PppProtocol.CCP -> "18:00000000";
                        case PppProtocol.IPCP -> String.format("3:e00000%02x", value & 0xFF);
                        default -> "1:0000000000000000";
                    });
        }
    }

    private static ControlPacket unknown(Random random) {
        byte[] data = new byte[random.nextInt(20)];
        random.nextBytes(data);
        Option option = new Option(random.nextInt(140, 256), data);
        return new ControlPacket(
                Code.CONFIGURE_REQUEST, random.nextInt(), new OptionList(List.of(option)).encode());
    }

    private static ControlPacket request(int identifier, String options) {
        return new ControlPacket(Code.CONFIGURE_REQUEST, identifier, Options.of(options).encode());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("stormsOfRequests")
    void endsWithAPeerThatAsksForEver(Stage stage, Storm storm) {
        ScriptedPeer peer = stage.peer();
        ControlPacket ours = stage.leadToRequest(peer);
        for (int n = 0; n < STORM; n++) {
            peer.say(stage.protocol, storm.packet().apply(ours));
        }
        assertEnded(stage, peer);
    }

    private static void assertEnded(Stage stage, ScriptedPeer peer) {
        assertThat(peer.sent).hasSizeLessThanOrEqualTo(MOST_ANSWERS);
        if (stage.endsTheLink()) {
            assertThat(peer.link.end()).isPresent();
            assertThat(peer.link.end().orElseThrow().cause())
                    .isIn(
                            Cause.NEGOTIATION_FAILED,
                            Cause.ENCRYPTION_FAILED,
                            Cause.ADDRESS_FAILED,
                            Cause.AUTHENTICATION_FAILED);
        } else {
            assertThat(peer.link.end()).isEmpty();
            assertThat(peer.count(LinkAction.Ipv6Up.class)).isZero();
        }
        assertThat(peer.count(LinkAction.NetworkUp.class)).isZero();
    }

    /** The peer answers each request of ours, and never with an Ack. */
    @ParameterizedTest
    @EnumSource(Stage.class)
    void endsWithAPeerThatNaksForEver(Stage stage) {
        answerForEver(
                stage,
                Code.CONFIGURE_NAK,
                n ->
                        switch (stage.protocol) {
                            case PppProtocol.LCP -> String.format("1:%04x", 1000 + n);
                            case PppProtocol.CCP -> "18:00000020";
                            case PppProtocol.IPCP -> String.format("3:0a0001%02x", n & 0xFF);
                            default -> String.format("1:%016x", n + 1);
                        });
    }

    @ParameterizedTest
    @EnumSource(Stage.class)
    void endsWithAPeerThatNaksWithOptionsThatNobodyAskedFor(Stage stage) {
        answerForEver(stage, Code.CONFIGURE_NAK, n -> String.format("%d:%04x", 200 + n % 50, n));
    }

    @ParameterizedTest
    @EnumSource(Stage.class)
    void endsWithAPeerThatRejectsWhatWasNeverAskedFor(Stage stage) {
        answerForEver(stage, Code.CONFIGURE_REJECT, n -> String.format("%d:%04x", 200 + n % 50, n));
    }

    @ParameterizedTest
    @EnumSource(Stage.class)
    void endsWithAPeerThatRejectsNothingForEver(Stage stage) {
        answerForEver(stage, Code.CONFIGURE_REJECT, _ -> "");
    }

    private static void answerForEver(Stage stage, int code, IntFunction<String> options) {
        ScriptedPeer peer = stage.peer();
        ControlPacket ours = stage.leadToRequest(peer);
        for (int n = 0; n < STORM && ours != null; n++) {
            peer.say(
                    stage.protocol,
                    new ControlPacket(
                            code, ours.identifier(), Options.of(options.apply(n)).encode()));
            ours = nextRequest(stage, peer, ours.identifier());
        }
        assertThat(ours).as("our last request").isNull();
        assertEnded(stage, peer);
    }

    private static @Nullable ControlPacket nextRequest(Stage stage, ScriptedPeer peer, int before) {
        ControlPacket next = asked(stage, peer);
        return next == null || next.identifier() == before ? null : next;
    }

    private static @Nullable ControlPacket asked(Stage stage, ScriptedPeer peer) {
        ControlPacket latest = null;
        for (ScriptedPeer.Sent sent : peer.sent) {
            if (isRequest(stage, sent)) {
                latest = sent.packet();
            }
        }
        return latest;
    }

    /** The peer acknowledges all of ours, with time passing, and its own are never good. */
    @ParameterizedTest
    @EnumSource(Stage.class)
    void endsWithAPeerThatAcknowledgesAndNeverAsks(Stage stage) {
        ScriptedPeer peer = stage.peer();
        ControlPacket ours = stage.leadToRequest(peer);
        int acknowledged = 0;
        while (peer.link.end().isEmpty() && acknowledged < 200) {
            peer.say(stage.protocol, Code.CONFIGURE_ACK, ours.identifier(), ours.data());
            acknowledged++;
            peer.sent.clear();
            peer.pass(3_000);
            if (peer.sent.stream().noneMatch(sent -> isRequest(stage, sent))) {
                break;
            }
            ours = stage.latest(peer);
        }
        assertThat(acknowledged).isLessThan(40);
        peer.pass(60_000);
        if (stage.endsTheLink()) {
            assertThat(peer.isFinished()).isTrue();
        }
    }

    private static boolean isRequest(Stage stage, ScriptedPeer.Sent sent) {
        return sent.protocol() == stage.protocol && sent.packet().code() == Code.CONFIGURE_REQUEST;
    }

    /** Up, and up again, and again: as often as the peer likes, at the clock's standstill. */
    @ParameterizedTest
    @EnumSource(Stage.class)
    void endsWithAPeerThatRenegotiatesForEver(Stage stage) {
        ScriptedPeer peer = stage.peer();
        ControlPacket ours = stage.leadToRequest(peer);
        int ups = 0;
        for (; ups < STORM && peer.link.end().isEmpty(); ups++) {
            peer.say(stage.protocol, request(ups, stage.good));
            ours = agree(stage, peer, Objects.requireNonNullElse(asked(stage, peer), ours));
        }
        if (stage.endsTheLink()) {
            assertThat(ups).isLessThanOrEqualTo(40);
            assertThat(peer.link.end().orElseThrow().detail()).endsWith("renegotiated too often");
        } else {
            assertThat(peer.count(LinkAction.Ipv6Up.class)).isLessThanOrEqualTo(40);
            assertThat(peer.link.end()).isEmpty();
        }
    }

    /** The Ack of our latest request; a client has to be given an address before. */
    private static ControlPacket agree(Stage stage, ScriptedPeer peer, ControlPacket request) {
        ControlPacket ours = request;
        if (stage == Stage.IPCP_OF_A_CLIENT) {
            byte[] named = Options.of("3:0a000005 129:0a000002 131:0a000003").encode();
            peer.say(stage.protocol, Code.CONFIGURE_NAK, ours.identifier(), named);
            ours = Objects.requireNonNullElse(asked(stage, peer), ours);
        }
        peer.sent.clear();
        peer.say(stage.protocol, Code.CONFIGURE_ACK, ours.identifier(), ours.data());
        peer.sent.removeIf(sent -> !isRequest(stage, sent));
        return ours;
    }

    /** An open layer answers each packet with one, whatever else it was asked for. */
    @ParameterizedTest
    @EnumSource(Stage.class)
    void answersNoPacketWithMoreThanTwo(Stage stage) {
        for (int code = 0; code < 256; code++) {
            ScriptedPeer peer = stage.peer();
            stage.leadToRequest(peer);
            peer.say(stage.protocol, code, 9, Options.of(stage.good).encode());
            assertThat(peer.sent).as("code %d", code).hasSizeLessThanOrEqualTo(2);
        }
    }

    /** However many options there are, known or not, and however little they say. */
    @ParameterizedTest
    @EnumSource(
            value = Stage.class,
            names = {"CCP_OF_A_SERVER", "IPCP_OF_A_SERVER", "IPV6CP_OF_A_SERVER"})
    void answersNothingLargerThanTheMruOfThePeer(Stage stage) {
        for (String option : List.of("238:aa", "1", "3", "18", "129")) {
            for (int count : new int[] {1, 20, 41, 42, 62, 63, 100, 1_000}) {
                ScriptedPeer peer = stage.peer();
                peer.establish("1:0080 5:31d67a6e");
                peer.logIn();
                if (stage != Stage.CCP_OF_A_SERVER) {
                    peer.encrypt();
                }
                peer.sent.clear();
                stage.say(peer, Code.CONFIGURE_REQUEST, 9, (option + " ").repeat(count));
                assertThat(peer.sent)
                        .allMatch(sent -> sent.packet().octets() <= 128)
                        .hasSizeLessThanOrEqualTo(2);
                peer.sent.clear();
                stage.say(peer, Code.CONFIGURE_REQUEST, 10, stage.good);
                assertThat(peer.sent).anyMatch(sent -> sent.packet().code() == Code.CONFIGURE_ACK);
            }
        }
    }

    @Test
    void aStormOfTerminateAcksEndsLikeOneOfRequests() {
        ScriptedPeer peer = Stage.IPCP_OF_A_SERVER.peer();
        peer.comeUp();
        for (int n = 0; n < STORM && peer.link.end().isEmpty(); n++) {
            peer.say(PppProtocol.IPCP, Code.TERMINATE_ACK, n, new byte[0]);
            peer.acknowledge(PppProtocol.IPCP);
            peer.say(PppProtocol.IPCP, request(n, "3:0a000005"));
            peer.sent.clear();
        }
        assertThat(peer.count(LinkAction.NetworkUp.class)).isLessThanOrEqualTo(40);
    }
}
