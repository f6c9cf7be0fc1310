package dev.pptpd.bench.mppe;

import java.util.Locale;

/**
 * What every contestant of a comparison does: MPPE-128 without state. Packets are those of one
 * session after the other.
 *
 * @param packetOctets of the IP packet
 * @param sessions 1 to {@link Frames#BATCH}, of which it is a divisor
 */
record Workload(int packetOctets, int sessions, Direction direction) {
    private static final int PROTOCOL_OCTETS = 2;

    /** A repetition is to take some ten milliseconds, whatever the packets are like. */
    private static final int SMALL_OCTETS = 256;

    private static final int ROUNDS_OF_LARGE = 16;
    private static final int ROUNDS_OF_SMALL = 64;

    Workload {
        if (Frames.BATCH % sessions != 0) {
            throw new IllegalArgumentException(sessions + " sessions");
        }
    }

    /** What is encrypted: the packet and its protocol number. */
    int frameOctets() {
        return PROTOCOL_OCTETS + packetOctets;
    }

    /** Packets of one repetition. */
    int packets() {
        return Frames.COUNT * (packetOctets < SMALL_OCTETS ? ROUNDS_OF_SMALL : ROUNDS_OF_LARGE);
    }

    String title() {
        return String.format(
                Locale.ROOT,
                "MPPE-128 stateless, %,d octets, %s, %s",
                packetOctets,
                direction.words(),
                sessions == 1 ? "one session" : sessions + " sessions");
    }
}
