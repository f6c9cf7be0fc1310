package dev.pptpd.control;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One call, from its request to its end, at either end and in either role. Methods that take a
 * message tell whether it had a meaning in the state of the call.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-3.2 RFC 2637 section 3.2
 */
final class CallAutomaton {
    // Specification, RFC 2637 sections 2.15 and 2.14
    private static final long DEFAULT_ACCM = 0xFFFF_FFFFL;
    private static final long WAN_ERRORS_INTERVAL_NANOS = Duration.ofSeconds(60).toNanos();

    /** Instead of a call id; ids are 0..65535. */
    private static final int NONE = -1;

    /** What all calls of a connection have in common. */
    record Surroundings(
            ControlConnectionSettings settings, OwnMessages messages, ControlOutbox outbox) {}

    private final Surroundings surroundings;
    private final OwnMessages messages;
    private final ControlOutbox outbox;
    private final CallRole role;
    private final boolean placed;

    /** Null once the call is connected, which it may be for days. */
    private @Nullable CallRequest request;

    private CallState state;
    private int callId;
    private int peerCallId;
    private boolean connected;
    private OptionalLong deadlineNanos = OptionalLong.empty();
    private OptionalLong wanErrorsSentNanos = OptionalLong.empty();

    private CallAutomaton(Surroundings surroundings, CallRequest request, boolean placed) {
        this.surroundings = surroundings;
        this.messages = surroundings.messages();
        this.outbox = surroundings.outbox();
        this.request = request;
        this.placed = placed;
        this.role =
                switch (request) {
                    case OutgoingCallRequest _ -> placed ? CallRole.PNS : CallRole.PAC;
                    case IncomingCallRequest _ -> placed ? CallRole.PAC : CallRole.PNS;
                };
        this.state = placed ? CallState.WAIT_REPLY : CallState.WAIT_ANSWER;
        this.callId = placed ? request.callId() : NONE;
        this.peerCallId = placed ? NONE : request.callId();
    }

    /** A call that the peer asks for. */
    static CallAutomaton requested(Surroundings surroundings, CallRequest request) {
        return new CallAutomaton(surroundings, request, false);
    }

    /** A call that this end asks for; the request is sent. */
    static CallAutomaton placed(Surroundings surroundings, CallRequest request, long nowNanos) {
        CallAutomaton call = new CallAutomaton(surroundings, request, true);
        call.outbox.send(request);
        call.waitFor(surroundings.settings().timers().callReply(), nowNanos);
        return call;
    }

    CallState state() {
        return state;
    }

    /** Whether it is this request whose answer is still due. */
    boolean awaitsAnswerTo(CallRequest other) {
        return state == CallState.WAIT_ANSWER && other.equals(request);
    }

    /** Ours; not there before this end has decided. */
    OptionalInt callId() {
        return optional(callId);
    }

    /** The peer's; not there before its reply. */
    OptionalInt peerCallId() {
        return optional(peerCallId);
    }

    private static OptionalInt optional(int id) {
        return id == NONE ? OptionalInt.empty() : OptionalInt.of(id);
    }

    boolean isOver() {
        return state == CallState.IDLE;
    }

    /** Whether the PAC has to say the end of this call. */
    boolean isOfPns() {
        return role == CallRole.PNS;
    }

    /** When {@link #onTimeout} is due. */
    OptionalLong deadlineNanos() {
        return deadlineNanos;
    }

    /** This end grants what the peer asked for. */
    void accept(int ours, long nowNanos) {
        CallRequest granted = undecided();
        callId = ours;
        outbox.send(messages.callGranted(granted, ours));
        switch (granted) {
            case OutgoingCallRequest outgoing -> connect(CallTerms.of(outgoing));
            case IncomingCallRequest _ -> {
                state = CallState.WAIT_CONNECT;
                waitFor(surroundings.settings().timers().callConnected(), nowNanos);
            }
        }
    }

    /** This end turns down what the peer asked for. */
    void refuse(OutgoingCallResult result, GeneralError error) {
        outbox.send(messages.callRefused(undecided(), result, error));
        state = CallState.IDLE;
    }

