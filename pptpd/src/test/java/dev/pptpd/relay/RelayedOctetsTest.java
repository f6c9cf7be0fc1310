package dev.pptpd.relay;

import static dev.pptpd.relay.RelaySide.CLIENT;
import static dev.pptpd.relay.RelaySide.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.control.CallClearRequest;
import dev.pptpd.control.ControlMessageEncoder;
import dev.pptpd.control.EchoRequest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the relay makes of octets that are cut, unknown or hostile. */
final class RelayedOctetsTest {
    private final RelayRig rig = RelayRig.started();

    @Test
    void makesTheSameOfAStreamWhereverItIsCut() {
        ByteBuffer stream = stream();
        List<RelayRig.Sent> whole = RelayRig.started().say(CLIENT, stream.duplicate());
        assertThat(whole).hasSize(5);
        for (int cut = 0; cut <= stream.limit(); cut++) {
            RelayRig one = RelayRig.started();
            List<RelayRig.Sent> parts = new ArrayList<>();
            parts.addAll(one.say(CLIENT, stream.slice(0, cut)));
            parts.addAll(one.say(CLIENT, stream.slice(cut, stream.limit() - cut)));
            assertThat(parts).as("cut at %d", cut).isEqualTo(whole);
        }
        List<RelayRig.Sent> single = new ArrayList<>();
        for (int index = 0; index < stream.limit(); index++) {
            single.addAll(rig.say(CLIENT, stream.slice(index, 1)));
        }
        assertThat(single).isEqualTo(whole);
    }

    /** Echo, an unknown message with a body and one without, a call request, echo. */
    private static ByteBuffer stream() {
        return ByteBuffer.allocate(2048)
                .put(ControlMessageEncoder.encode(new EchoRequest(1)))
                .put(message(99, 40))
                .put(message(98, 12))
                .put(ControlMessageEncoder.encode(RelayRig.request(0)))
                .put(ControlMessageEncoder.encode(new EchoRequest(2)))
                .flip();
    }

    @Test
    void saysNothingOfAMessageUntilItIsWhole() {
        ByteBuffer request = ControlMessageEncoder.encode(RelayRig.request(0));
        for (int length = 0; length < request.limit(); length++) {
            RelayRig one = RelayRig.started();
            assertThat(one.say(CLIENT, request.slice(0, length))).isEmpty();
            assertThat(one.others).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 13, 220, 221, 1023, 1024})
    void passesUnknownMessagesUnchanged(int length) {
        for (RelaySide from : RelaySide.values()) {
            ByteBuffer message = message(16, length);
            assertThat(rig.say(from, message.duplicate()))
                    .containsExactly(new RelayRig.Sent(from.other(), message));
        }
    }

    /** A05, A06: a length below the header, above the limit, or not that of the type. */
    @ParameterizedTest
    @CsvSource({"16, 0", "16, 11", "16, 1025", "16, 65535", "5, 17", "7, 167", "1, 0"})
    void closesBothEndsAfterABadLength(int type, int length) {
        for (RelaySide from : RelaySide.values()) {
            RelayRig one = RelayRig.started();
            ByteBuffer bad = message(type, 12).putShort(0, (short) length);
            assertThat(one.say(from, bad)).isEmpty();
            assertThat(one.closed()).contains(RelayEnd.malformedBy(from));
            assertThat(one.say(from, new EchoRequest(1))).isEmpty();
            assertThat(one.say(from.other(), new EchoRequest(1))).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void passesOnWhatCameBeforeTheMalformedMessage(RelaySide from) {
        ByteBuffer octets =
                ByteBuffer.allocate(64)
                        .put(ControlMessageEncoder.encode(new EchoRequest(1)))
                        .put(message(5, 16).putInt(4, 0x0BAD))
                        .flip();
        assertThat(rig.say(from, octets)).hasSize(1);
        assertThat(rig.closed()).contains(RelayEnd.malformedBy(from));
    }

    @Test
    void survivesNoiseFromBothEndsWithinItsBounds() {
        SplittableRandom random = new SplittableRandom(8);
        for (int round = 0; round < 20_000; round++) {
            RelayRig one = RelayRig.started();
            for (int part = 0; part < 4; part++) {
                byte[] octets = noise(random);
                RelaySide from = random.nextBoolean() ? CLIENT : SERVER;
                List<RelayRig.Sent> sent = one.say(from, ByteBuffer.wrap(octets));
                assertThat(sent.size()).isLessThanOrEqualTo(octets.length / 12 + 2);
            }
            one.connection.end(one.now);
            one.drain();
            assertRoutesClosed(one);
        }
    }

    /** Sound messages with a few octets changed, or none. */
    private static byte[] noise(SplittableRandom random) {
        ByteBuffer octets = ByteBuffer.allocate(1024);
        for (int count = random.nextInt(3); count >= 0; count--) {
            octets.put(
                    switch (random.nextInt(4)) {
                        case 0 -> ControlMessageEncoder.encode(RelayRig.request(random.nextInt(3)));
                        case 1 -> ControlMessageEncoder.encode(RelayRig.reply(1, 2, 1));
                        case 2 -> ControlMessageEncoder.encode(new CallClearRequest(0));
                        default -> message(random.nextInt(20), 12 + random.nextInt(20));
                    });
        }
        byte[] some = new byte[octets.flip().limit()];
        octets.get(some);
        for (int count = random.nextInt(3); count > 0; count--) {
            some[random.nextInt(some.length)] = (byte) random.nextInt(256);
        }
        return some;
    }

    private static void assertRoutesClosed(RelayRig one) {
        List<Integer> opened = new ArrayList<>();
        List<Integer> closed = new ArrayList<>();
        for (RelayAction action : one.others) {
            if (action instanceof RelayAction.OpenRoute(_, var callId, _)) {
                opened.add(callId);
            } else if (action instanceof RelayAction.CloseRoute(var callId)) {
                closed.add(callId);
            }
        }
        assertThat(opened).doesNotHaveDuplicates();
        assertThat(closed).containsExactlyInAnyOrderElementsOf(opened);
    }

    private static ByteBuffer message(int type, int length) {
        ByteBuffer message = ByteBuffer.allocate(length);
        message.putShort((short) length).putShort((short) 1).putInt(0x1A2B3C4D);
        message.putShort((short) type);
        for (int value = 1; message.hasRemaining(); value++) {
            message.put((byte) value);
        }
        return message.flip();
    }
}
