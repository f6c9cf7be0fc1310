package dev.pptpd.limit;

import dev.pptpd.gre.Deadline;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Watches one session's limits. Nothing is looked at for each packet but the clock that came with
 * it: time and octets are compared when a deadline has come, octets therefore once in a second, as
 * pppd does. One thread.
 */
public final class LimitWatch {
    private SessionLimits limits = SessionLimits.NONE;
    private boolean started;
    private long lastPacketNanos;
    private long idleCheckNanos = Deadline.NEVER;
    private long connectEndNanos = Deadline.NEVER;
    private long octetsCheckNanos = Deadline.NEVER;

    /** A limit that was reached. */
    public enum Reached {
        /** {@code idle}. */
        IDLE,
        /** {@code maxconnect}. */
        MAX_CONNECT,
        /** {@code maxoctets}. */
        MAX_OCTETS
    }

    /** The limits from now on; to be told before {@link #start}. */
    public void limit(SessionLimits changed) {
        limits = changed;
    }

    /** The session is up. Only the first time counts: a link that starts over wins no time. */
    public void start(long nowNanos) {
        if (started) {
            return;
        }
        started = true;
        lastPacketNanos = nowNanos;
        idleCheckNanos = in(limits.idleSeconds(), nowNanos);
        connectEndNanos = in(limits.maxConnectSeconds(), nowNanos);
        if (limits.maxOctets() > 0) {
            octetsCheckNanos = in(limits.octetsCheckSeconds(), nowNanos);
        }
    }

    private static long in(int seconds, long nowNanos) {
        return seconds == 0
                ? Deadline.NEVER
                : Deadline.after(nowNanos, TimeUnit.SECONDS.toNanos(seconds));
    }

    /** An IP packet passed. */
    public void onPacket(long nowNanos) {
        lastPacketNanos = nowNanos;
    }

    /** When {@link #check} wants to be called; {@link Deadline#NEVER} for never. */
    public long nextDeadlineNanos() {
        return Deadline.earlier(
                Deadline.earlier(idleCheckNanos, connectEndNanos), octetsCheckNanos);
    }

    /**
     * Which limit was reached, once: nothing is watched any more then.
     *
     * @param octetsIn octets from the client so far
     * @param octetsOut octets to the client so far
     */
    public Optional<Reached> check(long nowNanos, long octetsIn, long octetsOut) {
        Optional<Reached> reached = find(nowNanos, octetsIn, octetsOut);
        if (reached.isPresent()) {
            idleCheckNanos = Deadline.NEVER;
            connectEndNanos = Deadline.NEVER;
            octetsCheckNanos = Deadline.NEVER;
        }
        return reached;
    }

    private Optional<Reached> find(long nowNanos, long octetsIn, long octetsOut) {
        if (Deadline.isDue(connectEndNanos, nowNanos)) {
            return Optional.of(Reached.MAX_CONNECT);
        }
        if (Deadline.isDue(octetsCheckNanos, nowNanos)) {
            if (limits.direction().of(octetsIn, octetsOut) > limits.maxOctets()) {
                return Optional.of(Reached.MAX_OCTETS);
            }
            octetsCheckNanos = in(limits.octetsCheckSeconds(), nowNanos);
        }
        if (Deadline.isDue(idleCheckNanos, nowNanos)) {
            idleCheckNanos = in(limits.idleSeconds(), lastPacketNanos);
            if (Deadline.isDue(idleCheckNanos, nowNanos)) {
                return Optional.of(Reached.IDLE);
            }
        }
        return Optional.empty();
    }
}
