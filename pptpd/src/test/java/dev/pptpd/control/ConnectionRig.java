package dev.pptpd.control;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A {@link ControlConnection} with a simulated clock, which grants every call when told to. */
final class ConnectionRig {
    static final int FIRST_CALL_ID = 1001;

    final ControlConnection connection;
    private final boolean grantsCalls;
    private long nowNanos;
    private int nextCallId = FIRST_CALL_ID;

    ConnectionRig(
            ControlEnd end,
            ControlConnectionSettings settings,
            boolean grantsCalls,
            long startNanos) {
        this.nowNanos = startNanos;
        this.grantsCalls = grantsCalls;
        this.connection = new ControlConnection(end, settings, startNanos);
    }

    /** The clock is about to wrap, so that plain comparison would fail. */
    private static ConnectionRig of(ControlEnd end, int maximumCalls, boolean grantsCalls) {
        return new ConnectionRig(
                end,
                ControlConnectionSettings.DEFAULTS.withMaximumCalls(maximumCalls),
                grantsCalls,
                Long.MAX_VALUE - 1000);
    }

    /** The end that a client calls; grants what it is asked for. */
    static ConnectionRig granting(int maximumCalls) {
        return of(ControlEnd.ACCEPTOR, maximumCalls, true);
    }

    /** The end that a client calls; its owner has not decided about any call. */
    static ConnectionRig hesitating(int maximumCalls) {
        return of(ControlEnd.ACCEPTOR, maximumCalls, false);
    }

    /** The end that calls a server; its Start-Control-Connection-Request is out. */
    static ConnectionRig calling(int maximumCalls) {
        ConnectionRig rig = of(ControlEnd.ORIGINATOR, maximumCalls, true);
        rig.drain();
        return rig;
    }

    long now() {
        return nowNanos;
    }

    List<ControlAction> receive(ControlMessage... messages) {
        var actions = new ArrayList<ControlAction>();
        for (var message : messages) {
            actions.addAll(receive(ControlMessageEncoder.encode(message)));
        }
        return actions;
    }

    List<ControlAction> receive(ByteBuffer octets) {
        var actions = new ArrayList<ControlAction>();
        while (octets.hasRemaining()) {
            connection.receive(octets, nowNanos);
            actions.addAll(drain());
        }
        return actions;
    }

    List<ControlAction> pass(Duration time) {
        nowNanos += time.toNanos();
        connection.onTimeout(nowNanos);
        return drain();
    }

    List<ControlAction> place(CallRequest request) {
        connection.placeCall(request, nowNanos);
        return drain();
    }

    List<ControlAction> disconnect(int callId, CallDisconnectResult result) {
        connection.disconnect(callId, result, nowNanos);
        return drain();
    }

    List<ControlAction> stop(StopControlConnectionReason reason) {
        connection.stop(reason, nowNanos);
        return drain();
    }

    List<ControlAction> drain() {
        var actions = new ArrayList<ControlAction>();
        for (var action = connection.pollAction();
                action.isPresent();
                action = connection.pollAction()) {
            actions.add(action.get());
            if (grantsCalls && action.get() instanceof ControlAction.CallRequested(var request)) {
                connection.accept(request, nextCallId++, nowNanos);
            }
        }
        return actions;
    }
}
