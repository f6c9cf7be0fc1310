package dev.pptpd.control;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * The control connection itself, of either end: start, echo and stop. What is about calls it hands
 * to {@link ConnectionCalls}, once both ends have started.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-3.1 RFC 2637 section 3.1
 */
final class ConnectionAutomaton {
    /** No client is known to send one unknown message; a scanner sends nothing else. */
    private static final int MAXIMUM_UNKNOWN_MESSAGES = 20;

    private final ControlEnd end;
    private final ControlTimers timers;
    private final OwnMessages messages;
    private final ControlOutbox outbox;
    private final ConnectionCalls calls;
    private final ControlDeadlines deadlines = new ControlDeadlines();

    private ControlState state;
    private ControlCloseReason stopCause = ControlCloseReason.STOPPED;
    private TextField peerHostName = TextField.EMPTY;
    private TextField peerVendorName = TextField.EMPTY;
    private int echoIdentifier;
    private int unknownMessages;
    private long ignoredMessages;

    ConnectionAutomaton(
            ControlEnd end,
            ControlTimers timers,
            OwnMessages messages,
            ControlOutbox outbox,
            ConnectionCalls calls,
            long nowNanos) {
        this.end = end;
        this.timers = timers;
        this.messages = messages;
        this.outbox = outbox;
        this.calls = calls;
        this.state =
                switch (end) {
                    case ACCEPTOR -> {
                        arm(ControlDeadline.START_REQUEST, timers.startRequest(), nowNanos);
                        yield ControlState.AWAITING_START;
                    }
                    case ORIGINATOR -> {
                        outbox.send(messages.startRequest());
                        arm(ControlDeadline.START_REPLY, timers.startReply(), nowNanos);
                        yield ControlState.AWAITING_START_REPLY;
                    }
                };
    }

    ControlState state() {
        return state;
    }

    TextField peerHostName() {
        return peerHostName;
    }

    TextField peerVendorName() {
        return peerVendorName;
    }

    long ignoredMessages() {
        return ignoredMessages;
    }

    int unknownMessages() {
        return unknownMessages;
    }

    void receive(DecodedMessage decoded, long nowNanos) {
        switch (decoded) {
            case DecodedMessage.Known(var message) -> {
                heardOfPeer(nowNanos);
                onMessage(message, nowNanos);
            }
            case DecodedMessage.Unknown _ -> {
                heardOfPeer(nowNanos);
                unknownMessages++;
                if (unknownMessages > MAXIMUM_UNKNOWN_MESSAGES) {
                    close(ControlCloseReason.TOO_MANY_UNKNOWN_MESSAGES, "");
                }
            }
            case DecodedMessage.Malformed(var fault) -> close(ControlCloseReason.of(fault), "");
            case DecodedMessage.Incomplete _ -> {}
        }
    }

    void onTimeout(long nowNanos) {
        for (var due = deadlines.takeDue(nowNanos);
                due.isPresent();
                due = deadlines.takeDue(nowNanos)) {
            onDeadline(due.get(), nowNanos);
        }
        calls.onTimeout(nowNanos)
                .ifPresent(cause -> beginStop(cause, StopControlConnectionReason.NONE, nowNanos));
        watchForCalls(nowNanos);
    }

    private void onDeadline(ControlDeadline due, long nowNanos) {
        switch (due) {
            case START_REQUEST -> close(ControlCloseReason.START_REQUEST_MISSING, "");
            case START_REPLY -> close(ControlCloseReason.START_REPLY_MISSING, "");
            case CALL_REQUEST -> {
                // A request that awaits its decision is reason enough to wait once more.
                if (calls.size() == 0) {
                    beginStop(
                            ControlCloseReason.CALL_REQUEST_MISSING,
                            StopControlConnectionReason.NONE,
                            nowNanos);
                }
            }
            case ECHO_REQUEST -> {
                outbox.send(new EchoRequest(Integer.toUnsignedLong(++echoIdentifier)));
                arm(ControlDeadline.ECHO_REPLY, timers.echoReply(), nowNanos);
            }
            case ECHO_REPLY -> close(ControlCloseReason.ECHO_REPLY_MISSING, "");
            case STOP_REPLY -> close(stopCause, "");
        }
    }

