package dev.pptpd.relay;

import java.nio.ByteBuffer;

/** What a {@link RelayedConnection} wants done, in this order. */
public sealed interface RelayAction {
    /**
     * Send a message to one end.
     *
     * @param message from position to limit; belongs to the receiver of this action
     */
    record Send(RelaySide to, ByteBuffer message) implements RelayAction {}

    /**
     * From now on pass GRE packets of one end on to the other.
     *
     * @param from where the packets come from
     * @param callId in the packets that come, 1..65535, unique in the process
     * @param peerCallId to be written into them, 0..65535, the other end's own
     */
    record OpenRoute(RelaySide from, int callId, int peerCallId) implements RelayAction {}

    /** Pass packets with this call id on no more; of an open route, told exactly once. */
    record CloseRoute(int callId) implements RelayAction {}

    /** Both ends have agreed on a call. */
    record CallUp(CallIds ids) implements RelayAction {}

    /** A call that was up is over. */
    record CallOver(CallIds ids) implements RelayAction {}

    /** Send what is to be sent, then close both TCP connections. Nothing follows. */
    record Close(RelayEnd reason) implements RelayAction {}

    /**
     * The four ids of a call, for logs.
     *
     * @param client the client's own
     * @param toServer ours in its place, what the server sees
     * @param server the server's own
     * @param toClient ours in its place, what the client sees
     */
    record CallIds(int client, int toServer, int server, int toClient) {}
}
