package dev.pptpd.call;

import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** All calls of the process, by our call id. One thread; every operation is O(1). */
public final class CallTable {
    private final CallIdAllocator ids;
    private final int maximumCalls;
    private final int[] callsOfWorker;
    private final Map<Integer, Call> calls = new HashMap<>();

    /**
     * @param random source of call ids, must be unpredictable
     * @param workers how many workers share the calls: 1, 2 or 4
     * @param maximumCalls at a time, at least 1; beyond about 65,535 the ids run out first
     * @throws IllegalArgumentException if a number is out of range
     */
    public CallTable(RandomGenerator random, int workers, int maximumCalls) {
        if (maximumCalls < 1) {
            throw new IllegalArgumentException("maximumCalls " + maximumCalls);
        }
        this.ids = new CallIdAllocator(random, workers);
        this.maximumCalls = maximumCalls;
        this.callsOfWorker = new int[workers];
    }

    /**
     * Opens a call on the worker that has the fewest.
     *
     * @return empty if there are as many calls as there may be, or no id is left
     */
    public Optional<Call> open(
            int peerCallId, Ipv4Address peerAddress, Ipv4Address localAddress, long nowNanos) {
        if (calls.size() >= maximumCalls) {
            return Optional.empty();
        }
        int worker = leastLoadedWorker();
        var callId = ids.allocate(worker, nowNanos);
        if (callId.isEmpty()) {
            return Optional.empty();
        }
        var id = new CallId(callId.getAsInt());
        var call = new Call(id, peerCallId, worker, peerAddress, localAddress);
        calls.put(id.value(), call);
        callsOfWorker[worker]++;
        return Optional.of(call);
    }

    /** The open call of this id. */
    public Optional<Call> find(int callId) {
        return Optional.ofNullable(calls.get(callId));
    }

    /** Closes the call of this id, if it is open, and tells which it was. */
    public Optional<Call> close(int callId, long nowNanos) {
        var closed = Optional.ofNullable(calls.remove(callId));
        closed.ifPresent(call -> {
            callsOfWorker[call.worker()]--;
            ids.release(callId, nowNanos);
        });
        return closed;
    }

    /** How many calls are open. */
    public int size() {
        return calls.size();
    }

    private int leastLoadedWorker() {
        int least = 0;
        for (int worker = 1; worker < callsOfWorker.length; worker++) {
            if (callsOfWorker[worker] < callsOfWorker[least]) {
                least = worker;
            }
        }
        return least;
    }
}
