package dev.pptpd.broadcast;

import java.util.concurrent.TimeUnit;

/** So many broadcasts in a second and no more: each of them goes to everybody. */
public final class BroadcastBudget {
    /** For one client: Windows says what it has in bursts of a dozen when it comes up. */
    public static final int CLIENT_PER_SECOND = 20;

    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final int perSecond;
    private long windowNanos;
    private int inWindow;

    /** A full budget. */
    public BroadcastBudget(int perSecond) {
        this.perSecond = perSecond;
    }

    /** Takes one; false when none is left in this second. */
    public boolean take(long nowNanos) {
        if (inWindow == 0 || nowNanos - windowNanos >= WINDOW_NANOS) {
            windowNanos = nowNanos;
            inWindow = 0;
        }
        if (inWindow >= perSecond) {
            return false;
        }
        inWindow++;
        return true;
    }
}
