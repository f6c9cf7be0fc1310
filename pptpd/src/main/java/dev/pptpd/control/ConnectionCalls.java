package dev.pptpd.control;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one control connection: those asked for, by the peer's call id, and those
 * established, by the call ids of both ends. The peer's id tells a call only from others of this
 * connection; many clients use 0.
 */
final class ConnectionCalls {
    private final int maximum;
    private final Map<Integer, OutgoingCallRequest> requests = new HashMap<>();
    private final Map<Integer, Integer> callIdByPeerCallId = new HashMap<>();
    private final Map<Integer, Integer> peerCallIdByCallId = new LinkedHashMap<>();

    ConnectionCalls(int maximum) {
        this.maximum = maximum;
    }

    int established() {
        return peerCallIdByCallId.size();
    }

    boolean isFull() {
        return requests.size() + established() >= maximum;
    }

    boolean isKnown(int peerCallId) {
        return requests.containsKey(peerCallId) || callIdByPeerCallId.containsKey(peerCallId);
    }

    boolean isEstablished(int callId) {
        return peerCallIdByCallId.containsKey(callId);
    }

    void addRequest(OutgoingCallRequest request) {
        requests.put(request.callId(), request);
    }

    /** Whether this request was still waiting for its answer; it no longer is. */
    boolean takeRequest(OutgoingCallRequest request) {
        return requests.remove(request.callId(), request);
    }

    /** Whether a request of this call id was waiting for its answer; it no longer is. */
    boolean withdrawRequest(int peerCallId) {
        return requests.remove(peerCallId) != null;
    }

    void establish(int callId, int peerCallId) {
        if (peerCallIdByCallId.putIfAbsent(callId, peerCallId) != null) {
            throw new IllegalStateException("call id " + callId + " is in use");
        }
        callIdByPeerCallId.put(peerCallId, callId);
    }

    /** Ends the call that the peer calls so, and tells our call id of it. */
    OptionalInt removeByPeerCallId(int peerCallId) {
        @Nullable Integer callId = callIdByPeerCallId.remove(peerCallId);
        if (callId == null) {
            return OptionalInt.empty();
        }
        peerCallIdByCallId.remove(callId);
        return OptionalInt.of(callId);
    }

    /** Whether there was such a call to end. */
    boolean remove(int callId) {
        @Nullable Integer peerCallId = peerCallIdByCallId.remove(callId);
        if (peerCallId == null) {
            return false;
        }
        callIdByPeerCallId.remove(peerCallId);
        return true;
    }

    /** Ends everything; our call ids of what was established, oldest first. */
    List<Integer> removeAll() {
        var callIds = List.copyOf(peerCallIdByCallId.keySet());
        requests.clear();
        callIdByPeerCallId.clear();
        peerCallIdByCallId.clear();
        return callIds;
    }
}
