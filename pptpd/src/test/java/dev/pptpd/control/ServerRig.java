package dev.pptpd.control;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A {@link ControlConnection} with a simulated clock, which grants every call when told to. */
final class ServerRig {
    static final int FIRST_CALL_ID = 1001;

    final ControlConnection connection;
    private final boolean grantsCalls;
    private long nowNanos;
    private int nextCallId = FIRST_CALL_ID;

    ServerRig(int maximumCalls, boolean grantsCalls, long startNanos) {
        var d = ControlConnectionSettings.DEFAULTS;
        this.nowNanos = startNanos;
        this.grantsCalls = grantsCalls;
        this.connection =
                new ControlConnection(
                        new ControlConnectionSettings(
                                d.hostName(),
                                d.vendorName(),
                                d.firmwareRevision(),
                                maximumCalls,
                                d.packetReceiveWindowSize(),
                                d.timers()),
                        startNanos);
    }

    /** One call, granted; the clock is about to wrap, so that plain comparison would fail. */
    static ServerRig granting() {
        return new ServerRig(1, true, Long.MAX_VALUE - 1000);
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

    List<ControlAction> drain() {
        var actions = new ArrayList<ControlAction>();
        for (var action = connection.pollAction();
                action.isPresent();
                action = connection.pollAction()) {
            actions.add(action.get());
            if (grantsCalls && action.get() instanceof ControlAction.CallRequested(var request)) {
                connection.accept(request, nextCallId++);
            }
        }
        return actions;
    }
}
