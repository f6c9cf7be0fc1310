package dev.pptpd.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every state with every message, compared with a file that a person has read. */
final class ControlConnectionTableTest {
    private static final String APPROVED = "control-connection-table.txt";
    private static final int CALL_ID = ConnectionRig.FIRST_CALL_ID;

    @Test
    void everyStateAnswersEveryMessageAsApproved() throws IOException {
        try (var approved = getClass().getResourceAsStream(APPROVED)) {
            var text =
                    new String(
                            Objects.requireNonNull(approved).readAllBytes(),
                            StandardCharsets.UTF_8);

            assertThat(table()).isEqualTo(text);
        }
    }

    /** 15^4 sequences of messages, against a connection that grants calls. */
    @Test
    void noSequenceOfFourMessagesBreaksTheMachine() {
        play(new ArrayList<>(), 4);
    }

    private static void play(List<ControlMessage> sequence, int more) {
        if (more == 0) {
            assertSound(sequence);
            return;
        }
        for (var message : messages()) {
            sequence.add(message);
            play(sequence, more - 1);
            sequence.removeLast();
        }
    }

    /** Calls end exactly once, a close is the last word, and silence ends in a close. */
    private static void assertSound(List<ControlMessage> sequence) {
        var server = ConnectionRig.granting(1);
        var actions = server.receive(sequence.toArray(ControlMessage[]::new));
        server.connection.transportClosed("");
        actions.addAll(server.drain());

        var granted = new ArrayList<Integer>();
        var ended = new ArrayList<Integer>();
        for (var action : actions) {
            switch (action) {
                case ControlAction.Send(OutgoingCallReply reply) when reply.resultCode() == 1 ->
                        granted.add(reply.callId());
                case ControlAction.Send(IncomingCallReply reply) when reply.resultCode() == 1 ->
                        granted.add(reply.callId());
                case ControlAction.CallCleared(var callId, _, _) -> ended.add(callId);
                case ControlAction.Send _, ControlAction.CallRequested _ -> {}
                case ControlAction.Started _, ControlAction.CallConnected _ -> {}
                case ControlAction.CallFailed _, ControlAction.WanErrors _ -> {}
                case ControlAction.LinkInfo _, ControlAction.Close _ -> {}
            }
        }
        if (!granted.equals(ended)
                || !(actions.getLast() instanceof ControlAction.Close)
                || server.connection.nextDeadlineNanos().isPresent()) {
            throw new AssertionError(sequence + " led to " + actions);
        }
    }

    private static String table() {
        var table = new StringBuilder();
        states().forEach((name, state) -> {
            table.append(name).append('\n');
            for (var message : messages()) {
                append(
                        table,
                        message.type().name(),
                        state.get(),
                        ControlMessageEncoder.encode(message));
            }
            append(
                    table,
                    "(unknown type)",
                    state.get(),
                    ControlMessageDecoderTest.header(12, 1, 0x1A2B3C4D, 16));
            append(table, "(malformed)", state.get(), ByteBuffer.allocate(2));
        });
        return table.toString();
    }

    private static void append(
            StringBuilder table, String event, ConnectionRig server, ByteBuffer octets) {
        var actions =
                server.receive(octets).stream().map(ControlConnectionTableTest::shown).toList();
        table.append(
                "    %-32s -> %-19s %s%n"
                        .formatted(
                                event,
                                server.connection.state(),
                                actions.isEmpty() ? "-" : String.join(", ", actions)));
    }

    private static String shown(ControlAction action) {
        return switch (action) {
            case ControlAction.Send(OutgoingCallReply reply) ->
                    "send OUTGOING_CALL_REPLY result " + reply.resultCode();
            case ControlAction.Send(StartControlConnectionReply reply) ->
                    "send START_CONTROL_CONNECTION_REPLY result " + reply.resultCode();
            case ControlAction.Send(IncomingCallReply reply) ->
                    "send INCOMING_CALL_REPLY result " + reply.resultCode();
            case ControlAction.Send(CallDisconnectNotify notify) ->
                    "send CALL_DISCONNECT_NOTIFY of %d result %d"
                            .formatted(notify.callId(), notify.resultCode());
            case ControlAction.Send(var message) -> "send " + message.type();
            case ControlAction.CallRequested _ -> "call requested";
            case ControlAction.Started _ -> "started";
            case ControlAction.CallConnected(var callId, var peerCallId, _) ->
                    "call %d connected, the peer's %d".formatted(callId, peerCallId);
            case ControlAction.CallFailed(var callId, var failure) ->
                    "call %d failed: %s".formatted(callId, failure);
            case ControlAction.WanErrors(var callId, _) -> "WAN errors of " + callId;
            case ControlAction.CallCleared(var callId, var end, _) ->
                    "call %d ended %s".formatted(callId, end);
            case ControlAction.LinkInfo(var callId, _, _) -> "link info of " + callId;
            case ControlAction.Close(var reason, _) -> "close " + reason;
        };
    }

    private static Map<String, Supplier<ConnectionRig>> states() {
        var states = new LinkedHashMap<String, Supplier<ConnectionRig>>();
        states.put("AWAITING_START", () -> after(true));
        states.put("ESTABLISHED, no call", () -> after(true, SampleMessages.START));
        states.put(
                "ESTABLISHED, call requested",
                () -> after(false, SampleMessages.START, SampleMessages.CALL));
        states.put(
                "ESTABLISHED, one call",
                () -> after(true, SampleMessages.START, SampleMessages.CALL));
        states.put("AWAITING_STOP_REPLY", ControlConnectionTableTest::stopping);
        states.put("CLOSED", () -> after(true, new StopControlConnectionRequest(1)));
        return states;
    }

    private static ConnectionRig after(boolean grantsCalls, ControlMessage... messages) {
        var server = grantsCalls ? ConnectionRig.granting(1) : ConnectionRig.hesitating(1);
        server.receive(messages);
        return server;
    }

    private static ConnectionRig stopping() {
        var server = after(true, SampleMessages.START, SampleMessages.CALL);
        server.connection.stop(StopControlConnectionReason.LOCAL_SHUTDOWN, server.now());
        server.drain();
        return server;
    }

    /** One of each type, with the call ids that mean the one call there may be. */
    private static List<ControlMessage> messages() {
        return SampleMessages.oneOfEach().stream()
                .map(m -> m instanceof SetLinkInfo ? new SetLinkInfo(CALL_ID, 1, 2) : m)
                .collect(Collectors.toList());
    }
}
