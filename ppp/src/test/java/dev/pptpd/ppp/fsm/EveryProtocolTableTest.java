package dev.pptpd.ppp.fsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.pptpd.ppp.option.Options;
import dev.pptpd.ppp.packet.Code;
import dev.pptpd.ppp.packet.ControlPacket;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every cell of the RFC's table, on every control protocol and either end of it: each event in each
 * state, made by packets, by the clock or by the owner, and compared with the published table by
 * what is sent, what the owner is told, and the state that follows.
 */
final class EveryProtocolTableTest {
    private static final PublishedTable PUBLISHED = PublishedTable.read();
    private static final RestartTimer PATIENT = new RestartTimer(300, 3_000, 10, 3, 10);

    /** After one request there is none left: the next timeout is TO-. */
    private static final RestartTimer IMPATIENT = new RestartTimer(300, 3_000, 1, 1, 10);

    /** The actions that neither send anything nor concern the owner. */
    private static final Set<Action> UNSEEN =
            EnumSet.of(Action.TLS, Action.IRC, Action.ZRC, Action.SER);

    static Stream<Arguments> rowsOfTheTable() {
        return Stream.of(Event.values())
                .flatMap(event ->
                        ProtocolEnd.all().stream().map(end -> Arguments.of(event.label(), end)));
    }

    @ParameterizedTest(name = "{0} in every state: {1}")
    @MethodSource("rowsOfTheTable")
    void doesAsTheRfcSays(String label, ProtocolEnd end) {
        Event event = Event.labelled(label);
        for (State state : State.values()) {
            if (!isUnreachable(state, event)) {
                check(state, event, end);
            }
        }
    }

    /** Each acknowledged request of ours has set the counter back: there is always one left. */
    private static boolean isUnreachable(State state, Event event) {
        return state == State.ACK_RCVD && event == Event.TO_MINUS;
    }

    /**
     * The second copy of an answer, as for pppd: over GRE packets come twice, and the RFC's table
     * would tear down what both sides have agreed on.
     */
    private static boolean isSecondCopy(State state, Event event) {
        return (state == State.ACK_RCVD || state == State.OPENED)
                && (event == Event.RCA || event == Event.RCN);
    }

    private static void check(State state, Event event, ProtocolEnd end) {
        DrivenProtocol layer = new DrivenProtocol(end.options(), timerFor(event));
        end.options().reset();
        Optional<ControlPacket> request = lead(layer, state, event, end);
        assertThat(layer.protocol.state()).as("the way into %s", state).isEqualTo(state);
        layer.actions.clear();

        Optional<Transition> published = published(state, event);
        String cell = event.label() + " in " + state;
        if (published.isEmpty() && event == Event.UP) {
            assertThatIllegalStateException().as(cell).isThrownBy(layer::up);
            return;
        }
        cause(layer, event, end, request);
        Transition expected =
                published
                        .filter(_ -> !isSecondCopy(state, event) && event != Event.RXR)
                        .orElse(new Transition(List.of(), state));
        assertThat(seen(layer.actions))
                .as(cell)
                .containsExactlyElementsOf(
                        expected.actions().stream()
                                .filter(action -> !UNSEEN.contains(action))
                                .toList());
        assertThat(layer.protocol.state()).as(cell).isEqualTo(expected.next());
    }

    private static Optional<Transition> published(State state, Event event) {
        return Optional.ofNullable(
                Objects.requireNonNull(PUBLISHED.transitions().get(event)).get(state));
    }

    private static RestartTimer timerFor(Event event) {
        return event == Event.TO_MINUS ? IMPATIENT : PATIENT;
    }

    /** Leads to a state, and hands back our last request. */
    private static Optional<ControlPacket> lead(
            DrivenProtocol layer, State state, Event event, ProtocolEnd end) {
        if (state == State.INITIAL) {
            return Optional.empty();
        }
        layer.open();
        if (state == State.STARTING) {
            return Optional.empty();
        }
        layer.up();
        ControlPacket request = layer.next();
        switch (state) {
            case INITIAL, STARTING, REQ_SENT -> {}
            case CLOSED -> {
                layer.close(new byte[0]);
                layer.receive(packet(Code.TERMINATE_ACK, layer.next().identifier(), ""));
            }
            case STOPPED -> {
                while (layer.protocol.state() != State.STOPPED) {
                    layer.expire();
                }
            }
            case CLOSING -> layer.close(new byte[0]);
            case ACK_RCVD -> layer.acknowledge(request);
            case ACK_SENT -> layer.receive(packet(Code.CONFIGURE_REQUEST, 50, end.good()));
            case OPENED -> agree(layer, request, end);
            case STOPPING -> {
                agree(layer, request, end);
                if (event == Event.TO_PLUS) {
                    layer.protocolRejected();
                } else {
                    layer.receive(packet(Code.TERMINATE_REQUEST, 51, ""));
                }
            }
        }
        return Optional.of(request);
    }

