package dev.pptpd.emulator;

import static dev.pptpd.emulator.PppPacket.CONFIGURE_ACK;
import static dev.pptpd.emulator.PppPacket.CONFIGURE_NAK;
import static dev.pptpd.emulator.PppPacket.CONFIGURE_REJECT;
import static dev.pptpd.emulator.PppPacket.CONFIGURE_REQUEST;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Option negotiation of one protocol between the start of its layer and the end of the link: the
 * middle of the automaton of RFC 1661.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc1661#section-4.1 RFC 1661 section 4.1
 */
final class Negotiation {
    /** What a packet did to the layer above. */
    enum Change {
        NONE,
        UP,
        DOWN
    }

    private enum State {
        CLOSED,
        REQUEST_SENT,
        ACK_RECEIVED,
        ACK_SENT,
        OPENED
    }

    private final int protocol;
    private final OptionPolicy policy;
    private final IdentifierCounter identifiers;
    private final long restartNanos;
    private final Consumer<PppFrame> output;

    private State state = State.CLOSED;
    private PppPacket request = PppPacket.of(CONFIGURE_REQUEST, 0, List.of());
    private long restartAtNanos;

    Negotiation(
            int protocol,
            OptionPolicy policy,
            IdentifierCounter identifiers,
            int restartMillis,
            Consumer<PppFrame> output) {
        this.protocol = protocol;
        this.policy = policy;
        this.identifiers = identifiers;
        this.restartNanos = restartMillis * 1_000_000L;
        this.output = output;
    }

    boolean started() {
        return state != State.CLOSED;
    }

    boolean opened() {
        return state == State.OPENED;
    }

    /** Sends the first request. */
    void start(long nowNanos) {
        state = State.REQUEST_SENT;
        sendRequest(nowNanos);
    }

    /** Forgets everything; no packet is sent. */
    void close() {
        state = State.CLOSED;
    }

    /** Sends the last request once more, as after an answer that got lost. */
    void repeatRequest() {
        output.accept(PppFrame.of(protocol, request));
    }

    /** Sends a new request with a new identifier, whatever the state was. */
    Change renew(long nowNanos) {
        Change change = opened() ? Change.DOWN : Change.NONE;
        start(nowNanos);
        return change;
    }

    Change receive(PppPacket packet, long nowNanos) {
        return switch (packet.code()) {
            case CONFIGURE_REQUEST -> requested(packet, nowNanos);
            case CONFIGURE_ACK -> answersRequest(packet) ? acknowledged(packet) : Change.NONE;
            case CONFIGURE_NAK, CONFIGURE_REJECT ->
                    answersRequest(packet) ? refused(packet, nowNanos) : Change.NONE;
            default -> Change.NONE;
        };
    }

    private Change requested(PppPacket packet, long nowNanos) {
        Change change = opened() ? renew(nowNanos) : Change.NONE;
        PppPacket answer = policy.answer(packet.identifier(), packet.options());
        output.accept(PppFrame.of(protocol, answer));
        if (answer.code() != CONFIGURE_ACK) {
            state = state == State.ACK_SENT ? State.REQUEST_SENT : state;
            return change;
        }
        if (state == State.ACK_RECEIVED) {
            state = State.OPENED;
            return Change.UP;
        }
        state = State.ACK_SENT;
        return change;
    }

    private boolean answersRequest(PppPacket packet) {
        return packet.identifier() == request.identifier()
                && state != State.CLOSED
                && state != State.OPENED;
    }

    private Change acknowledged(PppPacket packet) {
        if (!packet.data().equals(request.data())) {
            throw new IllegalStateException("the server acknowledged other options: " + packet);
        }
        if (state == State.ACK_SENT) {
            state = State.OPENED;
            return Change.UP;
        }
        state = State.ACK_RECEIVED;
        return Change.NONE;
    }

    private Change refused(PppPacket packet, long nowNanos) {
        if (packet.code() == CONFIGURE_NAK) {
            policy.wanted().take(packet.options());
        } else {
            policy.wanted().drop(packet.options());
        }
        state = state == State.ACK_RECEIVED ? State.REQUEST_SENT : state;
        sendRequest(nowNanos);
        return Change.NONE;
    }

    private void sendRequest(long nowNanos) {
        request = PppPacket.of(CONFIGURE_REQUEST, identifiers.next(), policy.wanted().toList());
        restartAtNanos = nowNanos + restartNanos;
        repeatRequest();
    }

    OptionalLong nextDeadlineNanos() {
        return started() && !opened() ? OptionalLong.of(restartAtNanos) : OptionalLong.empty();
    }

    void onTimeout(long nowNanos) {
        if (started() && !opened() && nowNanos - restartAtNanos >= 0) {
            state = state == State.ACK_RECEIVED ? State.REQUEST_SENT : state;
            sendRequest(nowNanos);
        }
    }
}
