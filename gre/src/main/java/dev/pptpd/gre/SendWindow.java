package dev.pptpd.gre;

/**
 * How many packets may be sent ahead of the peer's acknowledgments. Nothing is retransmitted: after
 * a time-out the packets on the way count as lost and the window is open again, at half its size.
 * So it is closed only while packets are on the way, and those have a deadline.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-4.2 RFC 2637 section 4.2
 */
final class SendWindow {
    /** Beyond the windows of all peers but those that name a number they do not mean. */
    static final int MAX_PACKETS = 512;

    private final int maximum;
    private final AdaptiveTimeOut timeOut;

    /** By the low bits of the number; room for control packets, which no window holds up. */
    private final long[] sentNanos;

    private int size;
    private int first;
    private int next;
    private int acknowledged;

    /**
     * A window of half the peer's, through which nothing was sent.
     *
     * @param peerReceiveWindow packets, 0..65535; 0 counts as 1
     * @param firstNumber the number that is sent first
     */
    SendWindow(int peerReceiveWindow, FlowControl.SlidingWindow limits, int firstNumber) {
        this.maximum = Math.clamp(peerReceiveWindow, 1, MAX_PACKETS);
        this.timeOut = new AdaptiveTimeOut(limits);
        this.sentNanos = new long[4 * Integer.highestOneBit(maximum)];
        this.size = half(maximum);
        this.first = firstNumber;
        this.next = firstNumber;
    }

    private static int half(int packets) {
        return (packets + 1) / 2;
    }

    /** Packets of the window, 1 to the peer's. */
    int size() {
        return size;
    }

    /** Packets that may be sent now. */
    int credit() {
        return Math.max(0, size - outstanding());
    }

    private int outstanding() {
        return next - first;
    }

    /** The next number was sent. */
    void onSent(long nowNanos) {
        sentNanos[slot(next)] = nowNanos;
        next++;
    }

    /**
     * The peer has received what was sent up to {@code number}, which was sent and not acknowledged
     * before. Its time counts even if it comes after the time-out: without retransmissions there is
     * no doubt about which packet it is for.
     */
    void onAcknowledged(int number, long nowNanos) {
        if (next - number <= sentNanos.length) {
            timeOut.onSample(nowNanos - sentNanos[slot(number)]);
        }
        int newly = number + 1 - first;
        if (newly <= 0) {
            return;
        }
        first = number + 1;
        acknowledged += newly;
        if (acknowledged >= size) {
            acknowledged = 0;
            size = Math.min(size + 1, maximum);
        }
    }

    /** When the oldest packet on the way counts as lost; {@link Deadline#NEVER} without one. */
    long deadlineNanos() {
        return outstanding() == 0
                ? Deadline.NEVER
                : Deadline.after(sentNanos[slot(first)], timeOut.nanos());
    }

    /** One time-out for all packets on the way, which are one window at most. */
    void onTimeout(long nowNanos) {
        if (Deadline.isDue(deadlineNanos(), nowNanos)) {
            first = next;
            acknowledged = 0;
            size = half(size);
            timeOut.onTimeOut();
        }
    }

    private int slot(int number) {
        return number & sentNanos.length - 1;
    }
}
