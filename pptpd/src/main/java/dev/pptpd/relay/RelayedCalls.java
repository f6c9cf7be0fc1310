package dev.pptpd.relay;

import dev.pptpd.call.CallIdAllocator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/** The calls of one relayed connection, few enough to be looked through. */
final class RelayedCalls {
    /** As long as the ids of a call rest once it is over. */
    private static final long REST_NANOS = 60_000_000_000L;

    private static final int WORKER = 0;

    private final CallIdAllocator ids;
    private final int maximumCalls;
    private final List<RelayedCall> calls = new ArrayList<>();
    private final Deque<Long> endedAtNanos = new ArrayDeque<>();

    /**
     * @param ids of all connections, for one worker
     * @param maximumCalls at a time, those counted whose ids still rest: so one connection cannot
     *     use up the ids of the process
     */
    RelayedCalls(CallIdAllocator ids, int maximumCalls) {
        this.ids = ids;
        this.maximumCalls = maximumCalls;
    }

    /** Opens a call; empty when there are as many as may be. */
    Optional<RelayedCall> open(RelaySide caller, int callerId, long nowNanos) {
        while (!endedAtNanos.isEmpty() && nowNanos - endedAtNanos.getFirst() >= REST_NANOS) {
            endedAtNanos.removeFirst();
        }
        if (calls.size() + endedAtNanos.size() >= maximumCalls) {
            return Optional.empty();
        }
        OptionalInt shownToCallee = ids.allocate(WORKER, nowNanos);
        if (shownToCallee.isEmpty()) {
            return Optional.empty();
        }
        OptionalInt shownToCaller = ids.allocate(WORKER, nowNanos);
        if (shownToCaller.isEmpty()) {
            ids.release(shownToCallee.getAsInt(), nowNanos);
            return Optional.empty();
        }
        RelayedCall call =
                new RelayedCall(
                        caller, callerId, shownToCallee.getAsInt(), shownToCaller.getAsInt());
        calls.add(call);
        return Optional.of(call);
    }

    /** Forgets a call; its ids rest. */
    void close(RelayedCall call, long nowNanos) {
        calls.remove(call);
        endedAtNanos.addLast(nowNanos);
        ids.release(call.shownTo(RelaySide.CLIENT), nowNanos);
        ids.release(call.shownTo(RelaySide.SERVER), nowNanos);
    }

    /** The call whose reply this is: from the callee, naming the id that it was shown. */
    Optional<RelayedCall> unanswered(RelaySide callee, int shownId) {
        return newest(call -> call.awaitsReplyFrom(callee) && call.isShownTo(callee, shownId));
    }

    /** By the id that this end was shown. */
    Optional<RelayedCall> shown(RelaySide side, int shownId) {
        return newest(call -> call.isShownTo(side, shownId));
    }

    /**
     * By this end's own id. A client may use an id again once it has asked for the end of the call
     * that had it, so calls that are being cleared come last.
     */
    Optional<RelayedCall> own(RelaySide side, int ownId) {
        return newest(call -> !call.isClearing() && call.isOwnIdOf(side, ownId))
                .or(() -> newest(call -> call.isOwnIdOf(side, ownId)));
    }

    List<RelayedCall> all() {
        return List.copyOf(calls);
    }

    private Optional<RelayedCall> newest(Predicate<RelayedCall> wanted) {
        return calls.reversed().stream().filter(wanted).findFirst();
    }
}
