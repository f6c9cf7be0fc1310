package dev.pptpd.gre;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Optional;

/**
 * From our call id and the peer's address to the session of one worker. A packet that does not
 * match both touches nothing but a counter here. Nothing is allocated by {@link #find}. Not
 * thread-safe.
 *
 * @param <T> what the worker keeps for each call
 */
public final class GreDemux<T> {
    private static final int CALL_IDS = 1 << 16;

    private final ArrayList<Optional<T>> sessions =
            new ArrayList<>(Collections.nCopies(CALL_IDS, Optional.empty()));
    private final int[] peerAddresses = new int[CALL_IDS];
    private long unknownCallIds;
    private long wrongAddresses;

    /** Knows no call. */
    public GreDemux() {}

    /**
     * Makes {@code session} known.
     *
     * @param callId ours, 0..65535
     * @param peerAddress IPv4 address, its first octet the most significant
     * @throws IllegalStateException when the call id is in use
     */
    public void register(int callId, int peerAddress, T session) {
        if (sessions.get(callId).isPresent()) {
            throw new IllegalStateException("call id " + callId + " is in use");
        }
        sessions.set(callId, Optional.of(session));
        peerAddresses[callId] = peerAddress;
    }

    /** Forgets the call; of no effect when it is not known. */
    public void unregister(int callId) {
        sessions.set(callId, Optional.empty());
    }

    /** The session with that call id, if the packet came from the address of its peer. */
    public Optional<T> find(int callId, int sourceAddress) {
        Optional<T> session = sessions.get(callId);
        if (session.isEmpty()) {
            unknownCallIds++;
            return session;
        }
        if (peerAddresses[callId] != sourceAddress) {
            wrongAddresses++;
            return Optional.empty();
        }
        return session;
    }

    /** Whether a session has that call id, wherever its peer is. */
    public boolean isRegistered(int callId) {
        return sessions.get(callId).isPresent();
    }

    /** Packets with a call id that no session has. */
    public long unknownCallIds() {
        return unknownCallIds;
    }

    /** Packets with the call id of a session but from another address than its peer's. */
    public long wrongAddresses() {
        return wrongAddresses;
    }
}
