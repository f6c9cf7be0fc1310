package dev.pptpd.relay;

import dev.pptpd.call.CallIdAllocator;
import dev.pptpd.control.CallClearRequest;
import dev.pptpd.control.CallDisconnectNotify;
import dev.pptpd.control.ControlMessage;
import dev.pptpd.control.ControlMessageEncoder;
import dev.pptpd.control.EchoReply;
import dev.pptpd.control.EchoRequest;
import dev.pptpd.control.GeneralError;
import dev.pptpd.control.IncomingCallConnected;
import dev.pptpd.control.IncomingCallReply;
import dev.pptpd.control.IncomingCallRequest;
import dev.pptpd.control.IncomingCallResult;
import dev.pptpd.control.OutgoingCallReply;
import dev.pptpd.control.OutgoingCallRequest;
import dev.pptpd.control.OutgoingCallResult;
import dev.pptpd.control.SetLinkInfo;
import dev.pptpd.control.StartControlConnectionReply;
import dev.pptpd.control.StartControlConnectionRequest;
import dev.pptpd.control.StopControlConnectionReason;
import dev.pptpd.control.StopControlConnectionReply;
import dev.pptpd.control.StopControlConnectionRequest;
import dev.pptpd.control.WanErrorNotify;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * The control connection of one client to one server, passed on message by message with other call
 * ids. Which calls there may be is for the two ends to say; the relay only follows. Not
 * thread-safe.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-2 RFC 2637 section 2
 */
public final class RelayedConnection {
    /**
     * Calls of a connection, those of the last minute counted. Clients have one; with 16 an address
     * that connects and asks as fast as it is let holds a third of all ids.
     */
    public static final int DEFAULT_MAXIMUM_CALLS = 16;

    // Specification: where RFC 2637 draws the call ids, in whichever message has them. The first is
    // the sender's own or, in messages of one id for the receiver, the receiver's.
    private static final int CALL_ID = 12;
    private static final int PEER_CALL_ID = 14;

    private final RelayedCalls calls;
    private final MessageFramer fromClient = new MessageFramer();
    private final MessageFramer fromServer = new MessageFramer();
    private final Queue<RelayAction> actions = new ArrayDeque<>();
    private final Set<RelaySide> stopped = EnumSet.noneOf(RelaySide.class);
    private boolean started;
    private boolean stopping;
    private boolean closed;
    private int callsUp;
    private long dropped;
    private long refused;

    /**
     * A connection without calls.
     *
     * @param ids of all connections of the process, for one worker
     * @param maximumCalls at a time, and within a minute
     */
    public RelayedConnection(CallIdAllocator ids, int maximumCalls) {
        this.calls = new RelayedCalls(ids, maximumCalls);
    }

    /** Takes all octets, which came from that end, and keeps none of the buffer. */
    public void receive(RelaySide from, ByteBuffer octets, long nowNanos) {
        MessageFramer framer = from == RelaySide.CLIENT ? fromClient : fromServer;
        while (!closed && octets.hasRemaining()) {
            switch (framer.next(octets)) {
                case RelayedMessage.Known(var message, var whole) ->
                        receive(from, message, whole, nowNanos);
                case RelayedMessage.Unknown(var whole) -> passUnknown(from, whole);
                case RelayedMessage.Malformed _ -> close(RelayEnd.malformedBy(from));
                case RelayedMessage.Incomplete() -> {}
            }
        }
        octets.position(octets.limit());
    }

    /**
     * Asks both ends for the end of the connection; their replies close it. How long to wait for
     * them is the caller's affair.
     */
    public void stop() {
        if (closed || stopping) {
            return;
        }
        stopping = true;
        var request =
                new StopControlConnectionRequest(
                        StopControlConnectionReason.LOCAL_SHUTDOWN.wireNumber());
        for (RelaySide side : RelaySide.values()) {
            send(side, ControlMessageEncoder.encode(request));
        }
    }

    /** TCP is gone: calls are over, their ids rest. */
    public void end(long nowNanos) {
        closed = true;
        calls.all().forEach(call -> endCall(call, nowNanos));
    }

    /** The next thing to do, or nothing. */
    public Optional<RelayAction> pollAction() {
        return Optional.ofNullable(actions.poll());
    }

    /** Whether the client has begun as RFC 2637 wants it: from here on a server is needed. */
    public boolean isStarted() {
        return started;
    }

    /** Calls that both ends agreed on so far. */
    public int callsUp() {
        return callsUp;
    }

    /** Messages not passed on, since they name a call that there is not. */
    public long dropped() {
        return dropped;
    }

    /** Calls refused by the relay itself, of which there were too many. */
    public long refused() {
        return refused;
    }

    private void receive(RelaySide from, ControlMessage message, ByteBuffer octets, long nowNanos) {
        if (from == RelaySide.CLIENT && !started) {
            if (!(message instanceof StartControlConnectionRequest)) {
                close(RelayEnd.NOT_STARTED);
                return;
            }
            started = true;
        }
        switch (message) {
            case StartControlConnectionRequest _,
                    StartControlConnectionReply _,
                    StopControlConnectionRequest _,
                    EchoRequest _,
                    EchoReply _ ->
                    send(from.other(), octets);
            case StopControlConnectionReply _ -> onStopReply(from, octets);
            case OutgoingCallRequest request ->
                    onRequest(from, request, request.callId(), octets, nowNanos);
            case IncomingCallRequest request ->
                    onRequest(from, request, request.callId(), octets, nowNanos);
            case OutgoingCallReply reply -> {
                boolean up = isConnected(reply);
                onReply(from, reply.callId(), reply.peerCallId(), up, octets, nowNanos);
            }
            case IncomingCallReply reply -> {
                boolean up = reply.resultCode() == IncomingCallResult.CONNECT.wireNumber();
                onReply(from, reply.callId(), reply.peerCallId(), up, octets, nowNanos);
            }
            case IncomingCallConnected connected ->
                    passToCall(from, connected.peerCallId(), octets);
            case WanErrorNotify notify -> passToCall(from, notify.peerCallId(), octets);
            case SetLinkInfo info -> passToCall(from, info.peerCallId(), octets);
            case CallClearRequest request ->
                    pass(from, request.callId(), octets).ifPresent(RelayedCall::clear);
            case CallDisconnectNotify notify ->
                    pass(from, notify.callId(), octets).ifPresent(call -> endCall(call, nowNanos));
        }
    }

