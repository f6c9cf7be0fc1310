package dev.pptpd.control;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Either end of one control connection: it starts or waits for the start, and for each call is PNS
 * or PAC. Pure: octets and time come in, {@link ControlAction}s go out. Drain them after each call
 * of any other method, and after construction. Not thread-safe; never throws for what a peer sends.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-3 RFC 2637 section 3
 */
public final class ControlConnection {
    /** Null between two messages, which may be hours apart. */
    private @Nullable ControlMessageDecoder decoder;

    private final ControlOutbox outbox = new ControlOutbox();
    private final ConnectionCalls calls;
    private final ConnectionAutomaton connection;

    /** A connection whose TCP has just been opened. */
    public ControlConnection(ControlEnd end, ControlConnectionSettings settings, long nowNanos) {
        OwnMessages messages = new OwnMessages(settings);
        calls = new ConnectionCalls(new CallAutomaton.Surroundings(settings, messages, outbox));
        connection =
                new ConnectionAutomaton(end, settings.timers(), messages, outbox, calls, nowNanos);
    }

    /**
     * Takes octets up to the end of the next message. Call again while any remain, after draining
     * the actions: so a call request is answered before the message behind it is looked at.
     */
    public void receive(ByteBuffer input, long nowNanos) {
        if (state() == ControlState.CLOSED) {
            input.position(input.limit());
            return;
        }
        ControlMessageDecoder current = decoder == null ? new ControlMessageDecoder() : decoder;
        DecodedMessage decoded = current.decode(input);
        decoder = current.isAtRest() ? null : current;
        connection.receive(decoded, nowNanos);
    }

    /** Does what is due at {@code nowNanos}; nothing when called too early. */
    public void onTimeout(long nowNanos) {
        connection.onTimeout(nowNanos);
    }

    /** When {@link #onTimeout} has something to do, if nothing is received; empty once closed. */
    public OptionalLong nextDeadlineNanos() {
        return connection.nextDeadlineNanos();
    }

    /** The next thing to do. */
    public Optional<ControlAction> pollAction() {
        return outbox.poll();
    }

    /**
     * Grants a requested call. If the request has been withdrawn meanwhile, the call ends at once.
     * A call that the peer places as PNS is connected with this; one that it places as PAC when its
     * Incoming-Call-Connected comes.
     *
     * @param callId our id of the call, 1..65535, the one the peer puts into its GRE packets
     * @throws IllegalArgumentException if the call id is out of range
     * @throws IllegalStateException if this connection already has a call of that id
     */
    public void accept(CallRequest request, int callId, long nowNanos) {
        FieldRange.requirePositiveUint16("callId", callId);
        Optional<CallAutomaton> call = calls.awaitingAnswer(request);
        if (call.isEmpty()) {
            outbox.add(new ControlAction.CallCleared(callId, CallEnd.WITHDRAWN));
            return;
        }
        calls.requireFree(callId);
        call.get().accept(callId, nowNanos);
        calls.settle(call.get());
        connection.watchForCalls(nowNanos);
    }

    /**
     * Turns a requested call down; nothing happens if it has been withdrawn meanwhile.
     *
     * @param result anything but {@link OutgoingCallResult#CONNECTED}; what is not a general error
     *     becomes "do not accept" where the peer is told by Incoming-Call-Reply
     * @param error of meaning to the peer if the result is a general error
     * @throws IllegalArgumentException if the result is that of an accepted call
     */
    public void refuse(CallRequest request, OutgoingCallResult result, GeneralError error) {
        if (result == OutgoingCallResult.CONNECTED) {
            throw new IllegalArgumentException("not a refusal: " + result);
        }
        calls.awaitingAnswer(request)
                .ifPresent(call -> {
                    call.refuse(result, error);
                    calls.settle(call);
                });
    }

    /**
     * Asks the peer for a call, as PNS by an Outgoing-Call-Request or as PAC by an
     * Incoming-Call-Request, whose call id is ours. Ends in {@link ControlAction.CallConnected} or
     * {@link ControlAction.CallFailed}, the latter also where the connection is not started or has
     * as many calls as it may have.
     *
     * @throws IllegalArgumentException if the call id is 0
     * @throws IllegalStateException if this connection already has a call of that id
     */
    public void placeCall(CallRequest request, long nowNanos) {
        FieldRange.requirePositiveUint16("callId", request.callId());
        calls.requireFree(request.callId());
        if (state() != ControlState.ESTABLISHED) {
            fail(request, CallFailure.Kind.NOT_CONNECTED);
        } else if (calls.isFull()) {
            fail(request, CallFailure.Kind.LIMIT_REACHED);
        } else {
            calls.place(request, nowNanos);
            connection.watchForCalls(nowNanos);
        }
    }

    private void fail(CallRequest request, CallFailure.Kind kind) {
        outbox.add(new ControlAction.CallFailed(request.callId(), CallFailure.of(kind)));
    }

    /**
     * Ends a call from this side; nothing happens if it is over already. Where this end is the PNS
     * of the call, it is over when the peer confirms or after {@link ControlTimers#callDisconnect}.
     *
     * @param result told to the peer where this end is the PAC
     */
    public void disconnect(int callId, CallDisconnectResult result, long nowNanos) {
        calls.find(callId)
                .ifPresent(call -> {
                    call.disconnect(result, nowNanos);
                    calls.settle(call);
                    connection.watchForCalls(nowNanos);
                });
    }

    /**
     * Sends Set-Link-Info for a call that is connected; nothing happens otherwise, or where the
     * settings do not want it sent.
     *
     * @param sendAccm mask of 32 bits
     * @param receiveAccm mask of 32 bits
     */
    public void sendLinkInfo(int callId, long sendAccm, long receiveAccm) {
        calls.find(callId).ifPresent(call -> call.sendLinkInfo(sendAccm, receiveAccm));
    }

    /**
     * Sends WAN-Error-Notify for a connected call whose PAC this end is; nothing happens otherwise,
     * or within 60 s of the last one.
     */
    public void sendWanErrors(int callId, WanErrorCounters counters, long nowNanos) {
        calls.find(callId).ifPresent(call -> call.sendWanErrors(counters, nowNanos));
    }

    /** Ends all calls and the connection from this side; nothing happens if that is under way. */
    public void stop(StopControlConnectionReason reason, long nowNanos) {
        connection.stop(reason, nowNanos);
    }

    /**
     * TCP is closed, by the peer or by a fault: the end of all calls.
     *
     * @param detail a phrase for the operator, possibly empty
     */
    public void transportClosed(String detail) {
        connection.close(ControlCloseReason.TRANSPORT_CLOSED, detail);
    }

    /** How many calls have an id of ours: those placed or accepted. */
    public int callCount() {
        return calls.withCallId();
    }

    /** What the peer calls itself; empty before the start and with most clients. */
    public TextField peerHostName() {
        return connection.peerHostName();
    }

    /** The peer's make; empty before the start. */
    public TextField peerVendorName() {
        return connection.peerVendorName();
    }

    /** Messages of known types that had no meaning in their place. */
    public long ignoredMessages() {
        return connection.ignoredMessages();
    }

    /** Messages of types that RFC 2637 does not know. */
    public int unknownMessages() {
        return connection.unknownMessages();
    }

    ControlState state() {
        return connection.state();
    }
}
