package dev.pptpd.address;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An IPv4 address.
 *
 * @param value the four octets, the first one in the highest bits
 */
public record Ipv4Address(int value) implements Comparable<Ipv4Address> {
    /** 0.0.0.0: every address of this host. */
    public static final Ipv4Address ANY = new Ipv4Address(0);

    private static final int OCTETS = 4;
    private static final int MAX_DIGITS = 3;
    private static final int MAX_OCTET = 255;

    /** The address of a socket. */
    public static Ipv4Address of(Inet4Address address) {
        return new Ipv4Address(ByteBuffer.wrap(address.getAddress()).getInt());
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

    /** The same address for use with sockets. */
    public Inet4Address toInetAddress() {
        byte[] octets = ByteBuffer.allocate(OCTETS).putInt(value).array();
        try {
            return (Inet4Address) InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four octets are an address", e);
        }
    }

    /** In the order of the octets, 255.255.255.255 last. */
    @Override
    public int compareTo(Ipv4Address other) {
        return Integer.compareUnsigned(value, other.value);
    }

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
