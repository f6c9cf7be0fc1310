package dev.pptpd.ppp.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.ppp.fsm.Action;
import dev.pptpd.ppp.fsm.Event;
import dev.pptpd.ppp.fsm.State;
import dev.pptpd.ppp.fsm.Transition;
import dev.pptpd.ppp.fsm.TransitionTable;
import dev.pptpd.ppp.packet.Code;
import dev.pptpd.ppp.packet.ControlPacket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The RFC's table on the layers of a whole link: what each of them sends on every event that a peer
 * or the clock can cause, in every state that both sides can be led to, and by a second packet the
 * state that follows. All cells, also those that no peer can reach, are shown on the protocols
 * themselves in {@code fsm}.
 */
final class LayerTableTest {
    private static final Set<State> STATES =
            EnumSet.of(
                    State.REQ_SENT, State.ACK_RCVD, State.ACK_SENT, State.OPENED, State.STOPPING);

    private static final Set<Event> EVENTS =
            EnumSet.of(
                    Event.RCR_PLUS,
                    Event.RCR_MINUS,
                    Event.RCA,
                    Event.RCN,
                    Event.RTR,
                    Event.RTA,
                    Event.RUC,
                    Event.RXJ_PLUS,
                    Event.RXJ_MINUS,
                    Event.TO_PLUS);

    private static final Set<Action> SENT =
            EnumSet.of(Action.SCR, Action.SCA, Action.SCN, Action.STR, Action.STA, Action.SCJ);

    static Stream<Arguments> rowsOfTheTable() {
        return EVENTS.stream()
                .flatMap(event ->
                        Arrays.stream(Stage.values()).map(stage -> Arguments.of(event, stage)));
    }

    @ParameterizedTest(name = "{0} in every state: {1}")
    @MethodSource("rowsOfTheTable")
    void doesAsTheRfcSays(Event event, Stage stage) {
        for (State state : STATES) {
            if (TransitionTable.transition(state, event).isPresent() && !isPeersEnd(state, event)) {
                check(state, event, stage);
            }
        }
    }

    /** A layer whose peer has ended it has no request left to repeat: its next timeout is TO-. */
    private static boolean isPeersEnd(State state, Event event) {
        return state == State.STOPPING && event == Event.TO_PLUS;
    }

    private static void check(State state, Event event, Stage stage) {
        ScriptedPeer peer = stage.peer();
        ControlPacket request = lead(peer, state, stage);
        peer.sent.clear();
        Transition expected = TransitionTable.transition(state, event).orElseThrow();
        boolean isSecondCopy =
                (state == State.ACK_RCVD || state == State.OPENED)
                        && (event == Event.RCA || event == Event.RCN);
        if (isSecondCopy) {
            expected = new Transition(List.of(), state);
        }
        cause(peer, event, stage, request);
        String cell = event.label() + " in " + state;
        assertThat(sentBy(stage, peer)).as(cell).isEqualTo(sends(expected));
        if (peer.link.end().isEmpty()) {
            peer.sent.clear();
            stage.say(peer, Code.CONFIGURE_REQUEST, 61, stage.good);
            assertThat(sentBy(stage, peer))
                    .as("after " + cell)
                    .isEqualTo(
                            sends(
                                    TransitionTable.transition(expected.next(), Event.RCR_PLUS)
                                            .orElseThrow()));
        }
    }

    private static ControlPacket lead(ScriptedPeer peer, State state, Stage stage) {
        ControlPacket request = stage.leadToRequest(peer);
        switch (state) {
            case ACK_RCVD ->
                    peer.say(
                            stage.protocol,
                            Code.CONFIGURE_ACK,
                            request.identifier(),
                            request.data());
            case ACK_SENT -> stage.say(peer, Code.CONFIGURE_REQUEST, 50, stage.good);
            case OPENED -> stage.open(peer, request);
            case STOPPING -> {
                stage.open(peer, request);
                stage.say(peer, Code.TERMINATE_REQUEST, 51, "");
            }
            case INITIAL, STARTING, CLOSED, STOPPED, CLOSING, REQ_SENT -> {}
        }
        return request;
    }

    private static void cause(ScriptedPeer peer, Event event, Stage stage, ControlPacket request) {
        switch (event) {
            case RCR_PLUS -> stage.say(peer, Code.CONFIGURE_REQUEST, 60, stage.good);
            case RCR_MINUS -> stage.say(peer, Code.CONFIGURE_REQUEST, 60, stage.bad);
            case RCA ->
                    peer.say(
                            stage.protocol,
                            Code.CONFIGURE_ACK,
                            request.identifier(),
                            request.data());
            case RCN -> stage.say(peer, Code.CONFIGURE_NAK, request.identifier(), stage.nak);
            case RTR -> stage.say(peer, Code.TERMINATE_REQUEST, 60, "");
            case RTA -> stage.say(peer, Code.TERMINATE_ACK, 60, "");
            case RUC -> stage.say(peer, 99, 60, "");
            case RXJ_PLUS -> peer.say(stage.protocol, Code.CODE_REJECT, 60, new byte[] {99});
            case RXJ_MINUS -> peer.say(stage.protocol, Code.CODE_REJECT, 60, new byte[] {1});
            case TO_PLUS -> peer.pass(1_000);
            case UP, DOWN, OPEN, CLOSE, TO_MINUS, RXR -> throw new AssertionError(event);
        }
    }

    private static List<Action> sends(Transition transition) {
        return transition.actions().stream().filter(SENT::contains).toList();
    }

    private static List<Action> sentBy(Stage stage, ScriptedPeer peer) {
        List<Action> actions = new ArrayList<>();
        for (ScriptedPeer.Sent sent : peer.sent) {
            if (sent.protocol() == stage.protocol) {
                actions.add(
                        switch (sent.packet().code()) {
                            case Code.CONFIGURE_REQUEST -> Action.SCR;
                            case Code.CONFIGURE_ACK -> Action.SCA;
                            case Code.CONFIGURE_NAK, Code.CONFIGURE_REJECT -> Action.SCN;
                            case Code.TERMINATE_REQUEST -> Action.STR;
                            case Code.TERMINATE_ACK -> Action.STA;
                            case Code.CODE_REJECT -> Action.SCJ;
                            default -> throw new AssertionError(sent.toString());
                        });
            }
        }
        return actions;
    }
}
