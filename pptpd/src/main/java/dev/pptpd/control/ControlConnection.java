package dev.pptpd.control;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Queue;

/**
 * The server's end of one control connection: it answers a peer that opened TCP and places calls as
 * a PNS does. Pure: octets and time come in, {@link ControlAction}s go out. Drain them after each
 * call of any other method. Not thread-safe; never throws for what a peer sends.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-3 RFC 2637 section 3
 */
public final class ControlConnection {
    /** No client is known to send one unknown message; a scanner sends nothing else. */
    private static final int MAXIMUM_UNKNOWN_MESSAGES = 20;

    private final ControlTimers timers;
    private final ServerMessages messages;
    private final ControlMessageDecoder decoder = new ControlMessageDecoder();
    private final ControlDeadlines deadlines = new ControlDeadlines();
    private final ConnectionCalls calls;
    private final Queue<ControlAction> actions = new ArrayDeque<>();

    private ControlState state = ControlState.AWAITING_START;
    private ControlCloseReason stopCause = ControlCloseReason.STOPPED;
    private TextField peerHostName = TextField.EMPTY;
    private TextField peerVendorName = TextField.EMPTY;
    private int echoIdentifier;
    private int unknownMessages;
    private long ignoredMessages;

    /** A connection whose TCP has just been opened by the peer. */
    public ControlConnection(ControlConnectionSettings settings, long nowNanos) {
        this.timers = settings.timers();
        this.messages = new ServerMessages(settings);
        this.calls = new ConnectionCalls(settings.maximumCalls());
        arm(ControlDeadline.START_REQUEST, timers.startRequest(), nowNanos);
    }

    /**
     * Takes octets up to the end of the next message. Call again while any remain, after draining
     * the actions: so a call request is answered before the message behind it is looked at.
     */
    public void receive(ByteBuffer input, long nowNanos) {
        if (state == ControlState.CLOSED) {
            input.position(input.limit());
            return;
        }
        switch (decoder.decode(input)) {
            case DecodedMessage.Known(var message) -> {
                heardOfPeer(nowNanos);
                onMessage(message, nowNanos);
            }
            case DecodedMessage.Unknown _ -> {
                heardOfPeer(nowNanos);
                onUnknownMessage();
            }
            case DecodedMessage.Malformed(var fault) -> close(ControlCloseReason.of(fault));
            case DecodedMessage.Incomplete _ -> {}
        }
    }

    /** Does what is due at {@code nowNanos}; nothing when called too early. */
    public void onTimeout(long nowNanos) {
        for (var due = deadlines.takeDue(nowNanos);
                due.isPresent();
                due = deadlines.takeDue(nowNanos)) {
            switch (due.get()) {
                case START_REQUEST -> close(ControlCloseReason.START_REQUEST_MISSING);
                case CALL_REQUEST -> {
                    stopCause = ControlCloseReason.CALL_REQUEST_MISSING;
                    beginStop(StopControlConnectionReason.NONE, nowNanos);
                }
                case ECHO_REQUEST -> {
                    send(new EchoRequest(Integer.toUnsignedLong(++echoIdentifier)));
                    arm(ControlDeadline.ECHO_REPLY, timers.echoReply(), nowNanos);
                }
                case ECHO_REPLY -> close(ControlCloseReason.ECHO_REPLY_MISSING);
                case STOP_REPLY -> close(stopCause);
            }
        }
    }

    /** When {@link #onTimeout} has something to do, if nothing is received; empty once closed. */
    public OptionalLong nextDeadlineNanos() {
        return deadlines.nextNanos();
    }

    /** The next thing to do. */
    public Optional<ControlAction> pollAction() {
        return Optional.ofNullable(actions.poll());
    }

    /**
     * Grants a requested call. If the request has been withdrawn meanwhile, the call ends at once.
     *
     * @param callId our id of the call, 1..65535, the one the peer puts into its GRE packets
     * @throws IllegalArgumentException if the call id is out of range
     * @throws IllegalStateException if this connection already has a call of that id
     */
    public void accept(OutgoingCallRequest request, int callId) {
        FieldRange.requirePositiveUint16("callId", callId);
        if (!calls.takeRequest(request)) {
            actions.add(new ControlAction.CallCleared(callId, CallEnd.WITHDRAWN));
            return;
        }
        calls.establish(callId, request.callId());
        deadlines.disarm(ControlDeadline.CALL_REQUEST);
        send(messages.callConnected(request, callId));
    }

    /**
     * Turns a requested call down.
     *
     * @param result anything but {@link OutgoingCallResult#CONNECTED}
     * @param error of meaning to the peer if the result is a general error
     * @throws IllegalArgumentException if the result is that of an accepted call
     */
    public void refuse(OutgoingCallRequest request, OutgoingCallResult result, GeneralError error) {
        if (result == OutgoingCallResult.CONNECTED) {
            throw new IllegalArgumentException("not a refusal: " + result);
        }
        if (calls.takeRequest(request)) {
            send(messages.callRefused(request, result, error));
        }
    }

