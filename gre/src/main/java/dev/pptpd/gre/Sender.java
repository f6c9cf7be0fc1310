package dev.pptpd.gre;

import java.nio.ByteBuffer;

/**
 * The sending half of a tunnel: numbers packets and follows what the peer acknowledges.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-4.2.5 RFC 2637 section 4.2.5
 */
final class Sender {
    private final int peerCallId;
    private final RoundTrip roundTrip = new RoundTrip();
    private int nextNumber;
    private int firstUnacknowledged;

    private long sent;
    private long acknowledgmentsSent;
    private long acknowledgmentsReceived;
    private long acknowledgmentsIgnored;

    Sender(int peerCallId) {
        this.peerCallId = peerCallId;
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
        return nextNumber++;
    }

    void encapsulateAcknowledgment(ByteBuffer slot, int acknowledgmentNumber) {
        GreHeader.encodeAcknowledgment(slot, peerCallId, acknowledgmentNumber);
        acknowledgmentsSent++;
    }

    void onAcknowledgment(int number, long nowNanos) {
        acknowledgmentsReceived++;
        int newlyAcknowledged = number + 1 - firstUnacknowledged;
        if (newlyAcknowledged == 0) {
            // The last one repeated; also FFFFFFFF of a peer that has received nothing yet.
            return;
        }
        if (Integer.compareUnsigned(newlyAcknowledged, unacknowledged()) > 0) {
            acknowledgmentsIgnored++;
            return;
        }
        firstUnacknowledged = number + 1;
        roundTrip.onAcknowledged(number, nowNanos);
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

    long roundTripNanos() {
        return roundTrip.smoothedNanos();
    }
}
