package dev.pptpd.control;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one control connection, whoever asked for them, by our call id and by the peer's.
 * The peer's id tells a call only from others of this connection; many clients use 0.
 */
final class ConnectionCalls {
    private final CallAutomaton.Surroundings surroundings;
    private final int maximum;
    private final CallSet calls = new CallSet();
    private final CallIndex byCallId = new CallIndex();
    private final CallIndex byPeerCallId = new CallIndex();

    /** Those with a deadline; null where none ever had one. */
    private @Nullable CallSet waiting;

    ConnectionCalls(CallAutomaton.Surroundings surroundings) {
        this.surroundings = surroundings;
        this.maximum = surroundings.settings().maximumCalls();
    }

    /** All, those asked for and those being cleared included. */
    int size() {
        return calls.size();
    }

    /** Those that have a call id of ours. */
    int withCallId() {
        return byCallId.size();
    }

    boolean isFull() {
        return calls.size() >= maximum;
    }

    /** The states of all, oldest first. */
    List<CallState> states() {
        return calls.copy().stream().map(CallAutomaton::state).toList();
    }

    /** Whether the message had a meaning. */
    boolean receive(CallMessage message) {
        return switch (message) {
            case CallRequest request -> onRequest(request);
            case CallReply reply -> onReply(reply);
            case IncomingCallConnected connected -> onConnected(connected);
            case CallClearRequest request -> onClearRequest(request);
            case CallDisconnectNotify notify -> onDisconnectNotify(notify);
            case WanErrorNotify notify -> onWanErrors(notify);
            case SetLinkInfo info -> onLinkInfo(info);
        };
    }

    private boolean onRequest(CallRequest request) {
        if (isFull()) {
            refuse(request, OutgoingCallResult.BUSY, GeneralError.NONE);
        } else if (byPeerCallId.contains(request.callId())) {
            refuse(request, OutgoingCallResult.GENERAL_ERROR, GeneralError.BAD_CALL_ID);
        } else {
            settle(CallAutomaton.requested(surroundings, request));
            surroundings.outbox().add(new ControlAction.CallRequested(request));
        }
        return true;
    }

    private void refuse(CallRequest request, OutgoingCallResult result, GeneralError error) {
        CallAutomaton.requested(surroundings, request).refuse(result, error);
    }

    private boolean onReply(CallReply reply) {
        @Nullable CallAutomaton call = byCallId.find(reply.peerCallId());
        if (call == null || !call.isAnsweredBy(reply)) {
            return false;
        }
        boolean meant = call.onReply(reply, !byPeerCallId.contains(reply.callId()));
        settle(call);
        return meant;
    }

    private boolean onConnected(IncomingCallConnected message) {
        @Nullable CallAutomaton call = byCallId.find(message.peerCallId());
        boolean meant = call != null && call.onConnected(message);
        if (call != null) {
            settle(call);
        }
        return meant;
    }

    private boolean onClearRequest(CallClearRequest request) {
        @Nullable CallAutomaton call = byPeerCallId.find(request.callId());
        if (call == null) {
            return false;
        }
        call.onClearRequest();
        settle(call);
        return true;
    }

    private boolean onDisconnectNotify(CallDisconnectNotify notify) {
        Optional<CallAutomaton> call = disconnectedBy(notify);
        call.ifPresent(disconnected -> {
            disconnected.onDisconnectNotify(notify);
            settle(disconnected);
        });
        return call.isPresent();
    }

    /**
     * The notify has the PAC's call id. Failing that, accel-ppp puts ours there, and nobody knows
     * it of a call that was aborted before its reply.
     */
    private Optional<CallAutomaton> disconnectedBy(CallDisconnectNotify notify) {
        @Nullable CallAutomaton call = byPeerCallId.find(notify.callId());
        if (call != null) {
            return Optional.of(call);
        }
        @Nullable CallAutomaton own = byCallId.find(notify.callId());
        if (own != null && own.isOfPns()) {
            return Optional.of(own);
        }
        return waiting().stream()
                .filter(aborted -> aborted.state() == CallState.WAIT_DISCONNECT)
                .filter(aborted -> aborted.peerCallId().isEmpty())
                .findFirst();
    }