    /** Ends a call from this side; nothing happens if it is over already. */
    public void disconnect(int callId, CallDisconnectResult result, long nowNanos) {
        if (calls.remove(callId)) {
            endCall(callId, result, CallEnd.DISCONNECTED, nowNanos);
        }
    }

    /** Ends all calls and the connection from this side; nothing happens if that is under way. */
    public void stop(StopControlConnectionReason reason, long nowNanos) {
        switch (state) {
            case AWAITING_START -> close(stopCause);
            case ESTABLISHED -> beginStop(reason, nowNanos);
            case AWAITING_STOP_REPLY, CLOSED -> {}
        }
    }

    /** TCP is closed, by the peer or by a fault: the end of all calls. */
    public void transportClosed() {
        close(ControlCloseReason.TRANSPORT_CLOSED);
    }

    /** How many calls are established. */
    public int callCount() {
        return calls.established();
    }

    /** What the peer calls itself; empty before the start and with most clients. */
    public TextField peerHostName() {
        return peerHostName;
    }

    /** The peer's make; empty before the start. */
    public TextField peerVendorName() {
        return peerVendorName;
    }

    /** Messages of known types that had no meaning in their place. */
    public long ignoredMessages() {
        return ignoredMessages;
    }

    /** Messages of types that RFC 2637 does not know. */
    public int unknownMessages() {
        return unknownMessages;
    }

    ControlState state() {
        return state;
    }

    private void heardOfPeer(long nowNanos) {
        if (deadlines.isArmed(ControlDeadline.ECHO_REQUEST)) {
            arm(ControlDeadline.ECHO_REQUEST, timers.echoIdle(), nowNanos);
        }
    }

    private void onUnknownMessage() {
        unknownMessages++;
        if (unknownMessages > MAXIMUM_UNKNOWN_MESSAGES) {
            close(ControlCloseReason.TOO_MANY_UNKNOWN_MESSAGES);
        }
    }

    private void onMessage(ControlMessage message, long nowNanos) {
        switch (state) {
            case AWAITING_START -> onMessageBeforeStart(message, nowNanos);
            case ESTABLISHED -> onMessageEstablished(message, nowNanos);
            case AWAITING_STOP_REPLY -> onMessageWhileStopping(message);
            case CLOSED -> ignoredMessages++;
        }
    }

    private void onMessageBeforeStart(ControlMessage message, long nowNanos) {
        switch (message) {
            case StartControlConnectionRequest request -> onStartRequest(request, nowNanos);
            case StopControlConnectionRequest _ -> confirmStop();
            case StartControlConnectionReply _,
                    StopControlConnectionReply _,
                    EchoRequest _,
                    EchoReply _,
                    OutgoingCallRequest _,
                    OutgoingCallReply _,
                    IncomingCallRequest _,
                    IncomingCallReply _,
                    IncomingCallConnected _,
                    CallClearRequest _,
                    CallDisconnectNotify _,
                    WanErrorNotify _,
                    SetLinkInfo _ ->
                    ignoredMessages++;
        }
    }

    private void onMessageEstablished(ControlMessage message, long nowNanos) {
        switch (message) {
            case StartControlConnectionRequest _ ->
                    send(messages.startReply(StartControlConnectionResult.CHANNEL_EXISTS));
            case StopControlConnectionRequest _ -> confirmStop();
            case EchoRequest request -> send(messages.echoReply(request));
            case EchoReply reply -> onEchoReply(reply, nowNanos);
            case OutgoingCallRequest request -> onOutgoingCallRequest(request);
            case IncomingCallRequest request -> send(messages.incomingCallRefused(request));
            case CallClearRequest request -> onCallClearRequest(request, nowNanos);
            case CallDisconnectNotify notify -> onCallDisconnectNotify(notify, nowNanos);
            case SetLinkInfo info -> onSetLinkInfo(info);
            case StartControlConnectionReply _,
                    StopControlConnectionReply _,
                    OutgoingCallReply _,
                    IncomingCallReply _,
                    IncomingCallConnected _,
                    WanErrorNotify _ ->
                    ignoredMessages++;
        }
    }

    private void onMessageWhileStopping(ControlMessage message) {
        switch (message) {
            case StopControlConnectionReply _ -> close(stopCause);
            // Both ends stop at the same time: the peer is owed its reply, ours is not needed.
            case StopControlConnectionRequest _ -> confirmStop();
            case StartControlConnectionRequest _,
                    StartControlConnectionReply _,
                    EchoRequest _,
                    EchoReply _,
                    OutgoingCallRequest _,
                    OutgoingCallReply _,
                    IncomingCallRequest _,
                    IncomingCallReply _,
                    IncomingCallConnected _,
                    CallClearRequest _,
                    CallDisconnectNotify _,
                    WanErrorNotify _,
                    SetLinkInfo _ ->
                    ignoredMessages++;
        }
    }