    OptionalLong nextDeadlineNanos() {
        OptionalLong own = deadlines.nextNanos();
        OptionalLong ofCalls = calls.nextDeadlineNanos();
        if (own.isEmpty() || ofCalls.isEmpty()) {
            return own.isEmpty() ? ofCalls : own;
        }
        return own.getAsLong() - ofCalls.getAsLong() < 0 ? own : ofCalls;
    }

    /** To be told after all that may have begun or ended a call. */
    void watchForCalls(long nowNanos) {
        if (state != ControlState.ESTABLISHED || end == ControlEnd.ORIGINATOR) {
            return;
        }
        if (calls.withCallId() > 0) {
            deadlines.disarm(ControlDeadline.CALL_REQUEST);
        } else if (!deadlines.isArmed(ControlDeadline.CALL_REQUEST)) {
            arm(ControlDeadline.CALL_REQUEST, timers.callRequest(), nowNanos);
        }
    }

    void stop(StopControlConnectionReason reason, long nowNanos) {
        switch (state) {
            case AWAITING_START, AWAITING_START_REPLY -> close(ControlCloseReason.STOPPED, "");
            case ESTABLISHED -> beginStop(ControlCloseReason.STOPPED, reason, nowNanos);
            case AWAITING_STOP_REPLY, CLOSED -> {}
        }
    }

    void close(ControlCloseReason reason, String detail) {
        if (state == ControlState.CLOSED) {
            return;
        }
        state = ControlState.CLOSED;
        deadlines.clear();
        calls.endAll(reason.callEnd());
        outbox.add(new ControlAction.Close(reason, detail));
    }

    private void heardOfPeer(long nowNanos) {
        if (deadlines.isArmed(ControlDeadline.ECHO_REQUEST)) {
            arm(ControlDeadline.ECHO_REQUEST, timers.echoIdle(), nowNanos);
        }
    }

    private void onMessage(ControlMessage message, long nowNanos) {
        boolean meant =
                switch (state) {
                    case AWAITING_START -> onMessageBeforeStart(message, nowNanos);
                    case AWAITING_START_REPLY -> onMessageBeforeStartReply(message, nowNanos);
                    case ESTABLISHED -> onMessageEstablished(message, nowNanos);
                    case AWAITING_STOP_REPLY -> onMessageWhileStopping(message);
                    case CLOSED -> false;
                };
        if (!meant) {
            ignoredMessages++;
        }
    }

    private boolean onMessageBeforeStart(ControlMessage message, long nowNanos) {
        return switch (message) {
            case StartControlConnectionRequest request -> onStartRequest(request, nowNanos);
            case StopControlConnectionRequest _ -> confirmStop();
            case StartControlConnectionReply _,
                    StopControlConnectionReply _,
                    EchoRequest _,
                    EchoReply _,
                    CallMessage _ ->
                    false;
        };
    }

    private boolean onMessageBeforeStartReply(ControlMessage message, long nowNanos) {
        return switch (message) {
            case StartControlConnectionReply reply -> onStartReply(reply, nowNanos);
            case StopControlConnectionRequest _ -> confirmStop();
            case StartControlConnectionRequest _,
                    StopControlConnectionReply _,
                    EchoRequest _,
                    EchoReply _,
                    CallMessage _ ->
                    false;
        };
    }

    private boolean onMessageEstablished(ControlMessage message, long nowNanos) {
        return switch (message) {
            case StartControlConnectionRequest _ ->
                    send(messages.startReply(StartControlConnectionResult.CHANNEL_EXISTS));
            case StopControlConnectionRequest _ -> confirmStop();
            case EchoRequest request -> send(messages.echoReply(request));
            case EchoReply reply -> onEchoReply(reply, nowNanos);
            case StartControlConnectionReply _, StopControlConnectionReply _ -> false;
            case CallMessage callMessage -> {
                boolean meant = calls.receive(callMessage);
                watchForCalls(nowNanos);
                yield meant;
            }
        };
    }

