package dev.pptpd.gre;

/** What {@link GreTunnel#offer} did with a packet. */
public enum GreVerdict {
    /**
     * The payload is the next frame and its number is marked as received; position and limit frame
     * it. {@link GreTunnel#reject} takes the mark back.
     */
    DELIVER,
    /**
     * The number is so far from the expected one that it may be forged. Position and limit frame
     * the payload, but nothing is marked: the receive window moves only by {@link
     * GreTunnel#accept}.
     */
    DELIVER_JUMP,
    /** Ahead of a gap: copied, and handed out by {@link GreTunnel#pollHeld} when its turn comes. */
    HELD,
    /**
     * There is no room to hold it, and held frames come before it. The packet is untouched: drain
     * {@link GreTunnel#pollHeld} and offer it once more, which then gives {@link #DELIVER}.
     */
    OFFER_AGAIN,
    /** No payload; the acknowledgment was taken. */
    ACKNOWLEDGMENT,
    /** The number was received before: drop. */
    DUPLICATE,
    /** The number was given up before: drop. */
    LATE
}
