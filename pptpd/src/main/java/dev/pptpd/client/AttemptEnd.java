package dev.pptpd.client;

/**
 * What became of one attempt to be connected.
 *
 * @param exit the kind of end
 * @param sentence for the user, what to do included
 * @param upNanos how long IP packets could flow; -1 if they never could
 */
record AttemptEnd(ClientExit exit, String sentence, long upNanos) {
    /** The session never was up. */
    static final long NEVER_UP = -1;

    /** Whether packets could flow at some time. */
    boolean wasUp() {
        return upNanos >= 0;
    }
}
