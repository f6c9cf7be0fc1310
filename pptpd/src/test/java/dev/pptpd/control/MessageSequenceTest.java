package dev.pptpd.control;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every sequence of up to four of the fifteen messages, 54,240 of them, against either end, from
 * its beginning and once it is started, with owners of several kinds. The originator's owner has
 * then placed a call of each kind.
 */
final class MessageSequenceTest {
    private static final int MAXIMUM_CALLS = 3;
    private static final int PLACED_OUTGOING = 501;
    private static final int PLACED_INCOMING = 502;
    private static final int ACCEPTED = 1001;
    private static final int LONGEST = 4;

    /** As for a call that is granted, with Set-Link-Info. */
    private static final int MOST_REPLIES = 2;

    /** What the owner of a connection does about calls. */
    enum Owner {
        GRANTS,
        REFUSES,
        DECIDES_LATE,
        HANGS_UP
    }

    @ParameterizedTest
    @EnumSource
    void noSequenceOfMessagesBreaksAnEndThatIsNotStartedV06(ControlEnd end) {
        playAll(end, Owner.GRANTS, List.of(), new ArrayList<>());
    }

    @ParameterizedTest
    @EnumSource
    void noSequenceOfMessagesBreaksAnAcceptorThatIsStartedV06(Owner owner) {
        playAll(ControlEnd.ACCEPTOR, owner, List.of(MESSAGES.get(0)), new ArrayList<>());
    }

    @ParameterizedTest
    @EnumSource
    void noSequenceOfMessagesBreaksAnOriginatorThatIsStartedV06(Owner owner) {
        playAll(ControlEnd.ORIGINATOR, owner, List.of(MESSAGES.get(1)), new ArrayList<>());
    }

    private static void playAll(
            ControlEnd end,
            Owner owner,
            List<ControlMessage> before,
            List<ControlMessage> sequence) {
        new Play(end, owner, sequence).run(before);
        if (sequence.size() == LONGEST) {
            return;
        }
        for (var message : MESSAGES) {
            sequence.add(message);
            playAll(end, owner, before, sequence);
            sequence.removeLast();
        }
    }

    /** One of each; ids such that calls placed, requested and accepted are all hit. */
    private static final List<ControlMessage> MESSAGES =
            List.of(
                    SampleMessages.START,
                    new StartControlConnectionReply(
                            0x0100, 1, 0, 3, 3, 1, 1, TextField.EMPTY, TextField.EMPTY),
                    new StopControlConnectionRequest(1),
                    new StopControlConnectionReply(1, 0),
                    new EchoRequest(1),
                    new EchoReply(1, 1, 0),
                    SampleMessages.outgoingCall(7),
                    new OutgoingCallReply(8, PLACED_OUTGOING, 1, 0, 0, 1, 64, 0, 0),
                    IncomingCallRequest.of(8, 1),
                    new IncomingCallReply(9, PLACED_INCOMING, 1, 0, 64, 0),
                    new IncomingCallConnected(ACCEPTED, 1, 64, 0, 2),
                    new CallClearRequest(7),
                    new CallDisconnectNotify(8, 1, 0, 0, TextField.EMPTY),
                    new WanErrorNotify(PLACED_OUTGOING, new WanErrorCounters(1, 2, 3, 4, 5, 6)),
                    new SetLinkInfo(ACCEPTED, 1, 2));

    /** One sequence against one connection. */
    private static final class Play {
        private final ControlEnd end;
        private final Owner owner;
        private final List<ControlMessage> sequence;
        private final ControlConnection connection;

        /** What an owner who takes his time decides after the next message. */
        private final List<CallRequest> undecided = new ArrayList<>();

        private final List<CallRequest> requested = new ArrayList<>();

        /** How often each call that was placed or accepted has ended. */
        private final Map<Integer, Integer> ends = new HashMap<>();

        private int nextCallId = ACCEPTED;
        private int closes;
        private long nowNanos;

        /** Sends that the owner asked for, which are no replies. */
        private int ownSends;