    private boolean onWanErrors(WanErrorNotify notify) {
        @Nullable CallAutomaton call = byCallId.find(notify.peerCallId());
        return call != null && call.onWanErrors(notify);
    }

    private boolean onLinkInfo(SetLinkInfo info) {
        @Nullable CallAutomaton call = byCallId.find(info.peerCallId());
        return call != null && call.onLinkInfo(info);
    }

    /** The call of this request, if its answer is still due. */
    Optional<CallAutomaton> awaitingAnswer(CallRequest request) {
        return Optional.ofNullable(byPeerCallId.find(request.callId()))
                .filter(call -> call.awaitsAnswerTo(request));
    }

    /** The call of this id of ours. */
    Optional<CallAutomaton> find(int callId) {
        return Optional.ofNullable(byCallId.find(callId));
    }

    /**
     * @throws IllegalStateException if another call has this id of ours
     */
    void requireFree(int callId) {
        if (byCallId.contains(callId)) {
            throw new IllegalStateException("call id " + callId + " is in use");
        }
    }

    /** Asks the peer for a call; the caller has seen to the limit and to the id. */
    void place(CallRequest request, long nowNanos) {
        settle(CallAutomaton.placed(surroundings, request, nowNanos));
    }

    /** Brings the books up to date after anything that happened to a call. */
    void settle(CallAutomaton call) {
        if (call.isOver()) {
            calls.remove(call);
            waitNoMore(call);
            call.callId().ifPresent(id -> byCallId.remove(id, call));
            call.peerCallId().ifPresent(id -> byPeerCallId.remove(id, call));
            return;
        }
        calls.add(call);
        call.callId().ifPresent(id -> byCallId.put(id, call));
        call.peerCallId().ifPresent(id -> byPeerCallId.put(id, call));
        if (call.deadlineNanos().isPresent()) {
            waitingSet().add(call);
        } else {
            waitNoMore(call);
        }
    }

    private List<CallAutomaton> waiting() {
        return waiting == null ? List.of() : waiting.copy();
    }

    private CallSet waitingSet() {
        CallSet set = waiting == null ? new CallSet() : waiting;
        waiting = set;
        return set;
    }

    private void waitNoMore(CallAutomaton call) {
        if (waiting != null) {
            waiting.remove(call);
        }
    }

    OptionalLong nextDeadlineNanos() {
        OptionalLong next = OptionalLong.empty();
        for (CallAutomaton call : waiting()) {
            OptionalLong deadline = call.deadlineNanos();
            if (next.isEmpty() || deadline.getAsLong() - next.getAsLong() < 0) {
                next = deadline;
            }
        }
        return next;
    }

    /**
     * Does what is due.
     *
     * @return why the whole connection has to be stopped, if it has
     */
    Optional<ControlCloseReason> onTimeout(long nowNanos) {
        Optional<ControlCloseReason> stop = Optional.empty();
        for (CallAutomaton call : waiting()) {
            if (call.deadlineNanos().getAsLong() - nowNanos <= 0) {
                Optional<ControlCloseReason> reason = call.onTimeout();
                stop = stop.isPresent() ? stop : reason;
                settle(call);
            }
        }
        return stop;
    }

    /** Ends all calls, oldest first, telling the peer. */
    void stopAll(CallEnd end) {
        for (CallAutomaton call : calls.copy()) {
            call.stop(end);
            settle(call);
        }
    }

    /** Ends all calls, oldest first, without a word to the peer. */
    void endAll(CallEnd end) {
        for (CallAutomaton call : calls.copy()) {
            call.end(end, "");
            settle(call);
        }
    }
}
