package dev.pptpd.gre;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of a tunnel: numbers packets and follows what the peer acknowledges.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-4.2.5 RFC 2637 section 4.2.5
 */
final class Sender {
    private final int peerCallId;
    private final RoundTrip roundTrip = new RoundTrip();
    private final @Nullable SendWindow window;
    private int nextNumber;
    private int firstUnacknowledged;

    private long sent;
    private long acknowledgmentsSent;
    private long acknowledgmentsReceived;
    private long acknowledgmentsIgnored;

    Sender(int peerCallId, int peerReceiveWindow, FlowControl flowControl, int firstNumber) {
        this.peerCallId = peerCallId;
        this.nextNumber = firstNumber;
        this.firstUnacknowledged = firstNumber;
        this.window =
                switch (flowControl) {
                    case FlowControl.None _ -> null;
                    case FlowControl.SlidingWindow limits ->
                            new SendWindow(peerReceiveWindow, limits, firstNumber);
                };
    }

    void encapsulate(ByteBuffer frame, long nowNanos) {
        GreHeader.encodeData(frame, peerCallId, takeNumber(nowNanos));
    }

    void encapsulate(ByteBuffer frame, int acknowledgmentNumber, long nowNanos) {
        GreHeader.encodeData(frame, peerCallId, takeNumber(nowNanos), acknowledgmentNumber);
        acknowledgmentsSent++;
    }

    private int takeNumber(long nowNanos) {
        sent++;
        roundTrip.onSent(nextNumber, nowNanos);
        if (window != null) {
            window.onSent(nowNanos);
        }
        return nextNumber++;
    }

    void encapsulateAcknowledgment(ByteBuffer slot, int acknowledgmentNumber) {
        GreHeader.encodeAcknowledgment(slot, peerCallId, acknowledgmentNumber);
        acknowledgmentsSent++;
    }

    /** True when it ended a measurement of the round trip. */
    boolean onAcknowledgment(int number, long nowNanos) {
        acknowledgmentsReceived++;
        int newlyAcknowledged = number + 1 - firstUnacknowledged;
        if (newlyAcknowledged == 0) {
            // The last one repeated; also FFFFFFFF of a peer that has received nothing yet.
            return false;
        }
        if (Integer.compareUnsigned(newlyAcknowledged, unacknowledged()) > 0) {
            acknowledgmentsIgnored++;
            return false;
        }
        firstUnacknowledged = number + 1;
        if (window != null) {
            window.onAcknowledged(number, nowNanos);
        }
        return roundTrip.onAcknowledged(number, nowNanos);
    }

    /** Whether there is a window. */
    boolean isLimited() {
        return window != null;
    }

    /** Packets that may be sent now. */
    int credit() {
        return window == null ? Integer.MAX_VALUE : window.credit();
    }

    /** When {@link #onTimeout} is due. */
    long deadlineNanos() {
        return window == null ? Deadline.NEVER : window.deadlineNanos();
    }

    void onTimeout(long nowNanos) {
        if (window != null) {
            window.onTimeout(nowNanos);
        }
    }

    /** Packets sent and not acknowledged, an unsigned number. */
    int unacknowledged() {
        return nextNumber - firstUnacknowledged;
    }

    long sent() {
        return sent;
    }

    long acknowledgmentsSent() {
        return acknowledgmentsSent;
    }

    long acknowledgmentsReceived() {
        return acknowledgmentsReceived;
    }

    long acknowledgmentsIgnored() {
        return acknowledgmentsIgnored;
    }

    /** The last measurement of the round trip. */
    long lastRoundTripNanos() {
        return roundTrip.sampleNanos();
    }

    /** The smoothed round trip. */
    long roundTripNanos() {
        return roundTrip.smoothedNanos();
    }
}
