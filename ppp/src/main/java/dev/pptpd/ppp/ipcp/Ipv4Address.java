package dev.pptpd.ppp.ipcp;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An IPv4 address.
 *
 * @param value the four octets, the first one in the highest bits
 */
public record Ipv4Address(int value) implements Comparable<Ipv4Address> {
    /** 0.0.0.0: every address of this host, or "give me one". */
    public static final Ipv4Address ANY = new Ipv4Address(0);

    private static final int OCTETS = 4;
    private static final int MAX_DIGITS = 3;
    private static final int MAX_OCTET = 255;
    private static final int LOOPBACK_NETWORK = 127;
    private static final int FIRST_MULTICAST_NETWORK = 224;

    /** From four octets in network order. */
    public static Ipv4Address of(byte[] octets) {
        if (octets.length != OCTETS) {
            throw new IllegalArgumentException("an IPv4 address has 4 octets");
        }
        return new Ipv4Address(ByteBuffer.wrap(octets).getInt());
    }

    /** Four decimal octets between dots and nothing else; no short forms. */
    public static Optional<Ipv4Address> parse(String text) {
        String[] octets = text.split("\\.", -1);
        if (octets.length != OCTETS) {
            return Optional.empty();
        }
        int value = 0;
        for (String octet : octets) {
            int number = octet(octet);
            if (number < 0) {
                return Optional.empty();
            }
            value = (value << Byte.SIZE) | number;
        }
        return Optional.of(new Ipv4Address(value));
    }

    private static int octet(String text) {
        if (text.isEmpty() || text.length() > MAX_DIGITS) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            number = number * 10 + (digit - '0');
        }
        return number <= MAX_OCTET ? number : -1;
    }

    /** Whether a host may have it: not of networks 0 and 127, no multicast, nothing reserved. */
    public boolean isHost() {
        int network = value >>> 24;
        return network != 0 && network != LOOPBACK_NETWORK && network < FIRST_MULTICAST_NETWORK;
    }

    /** The four octets in network order. */
    public byte[] octets() {
        return ByteBuffer.allocate(OCTETS).putInt(value).array();
    }

    // By hand, because the JVM makes those of a record at run time, and every start uses these.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Ipv4Address address && address.value == value;
    }

    @Override
    public int hashCode() {
        return value;
    }

    /** In the order of the octets, 255.255.255.255 last. */
    @Override
    public int compareTo(Ipv4Address other) {
        return Integer.compareUnsigned(value, other.value);
    }

    /** Dotted decimal. */
    @Override
    public String toString() {
        return (value >>> 24)
                + "."
                + ((value >>> 16) & MAX_OCTET)
                + "."
                + ((value >>> 8) & MAX_OCTET)
                + "."
                + (value & MAX_OCTET);
    }
}
