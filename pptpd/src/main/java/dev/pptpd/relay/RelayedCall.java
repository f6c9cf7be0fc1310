package dev.pptpd.relay;

import dev.pptpd.relay.RelayAction.CallIds;

/**
 * One call with its four ids: each end's own, and for each the one of ours that the other end sees
 * in its place. The callee's own is known once it has agreed.
 */
final class RelayedCall {
    private static final int UNKNOWN = -1;

    private final RelaySide caller;
    private final int callerId;
    private final int shownToCallee;
    private final int shownToCaller;
    private int calleeId = UNKNOWN;
    private boolean clearing;

    /**
     * @param caller who asked for the call
     * @param callerId its own id, 0..65535
     * @param shownToCallee ours in place of the caller's
     * @param shownToCaller ours in place of the callee's
     */
    RelayedCall(RelaySide caller, int callerId, int shownToCallee, int shownToCaller) {
        this.caller = caller;
        this.callerId = callerId;
        this.shownToCallee = shownToCallee;
        this.shownToCaller = shownToCaller;
    }

    /** The callee has agreed and told its own id, 0..65535. */
    void connect(int ownIdOfCallee) {
        calleeId = ownIdOfCallee;
    }

    boolean isConnected() {
        return calleeId != UNKNOWN;
    }

    boolean awaitsReplyFrom(RelaySide side) {
        return !isConnected() && side != caller;
    }

    /** One end has asked for the end; its id is free for a new call of that end. */
    void clear() {
        clearing = true;
    }

    boolean isClearing() {
        return clearing;
    }

    boolean isOwnIdOf(RelaySide side, int callId) {
        return ownIdOf(side) == callId;
    }

    /** Only of an end whose id is known. */
    int ownIdOf(RelaySide side) {
        return side == caller ? callerId : calleeId;
    }

    /** Our id that stands for the other end's; this end puts it into its packets. */
    int shownTo(RelaySide side) {
        return side == caller ? shownToCaller : shownToCallee;
    }

    /** Whether this end may know our id: the caller learns its one by the reply. */
    boolean isShownTo(RelaySide side, int callId) {
        return (side != caller || isConnected()) && shownTo(side) == callId;
    }

    /** Of a connected call. */
    CallIds ids() {
        return new CallIds(
                ownIdOf(RelaySide.CLIENT),
                shownTo(RelaySide.SERVER),
                ownIdOf(RelaySide.SERVER),
                shownTo(RelaySide.CLIENT));
    }
}