    private void onStartRequest(StartControlConnectionRequest request, long nowNanos) {
        peerHostName = request.hostName();
        peerVendorName = request.vendorName();
        if (request.protocolVersion() != ServerMessages.PROTOCOL_VERSION) {
            send(messages.startReply(StartControlConnectionResult.PROTOCOL_VERSION_NOT_SUPPORTED));
            close(ControlCloseReason.PROTOCOL_VERSION_NOT_SUPPORTED);
            return;
        }
        state = ControlState.ESTABLISHED;
        deadlines.disarm(ControlDeadline.START_REQUEST);
        arm(ControlDeadline.CALL_REQUEST, timers.callRequest(), nowNanos);
        arm(ControlDeadline.ECHO_REQUEST, timers.echoIdle(), nowNanos);
        send(messages.startReply(StartControlConnectionResult.SUCCESSFUL));
    }

    private void onEchoReply(EchoReply reply, long nowNanos) {
        if (deadlines.isArmed(ControlDeadline.ECHO_REPLY)
                && reply.identifier() == Integer.toUnsignedLong(echoIdentifier)) {
            deadlines.disarm(ControlDeadline.ECHO_REPLY);
            arm(ControlDeadline.ECHO_REQUEST, timers.echoIdle(), nowNanos);
        } else {
            ignoredMessages++;
        }
    }

    private void onOutgoingCallRequest(OutgoingCallRequest request) {
        if (calls.isFull()) {
            send(messages.callRefused(request, OutgoingCallResult.BUSY, GeneralError.NONE));
        } else if (calls.isKnown(request.callId())) {
            send(
                    messages.callRefused(
                            request, OutgoingCallResult.GENERAL_ERROR, GeneralError.BAD_CALL_ID));
        } else {
            calls.addRequest(request);
            actions.add(new ControlAction.CallRequested(request));
        }
    }

    private void onCallClearRequest(CallClearRequest request, long nowNanos) {
        OptionalInt callId = calls.removeByPeerCallId(request.callId());
        if (callId.isPresent()) {
            endCall(
                    callId.getAsInt(),
                    CallDisconnectResult.REQUEST,
                    CallEnd.CLEARED_BY_PEER,
                    nowNanos);
        } else if (calls.withdrawRequest(request.callId())) {
            // Section 3.2.4.1, wait_cs_ans; the call has no id of ours yet.
            send(messages.callDisconnected(0, CallDisconnectResult.REQUEST));
        } else {
            ignoredMessages++;
        }
    }

    private void onCallDisconnectNotify(CallDisconnectNotify notify, long nowNanos) {
        OptionalInt callId = calls.removeByPeerCallId(notify.callId());
        if (callId.isPresent()) {
            callEnded(callId.getAsInt(), CallEnd.DISCONNECTED_BY_PEER, nowNanos);
        } else if (!calls.withdrawRequest(notify.callId())) {
            ignoredMessages++;
        }
    }

    private void onSetLinkInfo(SetLinkInfo info) {
        if (calls.isEstablished(info.peerCallId())) {
            actions.add(
                    new ControlAction.LinkInfo(
                            info.peerCallId(), info.sendAccm(), info.receiveAccm()));
        } else {
            ignoredMessages++;
        }
    }

    private void endCall(int callId, CallDisconnectResult result, CallEnd end, long nowNanos) {
        send(messages.callDisconnected(callId, result));
        callEnded(callId, end, nowNanos);
    }

    private void callEnded(int callId, CallEnd end, long nowNanos) {
        actions.add(new ControlAction.CallCleared(callId, end));
        if (calls.established() == 0) {
            arm(ControlDeadline.CALL_REQUEST, timers.callRequest(), nowNanos);
        }
    }

    private void beginStop(StopControlConnectionReason reason, long nowNanos) {
        for (int callId : calls.removeAll()) {
            send(messages.callDisconnected(callId, CallDisconnectResult.ADMIN_SHUTDOWN));
            actions.add(new ControlAction.CallCleared(callId, stopCause.callEnd()));
        }
        send(new StopControlConnectionRequest(reason.wireNumber()));
        state = ControlState.AWAITING_STOP_REPLY;
        deadlines.clear();
        arm(ControlDeadline.STOP_REPLY, timers.stopReply(), nowNanos);
    }

    private void confirmStop() {
        send(messages.stopReply());
        close(
                state == ControlState.AWAITING_STOP_REPLY
                        ? stopCause
                        : ControlCloseReason.STOPPED_BY_PEER);
    }

    private void close(ControlCloseReason reason) {
        if (state == ControlState.CLOSED) {
            return;
        }
        state = ControlState.CLOSED;
        deadlines.clear();
        for (int callId : calls.removeAll()) {
            actions.add(new ControlAction.CallCleared(callId, reason.callEnd()));
        }
        actions.add(new ControlAction.Close(reason));
    }

    private void send(ControlMessage message) {
        actions.add(new ControlAction.Send(message));
    }

    private void arm(ControlDeadline deadline, Duration delay, long nowNanos) {
        deadlines.arm(deadline, nowNanos + delay.toNanos());
    }
}
