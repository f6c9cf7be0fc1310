package dev.pptpd.ppp.ipv6cp;

import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The lower half of an IPv6 address, by which the two ends of a link are told apart.
 *
 * @param value the eight octets, the first one in the highest bits; 0 for none
 * @spec https://www.rfc-editor.org/rfc/rfc5072#section-4.1 RFC 5072 section 4.1
 */
public record InterfaceIdentifier(long value) {
    /** "Give me one". */
    public static final InterfaceIdentifier NONE = new InterfaceIdentifier(0);

    /** Octets of the address of an Ethernet card. */
    public static final int ETHERNET_OCTETS = 6;

    private static final int BETWEEN_HALVES = 0xFFFE;

    /**
     * The u/l bit of an EUI-64: an identifier that was drawn by lot must not look like one that is
     * unique in the world.
     */
    private static final long UNIVERSAL = 0x0200_0000_0000_0000L;

    /** One drawn by lot, which is neither none nor {@code other}. */
    public static InterfaceIdentifier random(RandomGenerator entropy, InterfaceIdentifier other) {
        long value;
        do {
            value = entropy.nextLong() & ~UNIVERSAL;
        } while (value == 0 || value == other.value);
        return new InterfaceIdentifier(value);
    }

    /**
     * That of a network card.
     *
     * @param address {@value #ETHERNET_OCTETS} octets
     * @spec https://www.rfc-editor.org/rfc/rfc4291#appendix-A RFC 4291 appendix A
     */
    public static InterfaceIdentifier ofEthernet(byte[] address) {
        long value = 0;
        for (int index = 0; index < ETHERNET_OCTETS; index++) {
            if (index == ETHERNET_OCTETS / 2) {
                value = (value << Short.SIZE) | BETWEEN_HALVES;
            }
            value = (value << Byte.SIZE) | (address[index] & 0xFF);
        }
        return new InterfaceIdentifier(value ^ UNIVERSAL);
    }

    /** From {@code ::1} or {@code ::a:b:c:d}, as pppd's word {@code ipv6} has it. */
    public static Optional<InterfaceIdentifier> parse(String text) {
        return Ipv6Address.parse(text)
                .filter(address -> address.high() == 0 && address.low() != 0)
                .map(address -> new InterfaceIdentifier(address.low()));
    }

    /** Whether it says "give me one". */
    public boolean isNone() {
        return value == 0;
    }

    /** The address that an end of a link has from the beginning. */
    public Ipv6Address linkLocal() {
        return new Ipv6Address(Ipv6Address.LINK_LOCAL, value);
    }

    /** As pppd shows it: {@code 0200:00ff:fe00:0001}. */
    @Override
    public String toString() {
        return String.format(
                "%04x:%04x:%04x:%04x",
                value >>> 48, value >>> 32 & 0xFFFF, value >>> 16 & 0xFFFF, value & 0xFFFF);
    }
}
