package dev.pptpd.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pptpd.control.ControlAction.CallCleared;
import dev.pptpd.control.ControlAction.CallConnected;
import dev.pptpd.control.ControlAction.CallFailed;
import dev.pptpd.control.ControlAction.Close;
import dev.pptpd.control.ControlAction.Send;
import dev.pptpd.control.ControlAction.Started;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The end that calls: its start, and the calls it places as PNS and as PAC. */
final class PlacedCallTest {
    private static final int OURS = 501;
    private static final Duration ONE_NANO = Duration.ofNanos(1);
    private static final OutgoingCallRequest OUTGOING = OutgoingCallRequest.of(OURS, 1, 64);
    private static final IncomingCallRequest INCOMING = IncomingCallRequest.of(OURS, 1);
    private static final OutgoingCallReply CONNECTED =
            new OutgoingCallReply(7, OURS, 1, 0, 0, 10_000_000, 16, 2, 0);
    private static final CallConnected OUTGOING_UP =
            new CallConnected(OURS, 7, new CallTerms(16, 2, 10_000_000));

    private final ConnectionRig client = ConnectionRig.calling(1);

    @Test
    void beginsWithItsNamesAndNoChannelsOfAPac() {
        var settings =
                ControlConnectionSettings.DEFAULTS.withNames(
                        TextField.of("gate.example"), TextField.of("pptp"));
        var rig = new ConnectionRig(ControlEnd.ORIGINATOR, settings, false, 0);

        assertThat(rig.drain())
                .containsExactly(
                        new Send(
                                new StartControlConnectionRequest(
                                        0x0100,
                                        3,
                                        3,
                                        0,
                                        1,
                                        TextField.of("gate.example"),
                                        TextField.of("pptp"))));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void isStartedByAReplyOfResultZeroOrOne(int result) {
        assertThat(client.receive(startReply(0x0100, result, 0))).containsExactly(new Started());
        assertThat(client.connection.peerVendorName()).hasToString("Microsoft");
    }

    @ParameterizedTest
    @CsvSource({
        "2, 4, START_REFUSED, 'general error 4 (no resource), result 2, error 4'",
        "3, 0, START_REFUSED, 'a control connection exists already, result 3, error 0'",
        "4, 0, START_REFUSED, 'not authorized, result 4, error 0'",
        "5, 0, PROTOCOL_VERSION_NOT_SUPPORTED, 'protocol version not supported, result 5, error 0'",
        "77, 6, START_REFUSED, 'unknown result, result 77, error 6'",
    })
    void saysWhyItIsNotStarted(int result, int error, ControlCloseReason reason, String detail) {
        assertThat(client.receive(startReply(0x0100, result, error)))
                .containsExactly(new Close(reason, detail));
    }

    @Test
    void stopsAConnectionOfAnotherVersion() {
        assertThat(client.receive(startReply(0x0200, 1, 0)))
                .containsExactly(new Send(new StopControlConnectionRequest(2)));
        assertThat(client.receive(new StopControlConnectionReply(1, 0)))
                .containsExactly(new Close(ControlCloseReason.PROTOCOL_VERSION_NOT_SUPPORTED));
    }

    @Test
    void waitsThirtySecondsForTheStartReply() {
        assertThat(client.pass(Duration.ofSeconds(30).minus(ONE_NANO))).isEmpty();
        assertThat(client.pass(ONE_NANO))
                .containsExactly(new Close(ControlCloseReason.START_REPLY_MISSING));
    }

    @Test
    void mayHaveNoCallForAsLongAsItLikes() {
        start();
        for (int minute = 0; minute < 10; minute++) {
            assertThat(client.pass(Duration.ofSeconds(59))).isEmpty();
            client.receive(new EchoRequest(minute));
        }
    }

    @Test
    void placesAnOutgoingCall() {
        start();

        assertThat(client.place(OUTGOING)).containsExactly(new Send(OUTGOING));
        assertThat(client.receive(CONNECTED)).containsExactly(OUTGOING_UP);
        assertThat(client.connection.callCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "2, 5, 0, GENERAL_ERROR, 'general error 5 (bad call id)'",
        "2, 99, 0, GENERAL_ERROR, 'general error 99'",
        "3, 0, 0, NO_CARRIER, 'no carrier'",
        "4, 0, 17, BUSY, 'busy, cause 17'",
        "5, 0, 0, NO_DIAL_TONE, 'no dial tone'",
        "6, 0, 0, TIME_OUT, 'time-out at the peer'",
        "7, 0, 0, NOT_ACCEPTED, 'not accepted'",
        "8, 1, 0, UNKNOWN_RESULT, 'unknown result 8, error 1'",
    })
    void givesEachRefusalAReasonOfItsOwn(
            int result, int error, int cause, CallFailure.Kind kind, String phrase) {
        start();
        client.place(OUTGOING);

        var failure = new CallFailure(kind, result, error, cause, "");
        assertThat(client.receive(new OutgoingCallReply(0, OURS, result, error, cause, 0, 0, 0, 0)))
                .containsExactly(new CallFailed(OURS, failure));
        assertThat(failure).hasToString(phrase);
        assertThat(client.place(OUTGOING)).containsExactly(new Send(OUTGOING));
    }

    @Test
    void takesAReplyOfResultZeroForASuccessAsAndroidDoes() {
        start();
        client.place(OUTGOING);

        assertThat(client.receive(new OutgoingCallReply(7, OURS, 0, 0, 0, 10_000_000, 16, 2, 0)))
                .containsExactly(OUTGOING_UP);
    }

    @Test
    void ignoresRepliesToWhatItNeverAsked() {
        start();
        client.place(OUTGOING);

        assertThat(client.receive(new OutgoingCallReply(7, 502, 1, 0, 0, 1, 1, 0, 0))).isEmpty();
        assertThat(client.receive(new IncomingCallReply(7, OURS, 1, 0, 64, 0))).isEmpty();
        assertThat(client.connection.ignoredMessages()).isEqualTo(2);
        assertThat(client.receive(CONNECTED, CONNECTED)).containsExactly(OUTGOING_UP);
    }

    @Test
    void placesAnIncomingCallAndConnectsIt() {
        start();

        assertThat(client.place(INCOMING)).containsExactly(new Send(INCOMING));
        assertThat(client.receive(new IncomingCallReply(7, OURS, 1, 0, 16, 3)))
                .containsExactly(
                        new Send(new IncomingCallConnected(7, 100_000_000, 64, 0, 2)),
                        new CallConnected(OURS, 7, new CallTerms(16, 3, 100_000_000)));
    }

    @ParameterizedTest
    @CsvSource({"2, 4, GENERAL_ERROR", "3, 0, NOT_ACCEPTED", "9, 0, UNKNOWN_RESULT"})
    void saysWhyAnIncomingCallIsNotTaken(int result, int error, CallFailure.Kind kind) {
        start();
        client.place(INCOMING);

        assertThat(client.receive(new IncomingCallReply(0, OURS, result, error, 0, 0)))
                .containsExactly(new CallFailed(OURS, new CallFailure(kind, result, error, 0, "")));
    }

    @Test
    void clearsACallAsPnsAndWaitsForThePac() {
        connect();

        assertThat(client.disconnect(OURS, CallDisconnectResult.REQUEST))
                .containsExactly(new Send(new CallClearRequest(OURS)));
        assertThat(client.disconnect(OURS, CallDisconnectResult.REQUEST)).isEmpty();
        assertThat(client.receive(disconnected(7)))
                .containsExactly(new CallCleared(OURS, CallEnd.DISCONNECTED));
    }

    @Test
    void endsAClearedCallAfterThreeSecondsWithoutANotify() {
        connect();
        client.disconnect(OURS, CallDisconnectResult.REQUEST);

        assertThat(client.pass(Duration.ofSeconds(3).minus(ONE_NANO))).isEmpty();
        assertThat(client.pass(ONE_NANO))
                .containsExactly(new CallCleared(OURS, CallEnd.DISCONNECTED));
        assertThat(client.receive(disconnected(7))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, OURS})
    void abortsAnOutgoingCallWhoseIdOfThePacIsNotKnownYet(int callIdOfNotify) {
        start();
        client.place(OUTGOING);
        client.disconnect(OURS, CallDisconnectResult.REQUEST);

        assertThat(client.receive(disconnected(callIdOfNotify)))
                .containsExactly(new CallFailed(OURS, CallFailure.of(CallFailure.Kind.ABORTED)));
    }

    @Test
    void tellsTheReasonThatThePeerGivesForACallThatWasNotConnected() {
        start();
        client.place(OUTGOING);

        var notify = new CallDisconnectNotify(OURS, 1, 0, 0, TextField.of("line is down"));
        assertThat(client.receive(notify))
                .singleElement()
                .extracting(action -> ((CallFailed) action).failure().toString())
                .asString()
                .isEqualTo("disconnected by the peer (" + notify.reason() + ")");
    }

    @Test
    void abortsAnOutgoingCallWhoseReplyCrosses() {
        start();
        client.place(OUTGOING);
        client.disconnect(OURS, CallDisconnectResult.REQUEST);

        assertThat(client.receive(CONNECTED)).isEmpty();
        assertThat(client.receive(disconnected(7)))
                .containsExactly(new CallFailed(OURS, CallFailure.of(CallFailure.Kind.ABORTED)));
    }

    @Test
    void disconnectsAsPacAtOnce() {
        start();
        client.place(INCOMING);
        client.receive(new IncomingCallReply(7, OURS, 1, 0, 16, 3));

        assertThat(client.disconnect(OURS, CallDisconnectResult.GENERAL_ERROR))
                .containsExactly(
                        new Send(new CallDisconnectNotify(OURS, 2, 6, 0, TextField.EMPTY)),
                        new CallCleared(OURS, CallEnd.DISCONNECTED));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 'result 0'",
        "1, 0, 0, 'lost carrier'",
        "2, 6, 0, 'general error 6 (pac error)'",
        "3, 0, 0, 'administrative shutdown'",
        "4, 0, 16, 'on request, cause 16'",
    })
    void passesOnWhyThePeerHungUp(int result, int error, int cause, String detail) {
        connect();

        assertThat(
                        client.receive(
                                new CallDisconnectNotify(7, result, error, cause, TextField.EMPTY)))
                .containsExactly(new CallCleared(OURS, CallEnd.DISCONNECTED_BY_PEER, detail));
    }

