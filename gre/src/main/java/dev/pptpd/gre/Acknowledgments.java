package dev.pptpd.gre;

/**
 * When the received packets have to be acknowledged: as soon as a data packet goes out anyway, and
 * otherwise after a delay or a number of packets. Packets count once they are handed out in
 * sequence; those that are held are not acknowledged, for they may be forged.
 *
 * <p>The deadline of a full count is the moment at which it was full, so that the owner of the
 * tunnel, who looks at deadlines after each batch of packets, sends one acknowledgment for the
 * batch, or none if data went out in between.
 */
final class Acknowledgments {
    private final GreConfiguration.AcknowledgmentPolicy policy;
    private long acknowledged;
    private long received;
    private boolean timing;
    private long deadlineNanos;

    Acknowledgments(GreConfiguration.AcknowledgmentPolicy policy) {
        this.policy = policy;
    }

    /** So many packets were handed out since the tunnel began. */
    void onReceived(long packets, long nowNanos) {
        if (packets == received) {
            return;
        }
        received = packets;
        if (!timing) {
            timing = true;
            deadlineNanos = Deadline.after(nowNanos, policy.delayNanos());
        }
        if (received - acknowledged >= policy.packets()) {
            deadlineNanos = Deadline.earlier(deadlineNanos, Deadline.after(nowNanos, 0));
        }
    }

    /** An acknowledgment went out. */
    void onSent() {
        acknowledged = received;
        timing = false;
    }

    boolean isOwed() {
        return received != acknowledged;
    }

    /** When to send one alone; only where one is owed. */
    long deadlineNanos() {
        return deadlineNanos;
    }
}
