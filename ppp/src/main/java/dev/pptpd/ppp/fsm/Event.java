package dev.pptpd.ppp.fsm;

/**
 * What can happen to the automaton.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc1661#section-4.3 RFC 1661 section 4.3
 */
public enum Event {
    UP("Up"),
    DOWN("Down"),
    OPEN("Open"),
    CLOSE("Close"),
    TO_PLUS("TO+"),
    TO_MINUS("TO-"),
    RCR_PLUS("RCR+"),
    RCR_MINUS("RCR-"),
    RCA("RCA"),
    RCN("RCN"),
    RTR("RTR"),
    RTA("RTA"),
    RUC("RUC"),
    RXJ_PLUS("RXJ+"),
    RXJ_MINUS("RXJ-"),
    RXR("RXR");

    private final String label;

    Event(String label) {
        this.label = label;
    }

    /** The name in the RFC's table. */
    public String label() {
        return label;
    }

    static Event labelled(String label) {
        for (Event event : values()) {
            if (event.label.equals(label)) {
                return event;
            }
        }
        throw new IllegalStateException("no such event: " + label);
    }
}