    /** Some servers say 0 where the RFC has 1, and Android takes both. */
    private static boolean isConnected(OutgoingCallReply reply) {
        return reply.resultCode() == OutgoingCallResult.CONNECTED.wireNumber()
                || reply.resultCode() == 0;
    }

    private void passUnknown(RelaySide from, ByteBuffer octets) {
        if (from == RelaySide.CLIENT && !started) {
            close(RelayEnd.NOT_STARTED);
        } else {
            send(from.other(), octets);
        }
    }

    /** The reply to our own request is ours; any other belongs to the end that asked. */
    private void onStopReply(RelaySide from, ByteBuffer octets) {
        if (!stopping) {
            send(from.other(), octets);
            return;
        }
        stopped.add(from);
        if (stopped.size() == RelaySide.values().length) {
            close(RelayEnd.SHUTDOWN);
        }
    }

    private void onRequest(
            RelaySide caller,
            ControlMessage request,
            int callId,
            ByteBuffer octets,
            long nowNanos) {
        Optional<RelayedCall> opened = calls.open(caller, callId, nowNanos);
        if (opened.isEmpty()) {
            refused++;
            send(caller, ControlMessageEncoder.encode(refusal(request, callId)));
            return;
        }
        RelaySide callee = caller.other();
        int shown = opened.get().shownTo(callee);
        // Before its reply is here the callee's first packets may be.
        actions.add(new RelayAction.OpenRoute(callee, shown, callId));
        send(callee, withId(octets, CALL_ID, shown));
    }

    private static ControlMessage refusal(ControlMessage request, int callId) {
        int none = GeneralError.NONE.wireNumber();
        return request instanceof IncomingCallRequest
                ? new IncomingCallReply(
                        0, callId, IncomingCallResult.DO_NOT_ACCEPT.wireNumber(), none, 0, 0)
                : new OutgoingCallReply(
                        0, callId, OutgoingCallResult.BUSY.wireNumber(), none, 0, 0, 0, 0, 0);
    }

    private void onReply(
            RelaySide callee,
            int ownId,
            int shownId,
            boolean connected,
            ByteBuffer octets,
            long nowNanos) {
        Optional<RelayedCall> found = calls.unanswered(callee, shownId);
        if (found.isEmpty()) {
            dropped++;
            return;
        }
        RelayedCall call = found.get();
        RelaySide caller = callee.other();
        withId(octets, PEER_CALL_ID, call.ownIdOf(caller));
        if (connected) {
            call.connect(ownId);
            callsUp++;
            int shown = call.shownTo(caller);
            actions.add(new RelayAction.OpenRoute(caller, shown, ownId));
            actions.add(new RelayAction.CallUp(call.ids()));
            send(caller, withId(octets, CALL_ID, shown));
        } else {
            endCall(call, nowNanos);
            send(caller, withId(octets, CALL_ID, 0));
        }
    }

    /** A message that names the call by the id of its receiver. */
    private void passToCall(RelaySide from, int shownId, ByteBuffer octets) {
        Optional<RelayedCall> call = calls.shown(from, shownId);
        if (call.isPresent()) {
            send(from.other(), withId(octets, CALL_ID, call.get().ownIdOf(from.other())));
        } else {
            dropped++;
        }
    }

    /**
     * A message that names the call by the id of its sender. Some servers put the id of the
     * receiver there; it stays one of the receiver.
     */
    private Optional<RelayedCall> pass(RelaySide from, int callId, ByteBuffer octets) {
        RelaySide to = from.other();
        Optional<RelayedCall> own = calls.own(from, callId);
        if (own.isPresent()) {
            send(to, withId(octets, CALL_ID, own.get().shownTo(to)));
            return own;
        }
        Optional<RelayedCall> shown = calls.shown(from, callId);
        if (shown.isPresent()) {
            send(to, withId(octets, CALL_ID, shown.get().ownIdOf(to)));
        } else {
            dropped++;
        }
        return shown;
    }

    private void endCall(RelayedCall call, long nowNanos) {
        for (RelaySide side : RelaySide.values()) {
            if (call.isConnected() || call.awaitsReplyFrom(side)) {
                actions.add(new RelayAction.CloseRoute(call.shownTo(side)));
            }
        }
        if (call.isConnected()) {
            actions.add(new RelayAction.CallOver(call.ids()));
        }
        calls.close(call, nowNanos);
    }

    private void close(RelayEnd reason) {
        closed = true;
        actions.add(new RelayAction.Close(reason));
    }

    private void send(RelaySide to, ByteBuffer message) {
        actions.add(new RelayAction.Send(to, message));
    }

    private static ByteBuffer withId(ByteBuffer message, int offset, int callId) {
        return message.putShort(offset, (short) callId);
    }
}
