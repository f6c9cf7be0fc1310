package dev.pptpd.gre.linux;

/** How IPv4 addresses are written for people, as in {@code 192.0.2.1}. */
final class DottedDecimal {
    private DottedDecimal() {}

    /**
     * The text of an address.
     *
     * @param address the four octets, the first one in the highest bits
     */
    static String of(int address) {
        return (address >>> 24)
                + "."
                + (address >>> 16 & 0xFF)
                + "."
                + (address >>> 8 & 0xFF)
                + "."
                + (address & 0xFF);
    }
}