    private boolean onMessageWhileStopping(ControlMessage message) {
        return switch (message) {
            case StopControlConnectionReply _ -> {
                close(stopCause, "");
                yield true;
            }
            // Both ends stop at the same time: the peer is owed its reply, ours is not needed.
            case StopControlConnectionRequest _ -> confirmStop();
            case StartControlConnectionRequest _,
                    StartControlConnectionReply _,
                    EchoRequest _,
                    EchoReply _,
                    CallMessage _ ->
                    false;
        };
    }

    private boolean onStartRequest(StartControlConnectionRequest request, long nowNanos) {
        peerHostName = request.hostName();
        peerVendorName = request.vendorName();
        if (request.protocolVersion() != OwnMessages.PROTOCOL_VERSION) {
            send(messages.startReply(StartControlConnectionResult.PROTOCOL_VERSION_NOT_SUPPORTED));
            close(
                    ControlCloseReason.PROTOCOL_VERSION_NOT_SUPPORTED,
                    version(request.protocolVersion()));
            return true;
        }
        deadlines.disarm(ControlDeadline.START_REQUEST);
        send(messages.startReply(StartControlConnectionResult.SUCCESSFUL));
        establish(nowNanos);
        return true;
    }

    private boolean onStartReply(StartControlConnectionReply reply, long nowNanos) {
        peerHostName = reply.hostName();
        peerVendorName = reply.vendorName();
        deadlines.disarm(ControlDeadline.START_REPLY);
        if (!reply.isGranted()) {
            close(reply.closeReason(), reply.refusal());
        } else if (reply.protocolVersion() != OwnMessages.PROTOCOL_VERSION) {
            beginStop(
                    ControlCloseReason.PROTOCOL_VERSION_NOT_SUPPORTED,
                    StopControlConnectionReason.PROTOCOL,
                    nowNanos);
        } else {
            establish(nowNanos);
        }
        return true;
    }

    private static String version(int protocolVersion) {
        return "version " + (protocolVersion >> 8) + "." + (protocolVersion & 0xFF);
    }

    private void establish(long nowNanos) {
        state = ControlState.ESTABLISHED;
        arm(ControlDeadline.ECHO_REQUEST, timers.echoIdle(), nowNanos);
        outbox.add(new ControlAction.Started());
        watchForCalls(nowNanos);
    }

    private boolean onEchoReply(EchoReply reply, long nowNanos) {
        if (!deadlines.isArmed(ControlDeadline.ECHO_REPLY)
                || reply.identifier() != Integer.toUnsignedLong(echoIdentifier)) {
            return false;
        }
        deadlines.disarm(ControlDeadline.ECHO_REPLY);
        arm(ControlDeadline.ECHO_REQUEST, timers.echoIdle(), nowNanos);
        return true;
    }

    private void beginStop(
            ControlCloseReason cause, StopControlConnectionReason reason, long nowNanos) {
        stopCause = cause;
        calls.stopAll(cause.callEnd());
        send(new StopControlConnectionRequest(reason.wireNumber()));
        state = ControlState.AWAITING_STOP_REPLY;
        deadlines.clear();
        arm(ControlDeadline.STOP_REPLY, timers.stopReply(), nowNanos);
    }

    private boolean confirmStop() {
        send(messages.stopReply());
        close(
                state == ControlState.AWAITING_STOP_REPLY
                        ? stopCause
                        : ControlCloseReason.STOPPED_BY_PEER,
                "");
        return true;
    }

    private boolean send(ControlMessage message) {
        outbox.send(message);
        return true;
    }

    private void arm(ControlDeadline deadline, Duration delay, long nowNanos) {
        deadlines.arm(deadline, nowNanos + delay.toNanos());
    }
}
