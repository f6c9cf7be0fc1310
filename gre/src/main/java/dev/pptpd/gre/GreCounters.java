package dev.pptpd.gre;

/**
 * Counters of one tunnel at one moment.
 *
 * @param received data packets offered
 * @param delivered frames handed to the caller, rejected ones included, jumps only once accepted
 * @param duplicates packets whose number had been received
 * @param late packets whose number had been given up
 * @param reordered packets that came after one with a higher number and were delivered all the same
 * @param lost numbers given up and not delivered after all; those that came late are among them,
 *     rejected ones are not
 * @param rejected frames whose number was opened again
 * @param jumps packets far from the expected number, accepted or not
 * @param sent data packets sent
 * @param acknowledgmentsReceived packets with an acknowledgment
 * @param acknowledgmentsIgnored of these, with a number that goes back or was never sent
 * @param acknowledgmentsSent acknowledgments sent, alone or with data
 * @param roundTripNanos smoothed time from a data packet to its acknowledgment, the peer's delay
 *     included; 0 before the first
 */
public record GreCounters(
        long received,
        long delivered,
        long duplicates,
        long late,
        long reordered,
        long lost,
        long rejected,
        long jumps,
        long sent,
        long acknowledgmentsReceived,
        long acknowledgmentsIgnored,
        long acknowledgmentsSent,
        long roundTripNanos) {
    /** Of a tunnel that carried nothing. */
    public static final GreCounters NONE = new GreCounters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