    @Test
    void stopsTheConnectionWhenACallReplyDoesNotComeWithinAMinute() {
        start();
        client.place(OUTGOING);

        client.pass(Duration.ofSeconds(60).minus(ONE_NANO));
        assertThat(client.pass(ONE_NANO))
                .containsSubsequence(
                        new Send(new CallClearRequest(OURS)),
                        new CallFailed(OURS, CallFailure.of(CallFailure.Kind.REPLY_MISSING)),
                        new Send(new StopControlConnectionRequest(1)));
        assertThat(client.pass(Duration.ofSeconds(3)))
                .containsExactly(new Close(ControlCloseReason.CALL_REPLY_MISSING));
    }

    @Test
    void tellsThePeerOfItsCallsWhenItStops() {
        connect();

        assertThat(client.stop(StopControlConnectionReason.NONE))
                .containsExactly(
                        new Send(new CallClearRequest(OURS)),
                        new CallCleared(OURS, CallEnd.STOPPED),
                        new Send(new StopControlConnectionRequest(1)));
    }

    @Test
    void failsACallThatIsNotConnectedWithItsConnection() {
        start();
        client.place(OUTGOING);
        client.connection.transportClosed("Connection reset");

        assertThat(client.drain())
                .containsExactly(
                        new CallFailed(OURS, CallFailure.of(CallFailure.Kind.NOT_CONNECTED)),
                        new Close(ControlCloseReason.TRANSPORT_CLOSED, "Connection reset"));
    }