        Play(ControlEnd end, Owner owner, List<ControlMessage> sequence) {
            this.end = end;
            this.owner = owner;
            this.sequence = sequence;
            this.connection =
                    new ControlConnection(
                            end,
                            ControlConnectionSettings.DEFAULTS
                                    .withMaximumCalls(MAXIMUM_CALLS)
                                    .withSendsLinkInfo(true),
                            0);
            drain(1);
        }

        void run(List<ControlMessage> before) {
            before.forEach(this::receive);
            sequence.forEach(this::receive);
            if (sequence.size() == LONGEST) {
                connection.transportClosed("");
                drain(0);
            } else {
                passUntilClosed();
            }
            check(closes == 1, "closes once");
            check(connection.callCount() == 0, "has no call left");
            check(connection.nextDeadlineNanos().isEmpty(), "waits for nothing");
            check(ends.values().stream().allMatch(times -> times == 1), "ends each call once");
        }

        private void receive(ControlMessage message) {
            var octets = ControlMessageEncoder.encode(message);
            connection.receive(octets, nowNanos);
            drain(MOST_REPLIES);
            if (closes == 0) {
                List.copyOf(undecided).forEach(this::accept);
                undecided.clear();
                drain(MOST_REPLIES);
            }
            undecided.addAll(requested);
            requested.clear();
            check(!octets.hasRemaining(), "takes the whole message");
            check(connection.callCount() <= MAXIMUM_CALLS, "keeps to its limit of calls");
        }

        /** A peer that says no more ends in a close. */
        private void passUntilClosed() {
            for (int step = 0; step < 20 && closes == 0; step++) {
                var next = connection.nextDeadlineNanos();
                check(next.isPresent(), "always waits for something");
                nowNanos = next.getAsLong();
                connection.onTimeout(nowNanos);
                // At most an Echo-Request, a word on each call, and the stop.
                drain(MAXIMUM_CALLS + 2);
            }
        }

        private void drain(int mostSends) {
            int sends = 0;
            ownSends = 0;
            for (var action = connection.pollAction();
                    action.isPresent();
                    action = connection.pollAction()) {
                check(closes == 0, "says nothing after its close");
                if (action.get() instanceof ControlAction.Send) {
                    sends++;
                }
                perform(action.get());
            }
            check(sends <= mostSends + ownSends, "answers with few messages");
        }

        private void perform(ControlAction action) {
            switch (action) {
                case ControlAction.Started _ -> {
                    if (end == ControlEnd.ORIGINATOR) {
                        placeCalls();
                    }
                }
                case ControlAction.CallRequested(var request) -> decide(request);
                case ControlAction.CallConnected(var callId, _, _) -> {
                    if (owner == Owner.HANGS_UP) {
                        ownSends++;
                        connection.disconnect(callId, CallDisconnectResult.REQUEST, nowNanos);
                    }
                }
                case ControlAction.CallFailed(var callId, _) -> ends.merge(callId, 1, Integer::sum);
                case ControlAction.CallCleared(var callId, _, _) ->
                        ends.merge(callId, 1, Integer::sum);
                case ControlAction.Close _ -> closes++;
                case ControlAction.Send _, ControlAction.LinkInfo _, ControlAction.WanErrors _ -> {}
            }
        }

        private void placeCalls() {
            place(OutgoingCallRequest.of(PLACED_OUTGOING, 1, 64));
            place(IncomingCallRequest.of(PLACED_INCOMING, 1));
        }

        private void place(CallRequest request) {
            ends.put(request.callId(), 0);
            ownSends++;
            connection.placeCall(request, nowNanos);
        }

        private void decide(CallRequest request) {
            switch (owner) {
                case GRANTS, HANGS_UP -> accept(request);
                case REFUSES ->
                        connection.refuse(request, OutgoingCallResult.BUSY, GeneralError.NONE);
                case DECIDES_LATE -> requested.add(request);
            }
        }

        private void accept(CallRequest request) {
            int callId = nextCallId++;
            ends.put(callId, 0);
            connection.accept(request, callId, nowNanos);
        }

        private void check(boolean holds, String what) {
            if (!holds) {
                throw new AssertionError("must hold that it " + what + ": " + sequence);
            }
        }
    }
}
