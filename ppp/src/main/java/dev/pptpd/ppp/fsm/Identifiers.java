package dev.pptpd.ppp.fsm;

/** The Identifier octet of requests: one counter for a whole link, as Windows counts too. */
public final class Identifiers {
    private int next;

    /** A counter that starts at 0. */
    public Identifiers() {}

    /** The next identifier, 0..255. */
    public int next() {
        int identifier = next;
        next = (next + 1) & 0xFF;
        return identifier;
    }
}