    private CallRequest undecided() {
        CallRequest asked = request;
        if (asked == null) {
            throw new IllegalStateException("the call was decided about before");
        }
        return asked;
    }

    /** Whether this reply is meant for the request that this end sent. */
    boolean isAnsweredBy(CallReply reply) {
        return placed && request != null && reply.answers(request);
    }

    /**
     * The peer's answer to what this end asked for.
     *
     * @param peerCallIdIsFree whether no other call of the connection has the peer's call id
     */
    boolean onReply(CallReply reply, boolean peerCallIdIsFree) {
        return switch (state) {
            case WAIT_REPLY -> {
                if (!reply.isGranted()) {
                    fail(CallFailure.of(reply));
                } else if (peerCallIdIsFree) {
                    connect(reply);
                } else {
                    failWithBadCallId();
                }
                yield true;
            }
            case WAIT_DISCONNECT -> {
                // It has crossed our Call-Clear-Request, to which the answer is still to come.
                boolean crossed = peerCallId == NONE;
                if (crossed && !reply.isGranted()) {
                    end(CallEnd.DISCONNECTED, "");
                } else if (crossed && peerCallIdIsFree) {
                    peerCallId = reply.callId();
                }
                yield crossed;
            }
            case WAIT_ANSWER, WAIT_CONNECT, ESTABLISHED, IDLE -> false;
        };
    }

    private void connect(CallReply reply) {
        peerCallId = reply.callId();
        if (role == CallRole.PAC) {
            outbox.send(messages.incomingCallConnected(reply.callId()));
        }
        connect(CallTerms.of(reply));
    }

    /** Two calls with one id of the peer's could not be told apart afterwards. */
    private void failWithBadCallId() {
        int ours = callId;
        switch (role) {
            case PNS -> outbox.send(new CallClearRequest(ours));
            case PAC ->
                    outbox.send(
                            messages.callDisconnected(
                                    ours,
                                    CallDisconnectResult.GENERAL_ERROR,
                                    GeneralError.BAD_CALL_ID));
        }
        fail(
                new CallFailure(
                        CallFailure.Kind.GENERAL_ERROR,
                        0,
                        GeneralError.BAD_CALL_ID.wireNumber(),
                        0,
                        ""));
    }

    /** The PAC has connected an incoming call. */
    boolean onConnected(IncomingCallConnected message) {
        if (state != CallState.WAIT_CONNECT) {
            return false;
        }
        connect(CallTerms.of(message));
        return true;
    }

    private void connect(CallTerms terms) {
        state = CallState.ESTABLISHED;
        connected = true;
        request = null;
        deadlineNanos = OptionalLong.empty();
        sendLinkInfo(DEFAULT_ACCM, DEFAULT_ACCM);
        outbox.add(new ControlAction.CallConnected(callId, peerCallId, terms));
    }

    /** The peer wants it cleared. Answered also by a PNS: PAC and PNS are names. */
    void onClearRequest() {
        outbox.send(
                messages.callDisconnected(
                        callId().orElse(0), CallDisconnectResult.REQUEST, GeneralError.NONE));
        end(
                state == CallState.WAIT_DISCONNECT ? CallEnd.DISCONNECTED : CallEnd.CLEARED_BY_PEER,
                "");
    }

    /** The peer has disconnected it. */
    void onDisconnectNotify(CallDisconnectNotify notify) {
        if (state == CallState.WAIT_DISCONNECT) {
            end(CallEnd.DISCONNECTED, "");
        } else {
            end(CallEnd.DISCONNECTED_BY_PEER, notify.reason());
        }
    }

    boolean onLinkInfo(SetLinkInfo info) {
        if (state != CallState.ESTABLISHED) {
            return false;
        }
        outbox.add(new ControlAction.LinkInfo(callId, info.sendAccm(), info.receiveAccm()));
        return true;
    }

    /** Only a PAC has a line to tell of. */
    boolean onWanErrors(WanErrorNotify notify) {
        if (state != CallState.ESTABLISHED || role == CallRole.PAC) {
            return false;
        }
        outbox.add(new ControlAction.WanErrors(callId, notify.counters()));
        return true;
    }

