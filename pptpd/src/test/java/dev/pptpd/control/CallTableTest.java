package dev.pptpd.control;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Every state of a call, in both roles and however it began, with every message about it, compared
 * with a file that a person has read. A message that does not mean the call leaves its state alone.
 */
final class CallTableTest {
    private static final int OURS = 501;
    private static final int THEIRS = 7;
    private static final int REFUSED = 4;

    private static final OutgoingCallReply GRANTED_OUTGOING =
            new OutgoingCallReply(THEIRS, OURS, 1, 0, 0, 1, 64, 0, 0);
    private static final IncomingCallReply GRANTED_INCOMING =
            new IncomingCallReply(THEIRS, OURS, 1, 0, 64, 0);

    /** The calls of one connection, of which this is about one. */
    private static final class Rig {
        private final ControlOutbox outbox = new ControlOutbox();
        private final ConnectionCalls calls;

        Rig() {
            var settings = ControlConnectionSettings.DEFAULTS;
            calls =
                    new ConnectionCalls(
                            new CallAutomaton.Surroundings(
                                    settings, new OwnMessages(settings), outbox));
        }

        Rig place(CallRequest request) {
            calls.place(request, 0);
            return drained();
        }

        Rig receive(CallMessage message) {
            calls.receive(message);
            return drained();
        }

        Rig accept(CallRequest request) {
            var call = calls.awaitingAnswer(request).orElseThrow();
            call.accept(OURS, 0);
            calls.settle(call);
            return drained();
        }

        Rig disconnect() {
            calls.find(OURS)
                    .ifPresent(call -> {
                        call.disconnect(CallDisconnectResult.LOST_CARRIER, 0);
                        calls.settle(call);
                    });
            return this;
        }

        Rig drained() {
            drain();
            return this;
        }

        List<ControlAction> drain() {
            var actions = new ArrayList<ControlAction>();
            for (var action = outbox.poll(); action.isPresent(); action = outbox.poll()) {
                actions.add(action.get());
            }
            return actions;
        }

        CallState state() {
            return calls.states().stream().findFirst().orElse(CallState.IDLE);
        }
    }

    @Test
    void aCallAnswersEveryMessageInEveryStateAsApprovedV06V09() throws IOException {
        ApprovedText.assertApproved("call-table.txt", table());
    }

    private static String table() {
        var table = new StringBuilder();
        states().forEach((name, state) -> {
            table.append(name).append('\n');
            messages()
                    .forEach((event, message) -> {
                        var rig = state.get();
                        rig.calls.receive(message);
                        append(table, event, rig);
                    });
            append(table, "(this end disconnects)", state.get().disconnect());
            var late = state.get();
            var stop = late.calls.onTimeout(Long.MAX_VALUE);
            append(table, "(time is up)" + stop.map(reason -> " stops all").orElse(""), late);
        });
        return table.toString();
    }

    private static void append(StringBuilder table, String event, Rig rig) {
        table.append(
                "    %-32s -> %-15s %s%n"
                        .formatted(event, rig.state(), ShownActions.of(rig.drain())));
    }

    private static Map<String, Supplier<Rig>> states() {
        var states = new LinkedHashMap<String, Supplier<Rig>>();
        states.put("IDLE", Rig::new);

        var outgoing = SampleMessages.outgoingCall(THEIRS);
        states.put("WAIT_ANSWER of an outgoing call, as PAC", () -> new Rig().receive(outgoing));
        states.put(
                "ESTABLISHED of an outgoing call, as PAC",
                () -> new Rig().receive(outgoing).accept(outgoing));

        var placedOutgoing = OutgoingCallRequest.of(OURS, 1, 64);
        states.put("WAIT_REPLY of an outgoing call, as PNS", () -> new Rig().place(placedOutgoing));
        states.put(
                "ESTABLISHED of an outgoing call, as PNS",
                () -> new Rig().place(placedOutgoing).receive(GRANTED_OUTGOING));
        states.put(
                "WAIT_DISCONNECT of an outgoing call that was connected, as PNS",
                () ->
                        new Rig()
                                .place(placedOutgoing)
                                .receive(GRANTED_OUTGOING)
                                .disconnect()
                                .drained());
        states.put(
                "WAIT_DISCONNECT of an outgoing call that was aborted, as PNS",
                () -> new Rig().place(placedOutgoing).disconnect().drained());

        var incoming = IncomingCallRequest.of(THEIRS, 1);
        states.put("WAIT_ANSWER of an incoming call, as PNS", () -> new Rig().receive(incoming));
        states.put(
                "WAIT_CONNECT of an incoming call, as PNS",
                () -> new Rig().receive(incoming).accept(incoming));
        states.put(
                "ESTABLISHED of an incoming call, as PNS",
                () -> new Rig().receive(incoming).accept(incoming).receive(connected()));
        states.put(
                "WAIT_DISCONNECT of an incoming call, as PNS",
                () -> new Rig().receive(incoming).accept(incoming).disconnect().drained());

        var placedIncoming = IncomingCallRequest.of(OURS, 1);
        states.put("WAIT_REPLY of an incoming call, as PAC", () -> new Rig().place(placedIncoming));
        states.put(
                "ESTABLISHED of an incoming call, as PAC",
                () -> new Rig().place(placedIncoming).receive(GRANTED_INCOMING));
        return states;
    }

    /** By what stands in the table; the call that there may be is meant where one can be. */
    private static Map<String, CallMessage> messages() {
        var messages = new LinkedHashMap<String, CallMessage>();
        messages.put("OUTGOING_CALL_REQUEST", SampleMessages.outgoingCall(THEIRS));
        messages.put("OUTGOING_CALL_REPLY granted", GRANTED_OUTGOING);
        messages.put(
                "OUTGOING_CALL_REPLY refused",
                new OutgoingCallReply(0, OURS, REFUSED, 0, 0, 0, 0, 0, 0));
        messages.put("INCOMING_CALL_REQUEST", IncomingCallRequest.of(THEIRS, 1));
        messages.put("INCOMING_CALL_REPLY granted", GRANTED_INCOMING);
        messages.put("INCOMING_CALL_REPLY refused", new IncomingCallReply(0, OURS, 3, 0, 0, 0));
        messages.put("INCOMING_CALL_CONNECTED", connected());
        messages.put("CALL_CLEAR_REQUEST", new CallClearRequest(THEIRS));
        messages.put(
                "CALL_DISCONNECT_NOTIFY",
                new CallDisconnectNotify(THEIRS, 1, 0, 0, TextField.EMPTY));
        messages.put(
                "CALL_DISCONNECT_NOTIFY, our id",
                new CallDisconnectNotify(OURS, 1, 0, 0, TextField.EMPTY));
        messages.put(
                "WAN_ERROR_NOTIFY",
                new WanErrorNotify(OURS, new WanErrorCounters(1, 2, 3, 4, 5, 6)));
        messages.put("SET_LINK_INFO", new SetLinkInfo(OURS, 1, 2));
        return messages;
    }

    private static IncomingCallConnected connected() {
        return new IncomingCallConnected(OURS, 64_000, 8, 1, 2);
    }
}
