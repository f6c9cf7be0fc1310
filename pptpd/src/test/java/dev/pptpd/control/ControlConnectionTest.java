package dev.pptpd.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pptpd.control.ControlAction.CallCleared;
import dev.pptpd.control.ControlAction.CallConnected;
import dev.pptpd.control.ControlAction.CallRequested;
import dev.pptpd.control.ControlAction.Close;
import dev.pptpd.control.ControlAction.LinkInfo;
import dev.pptpd.control.ControlAction.Send;
import dev.pptpd.control.ControlAction.Started;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ControlConnectionTest {
    private static final int OURS = ConnectionRig.FIRST_CALL_ID;
    private static final Duration ONE_NANO = Duration.ofNanos(1);
    private static final Send STOP_REPLY = new Send(new StopControlConnectionReply(1, 0));

    private final ConnectionRig server = ConnectionRig.granting(1);

    @Test
    void answersTheStartWithItsNamesAndVersion() {
        var reply =
                new StartControlConnectionReply(
                        0x0100, 1, 0, 3, 3, 1, 1, TextField.of("local"), TextField.of("linux"));

        assertThat(server.receive(SampleMessages.START))
                .containsExactly(new Send(reply), new Started());
        assertThat(server.connection.peerVendorName()).hasToString("Microsoft Windows NT");
        assertThat(server.connection.peerHostName()).hasToString("local");
    }

    @Test
    void refusesOtherVersionsAndCloses() {
        var start =
                new StartControlConnectionRequest(
                        0x0101, 1, 1, 0, 0, TextField.EMPTY, TextField.EMPTY);

        var actions = server.receive(start);

        assertThat(startResult(actions.getFirst())).isEqualTo(5);
        assertThat(actions.getLast())
                .isEqualTo(
                        new Close(
                                ControlCloseReason.PROTOCOL_VERSION_NOT_SUPPORTED, "version 1.1"));
    }

    @Test
    void tellsASecondStartThatTheChannelExistsAndKeepsIt() {
        server.receive(SampleMessages.START, SampleMessages.CALL);

        var actions = server.receive(SampleMessages.START);

        assertThat(actions).hasSize(1);
        assertThat(startResult(actions.getFirst())).isEqualTo(3);
        assertThat(server.connection.callCount()).isEqualTo(1);
    }

    @Test
    void grantsACallWithItsOwnIdAndTheSpeedAskedFor() {
        server.receive(SampleMessages.START);

        var actions = server.receive(SampleMessages.CALL);

        var reply = new OutgoingCallReply(OURS, 7, 1, 0, 0, 0x8000_0000L, 64, 0, 0);
        assertThat(actions)
                .containsExactly(
                        new CallRequested(SampleMessages.CALL),
                        new Send(reply),
                        new CallConnected(OURS, 7, new CallTerms(64, 9, 0x8000_0000L)));
    }

    @Test
    void takesACallIdOfZero() {
        server.receive(SampleMessages.START, SampleMessages.outgoingCall(0));

        assertThat(server.receive(new CallClearRequest(0)))
                .containsExactly(
                        disconnected(OURS, 4), new CallCleared(OURS, CallEnd.CLEARED_BY_PEER));
    }

    @Test
    void refusesASecondCallAsBusyAndKeepsTheFirst() {
        server.receive(SampleMessages.START, SampleMessages.CALL);

        assertThat(server.receive(SampleMessages.outgoingCall(8)))
                .containsExactly(new Send(new OutgoingCallReply(0, 8, 4, 0, 0, 0, 0, 0, 0)));
        assertThat(server.connection.callCount()).isEqualTo(1);
    }

    @Test
    void allowsMoreCallsWhereSoConfiguredButNoIdTwice() {
        var many = ConnectionRig.granting(3);
        many.receive(SampleMessages.START, SampleMessages.CALL, SampleMessages.outgoingCall(8));

        assertThat(many.receive(SampleMessages.CALL))
                .containsExactly(new Send(new OutgoingCallReply(0, 7, 2, 5, 0, 0, 0, 0, 0)));
        assertThat(many.receive(new CallClearRequest(8)))
                .contains(new CallCleared(OURS + 1, CallEnd.CLEARED_BY_PEER));
        assertThat(many.connection.callCount()).isEqualTo(1);
    }

    @Test
    void saysWhyItRefuses() {
        var hesitant = ConnectionRig.hesitating(1);
        hesitant.receive(SampleMessages.START, SampleMessages.CALL);

        hesitant.connection.refuse(
                SampleMessages.CALL, OutgoingCallResult.GENERAL_ERROR, GeneralError.NO_RESOURCE);

        assertThat(hesitant.drain())
                .containsExactly(new Send(new OutgoingCallReply(0, 7, 2, 4, 0, 0, 0, 0, 0)));
        assertThat(hesitant.receive(SampleMessages.CALL))
                .containsExactly(new CallRequested(SampleMessages.CALL));
    }

    @Test
    void answersAClearBeforeTheDecisionAndEndsTheLateCall() {
        var hesitant = ConnectionRig.hesitating(1);
        hesitant.receive(SampleMessages.START, SampleMessages.CALL);

        assertThat(hesitant.receive(SampleMessages.CLEAR)).containsExactly(disconnected(0, 4));
        hesitant.connection.accept(SampleMessages.CALL, 5, hesitant.now());
        assertThat(hesitant.drain()).containsExactly(new CallCleared(5, CallEnd.WITHDRAWN));
    }

    @Test
    void reallySendsCallDisconnectNotifyOnceForAClear() {
        server.receive(SampleMessages.START, SampleMessages.CALL);

        assertThat(server.receive(SampleMessages.CLEAR, SampleMessages.CLEAR))
                .containsExactly(
                        disconnected(OURS, 4), new CallCleared(OURS, CallEnd.CLEARED_BY_PEER));
        assertThat(server.receive(SampleMessages.CALL)).hasSize(3);
    }

    @Test
    void ignoresAClearOfAnotherCall() {
        server.receive(SampleMessages.START, SampleMessages.CALL);

        assertThat(server.receive(new CallClearRequest(OURS))).isEmpty();
        assertThat(server.connection.ignoredMessages()).isEqualTo(1);
    }

    @Test
    void believesAPeerThatSaysItsCallIsOver() {
        server.receive(SampleMessages.START, SampleMessages.CALL);

        assertThat(server.receive(new CallDisconnectNotify(7, 1, 0, 0, TextField.EMPTY)))
                .containsExactly(
                        new CallCleared(OURS, CallEnd.DISCONNECTED_BY_PEER, "lost carrier"));
    }

    @Test
    void disconnectsACallOnce() {
        server.receive(SampleMessages.START, SampleMessages.CALL);

        server.connection.disconnect(OURS, CallDisconnectResult.LOST_CARRIER, server.now());
        server.connection.disconnect(OURS, CallDisconnectResult.LOST_CARRIER, server.now());

        assertThat(server.drain())
                .containsExactly(
                        disconnected(OURS, 1), new CallCleared(OURS, CallEnd.DISCONNECTED));
        assertThat(server.receive(SampleMessages.CLEAR)).isEmpty();
    }

    @Test
    void passesLinkInfoOfItsOwnCallIdOnly() {
        server.receive(SampleMessages.START, SampleMessages.CALL);

        assertThat(server.receive(new SetLinkInfo(OURS, 0xFFFF_FFFFL, 2)))
                .containsExactly(new LinkInfo(OURS, 0xFFFF_FFFFL, 2));
        assertThat(server.receive(new SetLinkInfo(7, 1, 2))).isEmpty();
    }

    @Test
    void confirmsAStopAndEndsItsCalls() {
        server.receive(SampleMessages.START, SampleMessages.CALL);

        assertThat(server.receive(new StopControlConnectionRequest(1)))
                .containsExactly(
                        STOP_REPLY,
                        new CallCleared(OURS, CallEnd.STOPPED_BY_PEER),
                        new Close(ControlCloseReason.STOPPED_BY_PEER));
    }

    @Test
    void stopsWithANotifyForEachCallAndClosesWithTheReply() {
        server.receive(SampleMessages.START, SampleMessages.CALL);

        server.connection.stop(StopControlConnectionReason.LOCAL_SHUTDOWN, server.now());

        assertThat(server.drain())
                .containsExactly(
                        disconnected(OURS, 3),
                        new CallCleared(OURS, CallEnd.STOPPED),
                        new Send(new StopControlConnectionRequest(3)));
        assertThat(server.receive(new StopControlConnectionReply(1, 0)))
                .containsExactly(new Close(ControlCloseReason.STOPPED));
    }

    @Test
    void waitsThreeSecondsForTheStopReply() {
        server.receive(SampleMessages.START);
        server.connection.stop(StopControlConnectionReason.LOCAL_SHUTDOWN, server.now());
        server.drain();

        assertThat(server.pass(Duration.ofSeconds(3).minus(ONE_NANO))).isEmpty();
        assertThat(server.pass(ONE_NANO)).containsExactly(new Close(ControlCloseReason.STOPPED));
        assertThat(server.connection.nextDeadlineNanos()).isEmpty();
    }

    @Test
    void confirmsAStopThatCrossesItsOwn() {
        server.receive(SampleMessages.START);
        server.connection.stop(StopControlConnectionReason.LOCAL_SHUTDOWN, server.now());
        server.drain();

        assertThat(server.receive(new StopControlConnectionRequest(1)))
                .containsExactly(STOP_REPLY, new Close(ControlCloseReason.STOPPED));
    }

    @Test
    void hasNothingToStopBeforeTheStart() {
        server.connection.stop(StopControlConnectionReason.NONE, server.now());

        assertThat(server.drain()).containsExactly(new Close(ControlCloseReason.STOPPED));
    }

    @Test
    void closesAfterFiveSecondsWithoutAStart() {
        server.receive(ControlMessageEncoder.encode(SampleMessages.START).limit(155));

        assertThat(server.pass(Duration.ofSeconds(5).minus(ONE_NANO))).isEmpty();
        assertThat(server.pass(ONE_NANO))
                .containsExactly(new Close(ControlCloseReason.START_REQUEST_MISSING));
    }

    @Test
    void stopsAConnectionThatAsksForNoCallOrHasNoneLeft() {
        server.receive(SampleMessages.START);
        server.pass(Duration.ofSeconds(9));
        server.receive(SampleMessages.CALL);
        assertThat(server.pass(Duration.ofSeconds(30))).isEmpty();
        server.receive(SampleMessages.CLEAR);

        assertThat(server.pass(Duration.ofSeconds(10).minus(ONE_NANO))).isEmpty();
        assertThat(server.pass(ONE_NANO))
                .containsExactly(new Send(new StopControlConnectionRequest(1)));
        assertThat(server.pass(Duration.ofSeconds(3)))
                .containsExactly(new Close(ControlCloseReason.CALL_REQUEST_MISSING));
    }

    @Test
    void asksASilentPeerAfterAMinuteAndGoesOnWhenItAnswers() {
        server.receive(SampleMessages.START, SampleMessages.CALL);
        for (long identifier = 1; identifier <= 3; identifier++) {
            assertThat(server.pass(Duration.ofSeconds(60).minus(ONE_NANO))).isEmpty();
            assertThat(server.pass(ONE_NANO))
                    .containsExactly(new Send(new EchoRequest(identifier)));
            assertThat(server.pass(Duration.ofSeconds(59))).isEmpty();
            assertThat(server.receive(new EchoReply(identifier, 1, 0))).isEmpty();
        }
    }

    @Test
    void closesWhenNoEchoReplyComesWithinAMinute() {
        server.receive(SampleMessages.START, SampleMessages.CALL);
        server.pass(Duration.ofSeconds(60));
        server.receive(new EchoReply(99, 1, 0), new SetLinkInfo(OURS, 0, 0));

        assertThat(server.pass(Duration.ofSeconds(60)))
                .containsExactly(
                        new CallCleared(OURS, CallEnd.PEER_SILENT),
                        new Close(ControlCloseReason.ECHO_REPLY_MISSING));
    }

    @Test
    void doesNotAskAPeerThatSpeaks() {
        server.receive(SampleMessages.START, SampleMessages.CALL);
        for (int minute = 0; minute < 5; minute++) {
            assertThat(server.pass(Duration.ofSeconds(59))).isEmpty();
            assertThat(server.receive(new EchoRequest(minute)))
                    .containsExactly(new Send(new EchoReply(minute, 1, 0)));
        }
    }

    @Test
    void answersAHundredEchoesOfOneSegment() {
        var segment = ByteBuffer.allocate(100 * 16);
        for (int i = 0; i < 100; i++) {
            segment.put(ControlMessageEncoder.encode(new EchoRequest(i)));
        }
        server.receive(SampleMessages.START);

        var actions = server.receive(segment.flip());

        assertThat(actions).hasSize(100);
        assertThat(actions.getLast()).isEqualTo(new Send(new EchoReply(99, 1, 0)));
    }

    @Test
    void runsAWholeCallFromOneSegment() {
        var segment = ByteBuffer.allocate(156 + 168 + 16);
        List.of(SampleMessages.START, SampleMessages.CALL, SampleMessages.CLEAR)
                .forEach(message -> segment.put(ControlMessageEncoder.encode(message)));

        var actions = server.receive(segment.flip());

        assertThat(actions).hasSize(7);
        assertThat(actions.subList(5, 7))
                .containsExactly(
                        disconnected(OURS, 4), new CallCleared(OURS, CallEnd.CLEARED_BY_PEER));
    }

    @Test
    void endsItsCallsWithTheTransportAndOnlyOnce() {
        server.receive(SampleMessages.START, SampleMessages.CALL);

        server.connection.transportClosed("");
        server.connection.transportClosed("");

        assertThat(server.drain())
                .containsExactly(
                        new CallCleared(OURS, CallEnd.TRANSPORT_CLOSED),
                        new Close(ControlCloseReason.TRANSPORT_CLOSED));
    }

    @Test
    void closesOnAMalformedMessageAndHearsNothingMore() {
        server.receive(SampleMessages.START, SampleMessages.CALL);

        assertThat(server.receive(ByteBuffer.allocate(2)))
                .containsExactly(
                        new CallCleared(OURS, CallEnd.PROTOCOL_ERROR),
                        new Close(ControlCloseReason.LENGTH_BELOW_MINIMUM));
        assertThat(server.receive(new EchoRequest(1))).isEmpty();
    }

    @Test
    void putsUpWithTwentyUnknownMessages() {
        server.receive(SampleMessages.START);
        for (int i = 0; i < 20; i++) {
            assertThat(server.receive(ControlMessageDecoderTest.header(12, 1, 0x1A2B3C4D, 16 + i)))
                    .isEmpty();
        }
        assertThat(server.receive(ControlMessageDecoderTest.header(12, 1, 0x1A2B3C4D, 0xFFFF)))
                .containsExactly(new Close(ControlCloseReason.TOO_MANY_UNKNOWN_MESSAGES));
    }

    @Test
    void guardsAgainstMistakesOfItsOwner() {
        var many = ConnectionRig.hesitating(2);
        many.receive(SampleMessages.START, SampleMessages.CALL, SampleMessages.outgoingCall(8));
        many.connection.accept(SampleMessages.CALL, 5, many.now());

        assertThatThrownBy(() -> many.connection.accept(SampleMessages.outgoingCall(8), 5, 0))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> many.connection.accept(SampleMessages.CALL, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesAnIncomingCallAsPns() {
        var request = IncomingCallRequest.of(7, 1);
        server.receive(SampleMessages.START);

        assertThat(server.receive(request))
                .containsExactly(
                        new CallRequested(request),
                        new Send(new IncomingCallReply(OURS, 7, 1, 0, 64, 0)));
        assertThat(server.receive(new IncomingCallConnected(OURS, 64_000, 8, 1, 2)))
                .containsExactly(new CallConnected(OURS, 7, new CallTerms(8, 1, 64_000)));
        assertThat(server.disconnect(OURS, CallDisconnectResult.LOST_CARRIER))
                .containsExactly(new Send(new CallClearRequest(OURS)));
        assertThat(server.receive(new CallDisconnectNotify(7, 4, 0, 0, TextField.EMPTY)))
                .containsExactly(new CallCleared(OURS, CallEnd.DISCONNECTED));
    }

    @Test
    void stopsTheConnectionWhenAnIncomingCallIsNotConnectedInTenSeconds() {
        server.receive(SampleMessages.START, IncomingCallRequest.of(7, 1));
        server.pass(Duration.ofSeconds(10).minus(ONE_NANO));

        assertThat(server.pass(ONE_NANO))
                .containsSubsequence(
                        new Send(new CallClearRequest(OURS)),
                        new CallCleared(OURS, CallEnd.PEER_SILENT),
                        new Send(new StopControlConnectionRequest(1)));
    }

    @Test
    void acceptsNoIncomingCallBeyondTheLimitNorAnIdTwice() {
        var two = ConnectionRig.granting(2);
        two.receive(SampleMessages.START, SampleMessages.CALL);

        assertThat(two.receive(IncomingCallRequest.of(7, 1)))
                .containsExactly(new Send(new IncomingCallReply(0, 7, 2, 5, 0, 0)));
        two.receive(SampleMessages.outgoingCall(8));
        assertThat(two.receive(IncomingCallRequest.of(9, 1)))
                .containsExactly(new Send(new IncomingCallReply(0, 9, 3, 0, 0, 0)));
    }

    @Test
    void refusesAnIncomingCallInItsOwnWords() {
        var hesitant = ConnectionRig.hesitating(1);
        var request = IncomingCallRequest.of(7, 1);
        hesitant.receive(SampleMessages.START, request);

        hesitant.connection.refuse(request, OutgoingCallResult.BUSY, GeneralError.NONE);

        assertThat(hesitant.drain())
                .containsExactly(new Send(new IncomingCallReply(0, 7, 3, 0, 0, 0)));
    }

    @Test
    void aRefusedClientMayAskAgainUntilItsTimeIsUpA09() {
        var busy = ConnectionRig.hesitating(1);
        busy.receive(SampleMessages.START);
        for (int second = 0; second < 9; second++) {
            assertThat(busy.receive(SampleMessages.CALL))
                    .containsExactly(new CallRequested(SampleMessages.CALL));
            busy.connection.refuse(SampleMessages.CALL, OutgoingCallResult.BUSY, GeneralError.NONE);
            assertThat(busy.drain()).hasSize(1);
            assertThat(busy.pass(Duration.ofSeconds(1))).isEmpty();
        }

        assertThat(busy.pass(Duration.ofSeconds(1)))
                .containsExactly(new Send(new StopControlConnectionRequest(1)));
    }

    @Test
    void waitsForADecisionThatTakesLongerThanAClientMay() {
        var hesitant = ConnectionRig.hesitating(1);
        hesitant.receive(SampleMessages.START, SampleMessages.CALL);

        assertThat(hesitant.pass(Duration.ofSeconds(25))).isEmpty();
        hesitant.connection.accept(SampleMessages.CALL, 5, hesitant.now());
        assertThat(hesitant.drain()).hasSize(2);
        assertThat(hesitant.pass(Duration.ofSeconds(25))).isEmpty();
    }

    @Test
    void tableOfCallsStaysBoundedUnderRequestsA09() {
        server.receive(SampleMessages.START);
        for (int callId = 0; callId <= 0xFFFF; callId++) {
            server.receive(SampleMessages.outgoingCall(callId));
        }

        assertThat(server.connection.callCount()).isEqualTo(1);
        assertThat(server.receive(new CallClearRequest(0))).hasSize(2);
    }

    @Test
    void clearsAreAnsweredOnceEachAThousandTimesOverV09() {
        server.receive(SampleMessages.START);
        assertThat(server.receive(SampleMessages.CLEAR)).as("before any call").isEmpty();
        for (int i = 0; i < 1000; i++) {
            int callId = OURS + i;
            server.receive(SampleMessages.CALL);
            assertThat(server.receive(new CallClearRequest(8))).as("another id").isEmpty();
            assertThat(server.receive(SampleMessages.CLEAR, SampleMessages.CLEAR))
                    .containsExactly(
                            disconnected(callId, 4),
                            new CallCleared(callId, CallEnd.CLEARED_BY_PEER));
        }
        assertThat(server.connection.callCount()).isZero();
    }

    private static Send disconnected(int callId, int result) {
        return new Send(new CallDisconnectNotify(callId, result, 0, 0, TextField.EMPTY));
    }

    private static int startResult(ControlAction action) {
        return ((StartControlConnectionReply) ((Send) action).message()).resultCode();
    }
}
