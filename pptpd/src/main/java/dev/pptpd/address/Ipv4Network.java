package dev.pptpd.address;

import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.util.Optional;

/**
 * A block of IPv4 addresses.
 *
 * @param base its first address; bits behind the prefix are cleared
 * @param prefixBits 0 to 32
 */
public record Ipv4Network(Ipv4Address base, int prefixBits) {
    /** Every address. */
    public static final Ipv4Network ALL = new Ipv4Network(Ipv4Address.ANY, 0);

    public Ipv4Network {
        if (prefixBits < 0 || prefixBits > Integer.SIZE) {
            throw new IllegalArgumentException("a prefix has 0 to 32 bits: " + prefixBits);
        }
        base = new Ipv4Address(base.value() & mask(prefixBits));
    }

    /** The block of one address. */
    public static Ipv4Network host(Ipv4Address address) {
        return new Ipv4Network(address, Integer.SIZE);
    }

    /** An address, a slash and 0 to 32 in decimal. */
    public static Optional<Ipv4Network> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        String prefix = text.substring(slash + 1);
        if (!prefix.matches("[0-9]{1,2}") || Integer.parseInt(prefix) > Integer.SIZE) {
            return Optional.empty();
        }
        return Ipv4Address.parse(text.substring(0, slash))
                .map(address -> new Ipv4Network(address, Integer.parseInt(prefix)));
    }

    /** Whether the address lies in the block. */
    public boolean contains(Ipv4Address address) {
        return (address.value() & mask(prefixBits)) == base.value();
    }

    /** Whether any address lies in both blocks. */
    public boolean overlaps(Ipv4Network other) {
        return contains(other.base) || other.contains(base);
    }

    /** Whether the block is one address. */
    public boolean isHost() {
        return prefixBits == Integer.SIZE;
    }

    /** How many addresses the block has: 1 to 2^32. */
    public long size() {
        return 1L << (Integer.SIZE - prefixBits);
    }

    /** The block's mask as 32 bits: as many ones as the prefix has bits, then zeros. */
    public int mask() {
        return mask(prefixBits);
    }

    private static int mask(int prefixBits) {
        return prefixBits == 0 ? 0 : -1 << (Integer.SIZE - prefixBits);
    }

    @Override
    public String toString() {
        return base + "/" + prefixBits;
    }
}
