package dev.pptpd.broadcast;

/** What becomes of a packet that the relay was given. */
public enum BroadcastVerdict {
    /** It goes to the other side, readdressed. */
    RELAY,
    /** It is none that is relayed. */
    OTHER,
    /** It was relayed a moment ago. */
    REPEATED,
    /** More than is relayed in a second. */
    TOO_MANY
}
