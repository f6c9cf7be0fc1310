package dev.pptpd.relay;

import static dev.pptpd.relay.RelaySide.CLIENT;
import static dev.pptpd.relay.RelaySide.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.control.CallClearRequest;
import dev.pptpd.control.CallDisconnectNotify;
import dev.pptpd.control.ControlMessage;
import dev.pptpd.control.ControlMessageEncoder;
import dev.pptpd.control.EchoReply;
import dev.pptpd.control.EchoRequest;
import dev.pptpd.control.IncomingCallConnected;
import dev.pptpd.control.IncomingCallReply;
import dev.pptpd.control.IncomingCallRequest;
import dev.pptpd.control.OutgoingCallReply;
import dev.pptpd.control.OutgoingCallRequest;
import dev.pptpd.control.SetLinkInfo;
import dev.pptpd.control.StopControlConnectionReply;
import dev.pptpd.control.StopControlConnectionRequest;
import dev.pptpd.control.Subaddress;
import dev.pptpd.control.TextField;
import dev.pptpd.control.WanErrorCounters;
import dev.pptpd.control.WanErrorNotify;
import dev.pptpd.relay.RelayAction.CallIds;
import dev.pptpd.relay.RelayAction.CloseRoute;
import dev.pptpd.relay.RelayAction.OpenRoute;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RelayedConnectionTest {
    private static final WanErrorCounters WAN_ERRORS = new WanErrorCounters(1, 2, 3, 4, 5, 6);
    private static final int CLIENT_ID = 0;
    private static final int SERVER_ID = 500;
    private static final TextField STATISTICS = TextField.of("octets 1");

    private final RelayRig rig = RelayRig.started();

    static List<ControlMessage> messagesWithoutCallId() {
        return List.of(
                RelayRig.START,
                RelayRig.STARTED,
                new StopControlConnectionRequest(3),
                new StopControlConnectionReply(1, 2),
                new EchoRequest(0xFFFF_FFFFL),
                new EchoReply(7, 1, 2));
    }

    @ParameterizedTest
    @MethodSource("messagesWithoutCallId")
    void passesMessagesWithoutCallIdUnchangedReservedFieldsIncluded(ControlMessage message) {
        for (RelaySide from : RelaySide.values()) {
            ByteBuffer octets = ControlMessageEncoder.encode(message);
            octets.putShort(10, (short) 0x5A5A);
            octets.put(octets.limit() - 1, (byte) 0x77);
            var passed = rig.say(from, octets.duplicate());
            assertThat(passed).containsExactly(new RelayRig.Sent(from.other(), octets));
        }
    }

    @Test
    void givesACallOfTheClientIdsOfItsOwnTowardsBothEnds() {
        var request = (OutgoingCallRequest) rig.pass(CLIENT, RelayRig.request(CLIENT_ID));
        assertThat(request.callId()).isNotZero();
        assertThat(request).isEqualTo(RelayRig.request(request.callId()));

        var reply =
                (OutgoingCallReply)
                        rig.pass(SERVER, RelayRig.reply(SERVER_ID, request.callId(), 1));
        assertThat(reply).isEqualTo(RelayRig.reply(reply.callId(), CLIENT_ID, 1));
        assertThat(reply.callId()).isNotIn(0, SERVER_ID, request.callId());
        assertThat(rig.others)
                .containsExactly(
                        new OpenRoute(SERVER, request.callId(), CLIENT_ID),
                        new OpenRoute(CLIENT, reply.callId(), SERVER_ID),
                        new RelayAction.CallUp(
                                new CallIds(
                                        CLIENT_ID, request.callId(), SERVER_ID, reply.callId())));
    }

    @ParameterizedTest
    @EnumSource
    void givesAnIncomingCallIdsOfItsOwnTowardsBothEnds(RelaySide caller) {
        RelaySide callee = caller.other();
        var request = (IncomingCallRequest) rig.pass(caller, incoming(9));
        assertThat(request).isEqualTo(incoming(request.callId()));
        var reply =
                (IncomingCallReply)
                        rig.pass(callee, new IncomingCallReply(8, request.callId(), 1, 0, 64, 3));
        assertThat(reply).isEqualTo(new IncomingCallReply(reply.callId(), 9, 1, 0, 64, 3));
        assertThat(rig.others)
                .contains(
                        new OpenRoute(callee, request.callId(), 9),
                        new OpenRoute(caller, reply.callId(), 8));

        assertThat(rig.pass(caller, new IncomingCallConnected(reply.callId(), 1, 2, 3, 2)))
                .isEqualTo(new IncomingCallConnected(8, 1, 2, 3, 2));
        assertThat(rig.pass(callee, new CallClearRequest(8)))
                .isEqualTo(new CallClearRequest(reply.callId()));
        assertThat(rig.pass(caller, new CallDisconnectNotify(9, 4, 0, 0, STATISTICS)))
                .isEqualTo(new CallDisconnectNotify(request.callId(), 4, 0, 0, STATISTICS));
    }

    @Test
    void namesTheCallToEachEndByThatEndsOwnId() {
        CallIds ids = rig.call(CLIENT_ID, SERVER_ID);
        assertThat(rig.pass(CLIENT, new SetLinkInfo(ids.toClient(), 1, 2)))
                .isEqualTo(new SetLinkInfo(SERVER_ID, 1, 2));
        assertThat(rig.pass(SERVER, new SetLinkInfo(ids.toServer(), 1, 2)))
                .isEqualTo(new SetLinkInfo(CLIENT_ID, 1, 2));
        assertThat(rig.pass(CLIENT, new WanErrorNotify(ids.toClient(), WAN_ERRORS)))
                .isEqualTo(new WanErrorNotify(SERVER_ID, WAN_ERRORS));
        assertThat(rig.pass(SERVER, new WanErrorNotify(ids.toServer(), WAN_ERRORS)))
                .isEqualTo(new WanErrorNotify(CLIENT_ID, WAN_ERRORS));
        assertThat(rig.pass(SERVER, new IncomingCallConnected(ids.toServer(), 1, 2, 3, 2)))
                .isEqualTo(new IncomingCallConnected(CLIENT_ID, 1, 2, 3, 2));
    }

    @Test
    void namesTheSenderByTheIdThatStandsForIt() {
        CallIds ids = rig.call(CLIENT_ID, SERVER_ID);
        assertThat(rig.pass(CLIENT, new CallClearRequest(CLIENT_ID)))
                .isEqualTo(new CallClearRequest(ids.toServer()));
        assertThat(rig.pass(SERVER, new CallClearRequest(SERVER_ID)))
                .isEqualTo(new CallClearRequest(ids.toClient()));
        assertThat(rig.pass(SERVER, new CallDisconnectNotify(SERVER_ID, 0, 0, 0, STATISTICS)))
                .isEqualTo(new CallDisconnectNotify(ids.toClient(), 0, 0, 0, STATISTICS));
        assertThat(rig.others)
                .endsWith(
                        new CloseRoute(ids.toClient()),
                        new CloseRoute(ids.toServer()),
                        new RelayAction.CallOver(ids));
    }

    /** Some servers put the client's id into their Call-Disconnect-Notify. */
    @Test
    void knowsACallThatItsSenderNamesByTheReceiversId() {
        CallIds ids = rig.call(CLIENT_ID, SERVER_ID);
        var notify = new CallDisconnectNotify(ids.toServer(), 1, 0, 0, STATISTICS);
        assertThat(rig.pass(SERVER, notify))
                .isEqualTo(new CallDisconnectNotify(CLIENT_ID, 1, 0, 0, STATISTICS));
        assertThat(rig.others).contains(new RelayAction.CallOver(ids));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7, 255})
    void forgetsACallThatIsRefused(int result) {
        var request = (OutgoingCallRequest) rig.pass(CLIENT, RelayRig.request(77));
        var refusal = RelayRig.reply(1234, request.callId(), result);
        assertThat(rig.pass(SERVER, refusal)).isEqualTo(RelayRig.reply(0, 77, result));
        assertThat(rig.others)
                .containsExactly(
                        new OpenRoute(SERVER, request.callId(), 77),
                        new CloseRoute(request.callId()));
        assertThat(rig.say(SERVER, RelayRig.reply(1234, request.callId(), 1))).isEmpty();
        assertThat(rig.connection.dropped()).isEqualTo(1);
    }

    @Test
    void letsAClientUseItsIdAgainBeforeTheOldCallIsGone() {
        CallIds old = rig.call(0, 500);
        rig.pass(CLIENT, new CallClearRequest(0));
        CallIds young = rig.call(0, 501);
        assertThat(rig.pass(SERVER, new CallDisconnectNotify(500, 0, 0, 0, STATISTICS)))
                .isEqualTo(new CallDisconnectNotify(old.toClient(), 0, 0, 0, STATISTICS));
        assertThat(rig.pass(CLIENT, new CallClearRequest(0)))
                .isEqualTo(new CallClearRequest(young.toServer()));
    }

    @ParameterizedTest
    @EnumSource
    void dropsMessagesOfCallsThatThereAreNot(RelaySide from) {
        CallIds ids = rig.call(3, SERVER_ID);
        int foreign = from == CLIENT ? ids.toServer() : ids.toClient();
        assertThat(
                        rig.say(
                                from,
                                new SetLinkInfo(foreign, 1, 2),
                                new WanErrorNotify(foreign, WAN_ERRORS),
                                new IncomingCallConnected(foreign, 1, 2, 3, 2),
                                new CallClearRequest(foreign),
                                new CallDisconnectNotify(foreign, 1, 0, 0, STATISTICS),
                                RelayRig.reply(1, foreign, 1),
                                new IncomingCallReply(1, foreign, 1, 0, 64, 3)))
                .isEmpty();
        assertThat(rig.connection.dropped()).isEqualTo(7);
        assertThat(rig.closed()).isEmpty();
    }

    /** The client cannot answer its own request, nor open a route to an id it was not shown. */
    @Test
    void takesNoReplyFromTheEndThatAsked() {
        var request = (OutgoingCallRequest) rig.pass(CLIENT, RelayRig.request(5));
        for (int id = 0; id <= 0xFFFF; id++) {
            assertThat(rig.say(CLIENT, RelayRig.reply(9, id, 1))).isEmpty();
        }
        assertThat(rig.others).containsExactly(new OpenRoute(SERVER, request.callId(), 5));
    }

    /** A07: requests without end cost neither ids nor memory, and are answered busy. */
    @Test
    void boundsSixtyFiveThousandRequestsWithoutReply() {
        int passed = 0;
        for (int id = 0; id <= 0xFFFF; id++) {
            var sent = rig.say(CLIENT, RelayRig.request(id));
            assertThat(sent).hasSize(1);
            if (sent.getFirst().to() == SERVER) {
                passed++;
            } else {
                var refusal = (OutgoingCallReply) sent.getFirst().message();
                assertThat(refusal).isEqualTo(new OutgoingCallReply(0, id, 4, 0, 0, 0, 0, 0, 0));
            }
        }
        assertThat(passed).isEqualTo(RelayRig.MAXIMUM_CALLS);
        assertThat(rig.connection.refused()).isEqualTo(65_536 - RelayRig.MAXIMUM_CALLS);
        var refused = rig.say(SERVER, incoming(4)).getFirst();
        assertThat(refused.to()).isEqualTo(SERVER);
        assertThat(refused.message()).isEqualTo(new IncomingCallReply(0, 4, 3, 0, 0, 0));
    }

    @Test
    void countsCallsThatEndedUntilTheirIdsHaveRested() {
        for (int count = 0; count < RelayRig.MAXIMUM_CALLS; count++) {
            rig.call(0, SERVER_ID);
            rig.pass(SERVER, new CallDisconnectNotify(SERVER_ID, 0, 0, 0, STATISTICS));
        }
        assertThat(rig.say(CLIENT, RelayRig.request(0)).getFirst().to()).isEqualTo(CLIENT);
        rig.now += Duration.ofSeconds(60).toNanos();
        assertThat(rig.say(CLIENT, RelayRig.request(0)).getFirst().to()).isEqualTo(SERVER);
    }

    @Test
    void closesUnlessTheClientBeginsWithAStartRequest() {
        RelayRig fresh = new RelayRig();
        assertThat(fresh.say(CLIENT, RelayRig.request(0))).isEmpty();
        assertThat(fresh.closed()).contains(RelayEnd.NOT_STARTED);
        assertThat(fresh.connection.isStarted()).isFalse();
    }

    @Test
    void endsEveryCallWithTheConnection() {
        CallIds ids = rig.call(0, SERVER_ID);
        var request = (OutgoingCallRequest) rig.pass(CLIENT, RelayRig.request(1));
        rig.others.clear();
        rig.connection.end(rig.now);
        rig.drain();
        assertThat(rig.others)
                .containsExactlyInAnyOrder(
                        new CloseRoute(ids.toClient()),
                        new CloseRoute(ids.toServer()),
                        new RelayAction.CallOver(ids),
                        new CloseRoute(request.callId()));
        assertThat(rig.say(CLIENT, RelayRig.request(2))).isEmpty();
    }

    @Test
    void asksBothEndsForTheEndAndKeepsTheirReplies() {
        rig.connection.stop();
        assertThat(rig.drain()).extracting(RelayRig.Sent::to).containsExactly(CLIENT, SERVER);
        assertThat(rig.drain())
                .extracting(RelayRig.Sent::message)
                .containsOnly(new StopControlConnectionRequest(3));
        assertThat(rig.say(CLIENT, new StopControlConnectionReply(1, 0))).isEmpty();
        assertThat(rig.closed()).isEmpty();
        assertThat(rig.say(SERVER, new StopControlConnectionReply(1, 0))).isEmpty();
        assertThat(rig.closed()).contains(RelayEnd.SHUTDOWN);
    }

    static IncomingCallRequest incoming(int callId) {
        return new IncomingCallRequest(
                callId, 2, 3, 4, TextField.of("12"), TextField.of("345"), Subaddress.NONE);
    }
}