    private static void agree(DrivenProtocol layer, ControlPacket request, ProtocolEnd end) {
        layer.receive(packet(Code.CONFIGURE_REQUEST, 50, end.good()));
        layer.acknowledge(request);
    }

    private static void cause(
            DrivenProtocol layer, Event event, ProtocolEnd end, Optional<ControlPacket> request) {
        int identifier = request.map(ControlPacket::identifier).orElse(0);
        switch (event) {
            case UP -> layer.up();
            case DOWN -> layer.down();
            case OPEN -> layer.open();
            case CLOSE -> layer.close(new byte[0]);
            case TO_PLUS, TO_MINUS -> layer.expire();
            case RCR_PLUS -> layer.receive(packet(Code.CONFIGURE_REQUEST, 60, end.good()));
            case RCR_MINUS -> layer.receive(packet(Code.CONFIGURE_REQUEST, 60, end.bad()));
            case RCA ->
                    layer.receive(
                            new ControlPacket(
                                    Code.CONFIGURE_ACK,
                                    identifier,
                                    request.map(ControlPacket::data).orElse(new byte[0])));
            case RCN -> layer.receive(packet(Code.CONFIGURE_NAK, identifier, end.nak()));
            case RTR -> layer.receive(packet(Code.TERMINATE_REQUEST, 60, ""));
            case RTA -> layer.receive(packet(Code.TERMINATE_ACK, 60, ""));
            case RUC -> layer.rejectCode(packet(99, 60, ""));
            case RXJ_PLUS ->
                    layer.receive(new ControlPacket(Code.CODE_REJECT, 60, new byte[] {12}));
            case RXJ_MINUS ->
                    layer.receive(new ControlPacket(Code.CODE_REJECT, 60, new byte[] {1}));
            case RXR -> assertThat(layer.receive(packet(Code.ECHO_REQUEST, 60, ""))).isFalse();
        }
    }

    private static ControlPacket packet(int code, int identifier, String options) {
        return new ControlPacket(code, identifier, Options.of(options).encode());
    }

    private static List<Action> seen(List<LayerAction> actions) {
        List<Action> seen = new ArrayList<>();
        for (LayerAction action : actions) {
            seen.add(
                    switch (action) {
                        case LayerAction.Up _ -> Action.TLU;
                        case LayerAction.Down _ -> Action.TLD;
                        case LayerAction.Finished _ -> Action.TLF;
                        case LayerAction.Send(ControlPacket packet) -> sending(packet.code());
                        case LayerAction.Unacceptable(String reason) ->
                                throw new AssertionError(reason);
                    });
        }
        return seen;
    }

    private static Action sending(int code) {
        return switch (code) {
            case Code.CONFIGURE_REQUEST -> Action.SCR;
            case Code.CONFIGURE_ACK -> Action.SCA;
            case Code.CONFIGURE_NAK, Code.CONFIGURE_REJECT -> Action.SCN;
            case Code.TERMINATE_REQUEST -> Action.STR;
            case Code.TERMINATE_ACK -> Action.STA;
            case Code.CODE_REJECT -> Action.SCJ;
            default -> throw new AssertionError("code " + code);
        };
    }

    /** The rejection of the whole protocol is the same event as that of a code which it needs. */
    @Test
    void takesAProtocolRejectForRxjMinusInEveryState() {
        for (ProtocolEnd end : ProtocolEnd.all()) {
            for (State state : State.values()) {
                DrivenProtocol layer = new DrivenProtocol(end.options(), PATIENT);
                end.options().reset();
                lead(layer, state, Event.RXJ_MINUS, end);
                layer.protocolRejected();
                assertThat(layer.protocol.state())
                        .as("%s in %s", end, state)
                        .isEqualTo(
                                published(state, Event.RXJ_MINUS)
                                        .map(Transition::next)
                                        .orElse(state));
            }
        }
    }
}