    @Test
    void placesNoCallBeforeTheStartNorBeyondTheLimit() {
        assertThat(client.place(OUTGOING))
                .containsExactly(
                        new CallFailed(OURS, CallFailure.of(CallFailure.Kind.NOT_CONNECTED)));
        connect();
        assertThat(client.place(OutgoingCallRequest.of(502, 2, 64)))
                .containsExactly(
                        new CallFailed(502, CallFailure.of(CallFailure.Kind.LIMIT_REACHED)));
        assertThatThrownBy(() -> client.place(OUTGOING)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> client.place(OutgoingCallRequest.of(0, 1, 64)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keepsCallsApartWhoseRepliesBearOneIdOfThePeer() {
        var two = ConnectionRig.calling(2);
        two.receive(startReply(0x0100, 1, 0));
        two.place(OUTGOING);
        two.place(OutgoingCallRequest.of(502, 2, 64));
        two.receive(CONNECTED);

        assertThat(two.receive(new OutgoingCallReply(7, 502, 1, 0, 0, 1, 1, 0, 0)))
                .containsExactly(
                        new Send(new CallClearRequest(502)),
                        new CallFailed(
                                502, new CallFailure(CallFailure.Kind.GENERAL_ERROR, 0, 5, 0, "")));
        assertThat(two.receive(disconnected(7)))
                .containsExactly(new CallCleared(OURS, CallEnd.DISCONNECTED_BY_PEER, "on request"));
    }

    @Test
    void carriesSeveralCallsOnOneConnection() {
        var many = ConnectionRig.calling(50);
        many.receive(startReply(0x0100, 1, 0));
        IntStream.range(0, 50)
                .forEach(i -> {
                    many.place(OutgoingCallRequest.of(600 + i, i, 64));
                    many.receive(new OutgoingCallReply(700 + i, 600 + i, 1, 0, 0, 1, 1, 0, 0));
                });
        assertThat(many.connection.callCount()).isEqualTo(50);
        assertThat(many.receive(disconnected(725)))
                .containsExactly(new CallCleared(625, CallEnd.DISCONNECTED_BY_PEER, "on request"));
        assertThat(many.connection.callCount()).isEqualTo(49);
    }

    @Test
    void sendsNoLinkInfoUnlessTold() {
        connect();
        client.connection.sendLinkInfo(OURS, 0, 0);

        assertThat(client.drain()).isEmpty();
    }

    @Test
    void sendsLinkInfoWithTheCallAndLaterWhereTold() {
        var settings = ControlConnectionSettings.DEFAULTS.withSendsLinkInfo(true);
        var rig = new ConnectionRig(ControlEnd.ORIGINATOR, settings, false, 0);
        rig.receive(startReply(0x0100, 1, 0));
        rig.place(OUTGOING);

        assertThat(rig.receive(CONNECTED))
                .containsExactly(
                        new Send(new SetLinkInfo(7, 0xFFFF_FFFFL, 0xFFFF_FFFFL)), OUTGOING_UP);
        rig.connection.sendLinkInfo(OURS, 0, 0xFFFF_FFFFL);
        rig.connection.sendLinkInfo(OURS + 1, 0, 0);
        assertThat(rig.drain()).containsExactly(new Send(new SetLinkInfo(7, 0, 0xFFFF_FFFFL)));
    }

    @Test
    void reportsWanErrorsAsPacAtMostEachMinute() {
        var errors = new WanErrorCounters(1, 2, 3, 4, 5, 6);
        start();
        client.place(INCOMING);
        client.receive(new IncomingCallReply(7, OURS, 1, 0, 16, 3));

        client.connection.sendWanErrors(OURS, errors, client.now());
        client.connection.sendWanErrors(OURS, errors, client.now() + 59_999_999_999L);
        assertThat(client.drain()).containsExactly(new Send(new WanErrorNotify(7, errors)));
        client.connection.sendWanErrors(OURS, errors, client.now() + 60_000_000_000L);
        assertThat(client.drain()).hasSize(1);
    }

    @Test
    void reportsNoWanErrorsAsPns() {
        connect();
        client.connection.sendWanErrors(OURS, new WanErrorCounters(1, 2, 3, 4, 5, 6), client.now());

        assertThat(client.drain()).isEmpty();
    }

    private void start() {
        client.receive(startReply(0x0100, 1, 0));
    }

    private void connect() {
        start();
        client.place(OUTGOING);
        client.receive(CONNECTED);
    }

    private static StartControlConnectionReply startReply(int version, int result, int error) {
        return new StartControlConnectionReply(
                version, result, error, 3, 3, 0, 0, TextField.EMPTY, TextField.of("Microsoft"));
    }

    private static CallDisconnectNotify disconnected(int callId) {
        return new CallDisconnectNotify(callId, 4, 0, 0, TextField.EMPTY);
    }

    /** Both ends of one connection, each with what it sent to the other. */
    @Test
    void understandsItself() {
        var server = ConnectionRig.granting(2);
        var caller =
                new ConnectionRig(
                        ControlEnd.ORIGINATOR,
                        ControlConnectionSettings.DEFAULTS.withMaximumCalls(2),
                        true,
                        0);
        exchange(caller, server, caller.drain());
        var up = exchange(caller, server, caller.place(OUTGOING));
        assertThat(up)
                .contains(
                        new CallConnected(
                                OURS,
                                ConnectionRig.FIRST_CALL_ID,
                                new CallTerms(64, 0, 100_000_000)))
                .contains(
                        new CallConnected(
                                ConnectionRig.FIRST_CALL_ID,
                                OURS,
                                new CallTerms(64, 0, 100_000_000)));
        up = exchange(caller, server, caller.place(IncomingCallRequest.of(502, 2)));
        assertThat(up).filteredOn(CallConnected.class::isInstance).hasSize(2);
        assertThat(server.connection.callCount()).isEqualTo(2);

        var down = exchange(caller, server, caller.disconnect(OURS, CallDisconnectResult.REQUEST));
        assertThat(down)
                .contains(new CallCleared(OURS, CallEnd.DISCONNECTED))
                .contains(new CallCleared(ConnectionRig.FIRST_CALL_ID, CallEnd.CLEARED_BY_PEER));
        down = exchange(caller, server, caller.stop(StopControlConnectionReason.NONE));
        assertThat(down)
                .contains(new Close(ControlCloseReason.STOPPED))
                .contains(new Close(ControlCloseReason.STOPPED_BY_PEER));
    }

    /** Carries messages to and fro until neither end has one left; all actions of both. */
    private static List<ControlAction> exchange(
            ConnectionRig from, ConnectionRig to, List<ControlAction> actions) {
        var all = new ArrayList<>(actions);
        var answers = new ArrayList<ControlAction>();
        for (var action : actions) {
            if (action instanceof Send(var message)) {
                answers.addAll(to.receive(message));
            }
        }
        if (!answers.isEmpty()) {
            all.addAll(exchange(to, from, answers));
        }
        return all;
    }
}
