package dev.pptpd.client;

import java.util.concurrent.TimeUnit;

/** Decides after each attempt whether there is another, and when. Pure; one thread. */
final class Reconnection {
    /** A session that lasted so long has shown that all is well. */
    private static final long WELL_NANOS = TimeUnit.SECONDS.toNanos(60);

    /**
     * Refused logins in a row after one that was good: a directory that is out of order for a
     * moment is waited for, an account is not locked.
     */
    private static final int MAX_REFUSALS = 3;

    private final boolean persists;
    private final int maxFailures;
    private final Backoff backoff;
    private int failures;
    private int refusals;
    private boolean hasBeenUp;

    /** What to do now. */
    sealed interface Decision {
        /** Try again after so long. */
        record Again(long waitMillis) implements Decision {}

        /** Give up. */
        record GiveUp() implements Decision {}
    }

    /**
     * @param persists whether there is another attempt at all
     * @param maxFailures attempts in a row that may fail to come up; 0 for any number
     */
    Reconnection(boolean persists, int maxFailures, Backoff backoff) {
        this.persists = persists;
        this.maxFailures = maxFailures;
        this.backoff = backoff;
    }

    /** An attempt has ended. */
    Decision after(AttemptEnd end) {
        if (end.wasUp()) {
            hasBeenUp = true;
            failures = 0;
            refusals = 0;
            if (end.upNanos() >= WELL_NANOS) {
                backoff.reset();
            }
        } else {
            failures++;
        }
        if (end.exit().isAboutTrust()) {
            refusals++;
        }
        boolean mayPass = end.exit().isAboutTrust() ? isTriedAgain() : end.exit().mayPass();
        boolean tooOften = maxFailures > 0 && failures >= maxFailures;
        if (!persists || !mayPass || tooOften) {
            return new Decision.GiveUp();
        }
        return new Decision.Again(backoff.nextMillis());
    }

    private boolean isTriedAgain() {
        return hasBeenUp && refusals < MAX_REFUSALS;
    }
}
