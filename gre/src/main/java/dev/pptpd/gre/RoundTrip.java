package dev.pptpd.gre;

/**
 * Smoothed time from a data packet to the acknowledgment that covers it, one packet at a time.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-4.4.1 RFC 2637 section 4.4.1
 */
final class RoundTrip {
    // Specification, section 4.4.1: alpha is typically 1/8.
    private static final int ALPHA_DIVISOR = 8;

    private boolean sampling;
    private int sampleNumber;
    private long sentNanos;
    private boolean known;
    private long sampleNanos;
    private long smoothedNanos;

    void onSent(int sequenceNumber, long nowNanos) {
        if (!sampling) {
            sampling = true;
            sampleNumber = sequenceNumber;
            sentNanos = nowNanos;
        }
    }

    /** True when that ended a measurement. */
    boolean onAcknowledged(int acknowledgmentNumber, long nowNanos) {
        if (!sampling || SequenceNumber.isAfter(sampleNumber, acknowledgmentNumber)) {
            return false;
        }
        sampling = false;
        sampleNanos = nowNanos - sentNanos;
        smoothedNanos =
                known ? smoothedNanos + (sampleNanos - smoothedNanos) / ALPHA_DIVISOR : sampleNanos;
        known = true;
        return true;
    }

    /** The last measurement; 0 before the first. */
    long sampleNanos() {
        return sampleNanos;
    }

    /** 0 before the first sample. */
    long smoothedNanos() {
        return smoothedNanos;
    }
}
