package dev.pptpd.ppp.link;

import java.util.concurrent.TimeUnit;

/** So much in a second and no more: what each frame of a flood would otherwise set off. */
final class RateLimit {
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final int perSecond;
    private long windowNanos;
    private int inWindow;

    RateLimit(int perSecond) {
        this.perSecond = perSecond;
    }

    /** Whether it may be done once more. */
    boolean permits(long nowNanos) {
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
