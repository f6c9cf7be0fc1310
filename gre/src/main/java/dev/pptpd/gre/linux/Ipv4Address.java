package dev.pptpd.gre.linux;

/**
 * An IPv4 address as this package keeps it: an {@code int} with the first octet in the most
 * significant place.
 */
public final class Ipv4Address {
    private Ipv4Address() {}

    /** Dotted decimal, as in {@code 192.0.2.1}. */
    public static String toString(int address) {
        return (address >>> 24)
                + "."
                + (address >>> 16 & 0xFF)
                + "."
                + (address >>> 8 & 0xFF)
                + "."
                + (address & 0xFF);
    }
}