    void sendLinkInfo(long sendAccm, long receiveAccm) {
        if (state == CallState.ESTABLISHED && surroundings.settings().sendsLinkInfo()) {
            outbox.send(new SetLinkInfo(peerCallId, sendAccm, receiveAccm));
        }
    }

    void sendWanErrors(WanErrorCounters counters, long nowNanos) {
        boolean tooSoon =
                wanErrorsSentNanos.isPresent()
                        && nowNanos - wanErrorsSentNanos.getAsLong() < WAN_ERRORS_INTERVAL_NANOS;
        if (state == CallState.ESTABLISHED && role == CallRole.PAC && !tooSoon) {
            wanErrorsSentNanos = OptionalLong.of(nowNanos);
            outbox.send(new WanErrorNotify(peerCallId, counters));
        }
    }

    /** This end disconnects it; as PNS, it is over when the peer says so or after a while. */
    void disconnect(CallDisconnectResult result, long nowNanos) {
        if (state == CallState.WAIT_DISCONNECT) {
            return;
        }
        sendDisconnect(result);
        switch (role) {
            case PNS -> {
                state = CallState.WAIT_DISCONNECT;
                waitFor(surroundings.settings().timers().callDisconnect(), nowNanos);
            }
            case PAC -> end(CallEnd.DISCONNECTED, "");
        }
    }

    /** This end stops the connection: the peer is told of each call, its answer is not awaited. */
    void stop(CallEnd end) {
        if (state != CallState.WAIT_DISCONNECT) {
            sendDisconnect(CallDisconnectResult.ADMIN_SHUTDOWN);
        }
        end(end, "");
    }

    /** Nothing at all while the decision on a request is due: it has no id of ours. */
    private void sendDisconnect(CallDisconnectResult result) {
        if (callId == NONE) {
            return;
        }
        int ours = callId;
        GeneralError error =
                result == CallDisconnectResult.GENERAL_ERROR
                        ? GeneralError.PAC_ERROR
                        : GeneralError.NONE;
        outbox.send(
                switch (role) {
                    case PNS -> new CallClearRequest(ours);
                    case PAC -> messages.callDisconnected(ours, result, error);
                });
    }

    /**
     * Its time is up.
     *
     * @return why the whole connection has to be stopped, if it has: RFC 2637 sections 3 and 3.2.1
     */
    Optional<ControlCloseReason> onTimeout() {
        return switch (state) {
            case WAIT_REPLY -> {
                sendDisconnect(CallDisconnectResult.LOST_CARRIER);
                fail(CallFailure.of(CallFailure.Kind.REPLY_MISSING));
                yield Optional.of(ControlCloseReason.CALL_REPLY_MISSING);
            }
            case WAIT_CONNECT -> {
                sendDisconnect(CallDisconnectResult.LOST_CARRIER);
                end(CallEnd.PEER_SILENT, "");
                yield Optional.of(ControlCloseReason.CALL_CONNECTED_MISSING);
            }
            case WAIT_DISCONNECT -> {
                end(CallEnd.DISCONNECTED, "");
                yield Optional.empty();
            }
            case WAIT_ANSWER, ESTABLISHED, IDLE -> Optional.empty();
        };
    }

    /** It is over, without a word to the peer. Our side hears of it unless it never decided. */
    void end(CallEnd end, String detail) {
        if (placed && !connected) {
            fail(CallFailure.of(end, detail));
            return;
        }
        state = CallState.IDLE;
        deadlineNanos = OptionalLong.empty();
        if (callId != NONE) {
            outbox.add(new ControlAction.CallCleared(callId, end, detail));
        }
    }

    private void fail(CallFailure failure) {
        state = CallState.IDLE;
        deadlineNanos = OptionalLong.empty();
        outbox.add(new ControlAction.CallFailed(callId, failure));
    }

    private void waitFor(Duration delay, long nowNanos) {
        deadlineNanos = OptionalLong.of(nowNanos + delay.toNanos());
    }
}
