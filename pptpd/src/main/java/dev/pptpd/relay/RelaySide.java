package dev.pptpd.relay;

/** The two ends of a relayed connection. */
public enum RelaySide {
    /** Who connected to the relay. */
    CLIENT("client"),
    /** Whom the relay connected to. */
    SERVER("server");

    private final String word;

    RelaySide(String word) {
        this.word = word;
    }

    /** How logs call it. */
    public String word() {
        return word;
    }

    /** The end that this one speaks to. */
    public RelaySide other() {
        return this == CLIENT ? SERVER : CLIENT;
    }
}
