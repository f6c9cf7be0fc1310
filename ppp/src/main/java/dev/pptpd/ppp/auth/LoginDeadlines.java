package dev.pptpd.ppp.auth;

import java.util.concurrent.TimeUnit;

/**
 * The deadlines of one end of a login: when what was sent and not answered is repeated, when the
 * login takes too long, and when a peer that is in is asked again. Not thread-safe.
 */
public final class LoginDeadlines {
    private static final long NEVER = Long.MAX_VALUE;

    private int sent;
    private long repeatNanos = NEVER;
    private long giveUpNanos = NEVER;
    private long askAgainNanos = NEVER;

    /** What the time has come for. */
    public enum Due {
        NOTHING,
        /** A peer that is in has to show once more that it is still the same. */
        ASK_AGAIN,
        /** The login as a whole takes too long. */
        GIVE_UP,
        /** What was sent last has no answer. */
        REPEAT
    }

    /** Deadlines none of which is set. */
    public LoginDeadlines() {}

    /** The next of them; {@link Long#MAX_VALUE} for none. */
    public long nextNanos() {
        return Math.min(askAgainNanos, Math.min(repeatNanos, giveUpNanos));
    }

    /** What to do now. It stays due until something else is settled. */
    public Due due(long nowNanos) {
        if (isPast(askAgainNanos, nowNanos)) {
            return Due.ASK_AGAIN;
        }
        if (isPast(giveUpNanos, nowNanos)) {
            return Due.GIVE_UP;
        }
        return isPast(repeatNanos, nowNanos) ? Due.REPEAT : Due.NOTHING;
    }

    private static boolean isPast(long deadlineNanos, long nowNanos) {
        return deadlineNanos != NEVER && deadlineNanos - nowNanos <= 0;
    }

    /** Nothing is due any more. */
    public void clear() {
        sent = 0;
        repeatNanos = NEVER;
        giveUpNanos = NEVER;
        askAgainNanos = NEVER;
    }

    /**
     * The login may take so long from now on.
     *
     * @param millis 0 for as long as it likes
     */
    public void giveUpIn(long millis, long nowNanos) {
        giveUpNanos = deadline(millis, nowNanos);
    }

    /** The same, where there is a limit at all. */
    public void extendTo(long millis, long nowNanos) {
        if (giveUpNanos != NEVER) {
            giveUpIn(millis, nowNanos);
        }
    }

    /**
     * A peer that is in is asked again after so long.
     *
     * @param millis 0 for never
     */
    public void askAgainIn(long millis, long nowNanos) {
        askAgainNanos = deadline(millis, nowNanos);
    }

    private static long deadline(long millis, long nowNanos) {
        return millis == 0 ? NEVER : nowNanos + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** Something new is about to be sent; the count begins anew. */
    public void beginCount() {
        sent = 0;
    }

    /** It was sent, perhaps once more, and is to be repeated after this time, above 0. */
    public void sent(long repeatMillis, long nowNanos) {
        sent++;
        repeatNanos = deadline(repeatMillis, nowNanos);
    }

    /** How often it was sent. */
    public int timesSent() {
        return sent;
    }

    /** It needs no repetition, or no more of them. */
    public void answered() {
        repeatNanos = NEVER;
    }
}
