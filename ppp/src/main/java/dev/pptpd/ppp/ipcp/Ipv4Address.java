package dev.pptpd.ppp.ipcp;

/** An IPv4 address by its 32 bits. */
public record Ipv4Address(int bits) {
    /** 0.0.0.0: "give me one". */
    public static final Ipv4Address UNSPECIFIED = new Ipv4Address(0);

    /** From four octets in network order. */
    public static Ipv4Address of(byte[] octets) {
        if (octets.length != 4) {
            throw new IllegalArgumentException("an IPv4 address has 4 octets");
        }
        return new Ipv4Address(
                (octets[0] << 24)
                        | ((octets[1] & 0xFF) << 16)
                        | ((octets[2] & 0xFF) << 8)
                        | (octets[3] & 0xFF));
    }

    /** Dotted decimal. */
    @Override
    public String toString() {
        return (bits >>> 24)
                + "."
                + ((bits >>> 16) & 0xFF)
                + "."
                + ((bits >>> 8) & 0xFF)
                + "."
                + (bits & 0xFF);
    }
}
