package dev.pptpd.ppp.link;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * So much in a second and no more: what each frame of a flood would otherwise set off. Made when
 * something is to be permitted for the first time, which with most peers never happens.
 */
final class RateLimit {
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);

    private long windowNanos;
    private int inWindow;

    /** The limit that there is, or a new one. */
    static RateLimit orNew(@Nullable RateLimit limit) {
        return limit == null ? new RateLimit() : limit;
    }

    /** Whether it may be done once more, if it may be done {@code perSecond} times in a second. */
    boolean permits(int perSecond, long nowNanos) {
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
