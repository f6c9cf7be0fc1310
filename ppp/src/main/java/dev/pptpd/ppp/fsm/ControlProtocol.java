package dev.pptpd.ppp.fsm;

import dev.pptpd.ppp.option.Negotiator;
import dev.pptpd.ppp.option.Option;
import dev.pptpd.ppp.option.OptionList;
import dev.pptpd.ppp.option.OptionSet;
import dev.pptpd.ppp.packet.BriefQueue;
import dev.pptpd.ppp.packet.Code;
import dev.pptpd.ppp.packet.ControlPacket;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What LCP, CCP and IPCP have in common: packets 1 to 7, the automaton and the negotiation of
 * options. Feed it packets and time, then drain {@link #pollAction}. Not thread-safe.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc1661#section-4 RFC 1661 sections 4 and 5
 */
public final class ControlProtocol {
    /** Rounds beyond the Naks: Rejects and Acks, of which Windows needs up to three. */
    private static final int ROUNDS_BESIDE_NAKS = 10;

    private static final byte[] NO_DATA = {};

    private final Automaton automaton;
    private final OptionSet options;
    private final Identifiers identifiers;
    private final RestartTimer timer;

    /** Null while nothing waits in it. */
    private @Nullable BriefQueue<LayerAction> actions;

    /** Null but while both sides are at it. */
    private @Nullable Negotiator negotiator;

    /** Our Configure-Request that still waits for an answer. */
    private @Nullable ControlPacket outstanding;

    /** The whole packet. */
    private byte @Nullable [] lastAcknowledgedRequest;

    private byte[] terminateData = NO_DATA;
    private int rounds;

    /** A protocol in the Initial state. */
    public ControlProtocol(OptionSet options, RestartTimer timer, Identifiers identifiers) {
        this.automaton = new Automaton(timer);
        this.options = options;
        this.identifiers = identifiers;
        this.timer = timer;
    }

    /** The state of the automaton. */
    public State state() {
        return automaton.state();
    }

    /** Whether the layer is up. */
    public boolean isOpened() {
        return automaton.state() == State.OPENED;
    }

    /** Whether both sides are at it: neither open nor ended nor waiting for the peer to begin. */
    public boolean isNegotiating() {
        return switch (automaton.state()) {
            case REQ_SENT, ACK_RCVD, ACK_SENT -> true;
            case INITIAL, STARTING, CLOSED, STOPPED, CLOSING, STOPPING, OPENED -> false;
        };
    }

    /** When {@link #onTimeout} wants to be called; {@link Long#MAX_VALUE} for never. */
    public long nextDeadlineNanos() {
        return automaton.deadlineNanos();
    }

    /** What to do next, or null when nothing is left. */
    public @Nullable LayerAction pollAction() {
        BriefQueue<LayerAction> waiting = actions;
        LayerAction first = waiting == null ? null : waiting.poll();
        actions = first == null ? null : waiting;
        return first;
    }

    private void add(LayerAction action) {
        BriefQueue<LayerAction> waiting = actions == null ? new BriefQueue<>() : actions;
        actions = waiting;
        waiting.add(action);
    }

    /** The administrator wants the layer up. */
    public void open(long nowNanos) {
        fire(Event.OPEN, nowNanos, null);
    }

    /** The lower layer is up: begin to negotiate. */
    public void up(long nowNanos) {
        beginAnew();
        fire(Event.UP, nowNanos, null);
    }

    /** The lower layer is up, but the first Configure-Request is left to the peer. */
    public void awaitPeer() {
        automaton.awaitPeer();
    }

    /** Ends the wait of {@link #awaitPeer}: send our Configure-Request now, if it was not yet. */
    public void stopWaiting(long nowNanos) {
        if (automaton.state() == State.STOPPED) {
            fire(Event.DOWN, nowNanos, null);
            up(nowNanos);
        }
    }

    /** The lower layer is gone. */
    public void down(long nowNanos) {
        if (automaton.state().isLinked()) {
            fire(Event.DOWN, nowNanos, null);
        }
    }

    /** Ends the layer; {@code data} goes into the Terminate-Request. */
    public void close(byte[] data, long nowNanos) {
        terminateData = data.clone();
        fire(Event.CLOSE, nowNanos, null);
    }

    /** To be called when {@link #nextDeadlineNanos} has come. */
    public void onTimeout(long nowNanos) {
        if (automaton.isDue(nowNanos)) {
            fire(automaton.timeoutEvent(), nowNanos, null);
        }
    }

    /** The peer rejected our protocol as a whole: RXJ-. */
    public void protocolRejected(long nowNanos) {
        if (automaton.state().isLinked()) {
            fire(Event.RXJ_MINUS, nowNanos, null);
        }
    }

    /**
     * Takes a packet. False when its code is not one of 1 to 7: its owner may know it, else answers
     * with {@link #rejectCode}.
     */
    public boolean receive(ControlPacket packet, long nowNanos) {
        if (packet.code() < Code.CONFIGURE_REQUEST || packet.code() > Code.CODE_REJECT) {
            return false;
        }
        if (!automaton.state().isLinked()) {
            return true;
        }
        switch (packet.code()) {
            case Code.CONFIGURE_REQUEST -> receiveRequest(packet, nowNanos);
            case Code.CONFIGURE_ACK -> receiveAck(packet, nowNanos);
            case Code.CONFIGURE_NAK, Code.CONFIGURE_REJECT -> receiveNakOrReject(packet, nowNanos);
            case Code.TERMINATE_REQUEST -> fire(Event.RTR, nowNanos, packet);
            case Code.TERMINATE_ACK -> receiveTerminateAck(packet, nowNanos);
            default -> receiveCodeReject(packet, nowNanos);
        }
        return true;
    }

    /** Answers a packet whose code nobody knows. */
    public void rejectCode(ControlPacket packet, long nowNanos) {
        if (automaton.state().isLinked()) {
            fire(Event.RUC, nowNanos, packet);
        }
    }

    /** A fresh identifier for a packet that the owner sends on its own. */
    public int nextIdentifier() {
        return identifiers.next();
    }

    private void receiveRequest(ControlPacket packet, long nowNanos) {
        if (isOpened() && Arrays.equals(packet.encode(), lastAcknowledgedRequest)) {
            // The peer repeats itself because our Ack was lost. The RFC's table would take the
            // layer
            // down and negotiate anew; pppd ends the link. Saying the same again serves both sides.
            send(Code.CONFIGURE_ACK, packet.identifier(), packet.data());
            return;
        }
        Optional<OptionList> request = OptionList.decode(packet.data());
        if (request.isEmpty()) {
            return;
        }
        switch (automaton.state()) {
            case CLOSED -> fire(Event.RCR_PLUS, nowNanos, packet);
            case STOPPED, REQ_SENT, ACK_RCVD, ACK_SENT, OPENED ->
                    answerRequest(packet, request.get(), nowNanos);
            case INITIAL, STARTING, CLOSING, STOPPING -> {}
        }
    }

    private void answerRequest(ControlPacket packet, OptionList request, long nowNanos) {
        if (isOpened() || automaton.state() == State.STOPPED) {
            beginAnew();
        }
        if (isEndless()) {
            return;
        }
        Negotiator.Answer answer = negotiator().answer(request);
        byte[] data = answer.isAck() ? packet.data() : answer.options().encode();
        ControlPacket reply = new ControlPacket(answer.code(), packet.identifier(), data);
        if (answer.isAck()) {
            lastAcknowledgedRequest = packet.encode();
        }
        fire(answer.isAck() ? Event.RCR_PLUS : Event.RCR_MINUS, nowNanos, reply);
    }

    private Negotiator negotiator() {
        Negotiator judge =
                negotiator == null ? new Negotiator(options, timer.maxFailure()) : negotiator;
        negotiator = judge;
        return judge;
    }

    /** Counts a round of negotiation; the peer that never agrees is told to go. */
    private boolean isEndless() {
        int maxRounds = timer.maxFailure() + ROUNDS_BESIDE_NAKS;
        if (++rounds <= maxRounds) {
            return false;
        }
        add(new LayerAction.Unacceptable("no agreement after " + maxRounds + " rounds"));
        return true;
    }

    /** A layer that was settled starts over: what was agreed is void, our request is made anew. */
    private void beginAnew() {
        options.reset();
        if (negotiator != null) {
            negotiator.reset();
        }
        outstanding = null;
        lastAcknowledgedRequest = null;
        rounds = 0;
    }

    private void receiveAck(ControlPacket packet, long nowNanos) {
        ControlPacket request = outstanding;
        if (request != null
                && request.identifier() == packet.identifier()
                && Arrays.equals(packet.data(), request.data())
                && !isEndless()) {
            outstanding = null;
            fire(Event.RCA, nowNanos, packet);
        }
    }

    private void receiveNakOrReject(ControlPacket packet, long nowNanos) {
        Optional<OptionList> list = OptionList.decode(packet.data());
        if (outstanding == null
                || outstanding.identifier() != packet.identifier()
                || list.isEmpty()
                || isEndless()) {
            return;
        }
        outstanding = null;
        for (Option option : list.get().options()) {
            Optional<String> obstacle =
                    packet.code() == Code.CONFIGURE_NAK
                            ? options.naked(option)
                            : options.rejected(option);
            obstacle.ifPresent(reason -> add(new LayerAction.Unacceptable(reason)));
        }
        fire(Event.RCN, nowNanos, packet);
    }

    private void receiveTerminateAck(ControlPacket packet, long nowNanos) {
        if (isOpened()) {
            beginAnew();
        }
        fire(Event.RTA, nowNanos, packet);
    }

    /** A peer that does not know codes 1 to 7 cannot be talked to. */
    private void receiveCodeReject(ControlPacket packet, long nowNanos) {
        byte[] data = packet.data();
        if (data.length == 0) {
            return;
        }
        int code = data[0] & 0xFF;
        boolean basic = code >= Code.CONFIGURE_REQUEST && code <= Code.CODE_REJECT;
        fire(basic ? Event.RXJ_MINUS : Event.RXJ_PLUS, nowNanos, packet);
    }

    private void fire(Event event, long nowNanos, @Nullable ControlPacket context) {
        for (Action action : automaton.fire(event, nowNanos)) {
            perform(action, context);
        }
    }

    private void perform(Action action, @Nullable ControlPacket context) {
        switch (action) {
            case TLU -> {
                rounds = 0;
                // The peer's request is acknowledged: whatever comes next begins anew.
                negotiator = null;
                add(new LayerAction.Up());
            }
            case TLD -> add(new LayerAction.Down());
            case TLF -> add(new LayerAction.Finished());
            case SCR -> sendConfigureRequest();
            case SCA, SCN -> {
                if (context != null) {
                    add(new LayerAction.Send(context));
                }
            }
            case STR -> send(Code.TERMINATE_REQUEST, identifiers.next(), terminateData);
            case STA -> sendTerminateAck(context);
            case SCJ -> {
                if (context != null) {
                    send(Code.CODE_REJECT, identifiers.next(), context.encode());
                }
            }
            case TLS, IRC, ZRC, SER -> {}
        }
    }

    /** Sends the request; a repetition keeps its identifier, so that a late Ack still fits. */
    private void sendConfigureRequest() {
        ControlPacket request = outstanding;
        if (request == null) {
            byte[] data = new OptionList(options.request()).encode();
            request = new ControlPacket(Code.CONFIGURE_REQUEST, identifiers.next(), data);
            outstanding = request;
        }
        add(new LayerAction.Send(request));
    }

    /** Answers a Terminate-Request with its own data, as RRAS does, and anything else without. */
    private void sendTerminateAck(@Nullable ControlPacket context) {
        if (context != null && context.code() == Code.TERMINATE_REQUEST) {
            send(Code.TERMINATE_ACK, context.identifier(), context.data());
        } else if (context != null) {
            send(Code.TERMINATE_ACK, context.identifier(), NO_DATA);
        }
    }

    private void send(int code, int identifier, byte[] data) {
        add(new LayerAction.Send(new ControlPacket(code, identifier, data)));
    }
}
