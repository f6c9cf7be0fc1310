package dev.pptpd.ppp.cbcp;

import dev.pptpd.ppp.packet.ControlPacket;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The side that would call back: offers nothing but not to, and confirms it. A peer that had its
 * callback option acknowledged sends nothing of a network protocol before this is over.
 */
public final class CallbackServer {
    private static final int REQUEST = 1;
    private static final int RESPONSE = 2;
    private static final int ACK = 3;

    /** One option: type 1, no callback, and its length. */
    private static final byte[] NO_CALLBACK = {1, 2};

    private static final int IDENTIFIER = 1;
    private static final long RESTART_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final int MAX_REQUESTS = 10;

    private boolean done;
    private boolean failed;
    private int requests;
    private long deadlineNanos = Long.MAX_VALUE;
    private @Nullable ControlPacket next;

    /** The login is over. */
    public void start(long nowNanos) {
        request(nowNanos);
    }

    private void request(long nowNanos) {
        requests++;
        next = new ControlPacket(REQUEST, IDENTIFIER, NO_CALLBACK);
        deadlineNanos = nowNanos + RESTART_NANOS;
    }

    /** Whether the peer has agreed not to be called back. */
    public boolean isDone() {
        return done;
    }

    /** Why it came to nothing; empty while it may come to an end. */
    public Optional<String> failure() {
        return failed ? Optional.of("no agreement about callback") : Optional.empty();
    }

    /** When {@link #onTimeout} wants to be called; {@link Long#MAX_VALUE} for never. */
    public long nextDeadlineNanos() {
        return deadlineNanos;
    }

    /** To be called when the deadline has come; earlier does no harm. */
    public void onTimeout(long nowNanos) {
        if (deadlineNanos == Long.MAX_VALUE || deadlineNanos - nowNanos > 0) {
            return;
        }
        if (requests < MAX_REQUESTS) {
            request(nowNanos);
        } else {
            fail();
        }
    }

    private void fail() {
        failed = true;
        deadlineNanos = Long.MAX_VALUE;
    }

    /**
     * Takes a packet. A peer that would rather be called back is asked again; one whose
     * confirmation was lost gets it again.
     */
    public void receive(ControlPacket packet, long nowNanos) {
        boolean answers = packet.code() == RESPONSE && packet.identifier() == IDENTIFIER;
        if (!answers || requests == 0 || failed) {
            return;
        }
        if (Arrays.equals(packet.data(), NO_CALLBACK)) {
            done = true;
            deadlineNanos = Long.MAX_VALUE;
            next = new ControlPacket(ACK, IDENTIFIER, NO_CALLBACK);
        } else if (!done && requests < MAX_REQUESTS) {
            request(nowNanos);
        } else if (!done) {
            fail();
        }
    }

    /** The next packet to send, or null. */
    public @Nullable ControlPacket poll() {
        ControlPacket polled = next;
        next = null;
        return polled;
    }
}
