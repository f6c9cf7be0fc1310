package dev.pptpd.linux;

/** The capabilities of capabilities(7) that the server lives on. */
public enum Capability {
    /** Making and configuring TUN devices. */
    CAP_NET_ADMIN(12),

    /** Opening the raw socket for GRE. */
    CAP_NET_RAW(13);

    private final int number;

    Capability(int number) {
        this.number = number;
    }

    /** The kernel's number, a bit position in a capability set. */
    int number() {
        return number;
    }
}
