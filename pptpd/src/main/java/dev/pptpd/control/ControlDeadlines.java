package dev.pptpd.control;

import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The armed deadlines, in monotonic nanoseconds that may wrap. A connection awaits two things at
 * most: something of the connection itself, and a call.
 */
final class ControlDeadlines {
    private @Nullable ControlDeadline one;
    private @Nullable ControlDeadline other;
    private long oneNanos;
    private long otherNanos;

    /**
     * Arms it, or changes its time.
     *
     * @throws IllegalStateException if two others are armed
     */
    void arm(ControlDeadline deadline, long atNanos) {
        if (one == deadline || (one == null && other != deadline)) {
            one = deadline;
            oneNanos = atNanos;
        } else if (other == deadline || other == null) {
            other = deadline;
            otherNanos = atNanos;
        } else {
            throw new IllegalStateException(deadline + " besides " + one + " and " + other);
        }
    }

    void disarm(ControlDeadline deadline) {
        if (one == deadline) {
            one = null;
        } else if (other == deadline) {
            other = null;
        }
    }

    boolean isArmed(ControlDeadline deadline) {
        return one == deadline || other == deadline;
    }

    void clear() {
        one = null;
        other = null;
    }

    OptionalLong nextNanos() {
        if (one == null && other == null) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(isOneFirst() ? oneNanos : otherNanos);
    }

    /** Takes the earliest deadline that is reached, which disarms it. */
    Optional<ControlDeadline> takeDue(long nowNanos) {
        ControlDeadline first = isOneFirst() ? one : other;
        if (first == null || (isOneFirst() ? oneNanos : otherNanos) - nowNanos > 0) {
            return Optional.empty();
        }
        disarm(first);
        return Optional.of(first);
    }

    private boolean isOneFirst() {
        return other == null || (one != null && oneNanos - otherNanos <= 0);
    }
}
