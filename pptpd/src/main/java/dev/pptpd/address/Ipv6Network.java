package dev.pptpd.address;

import dev.pptpd.ppp.ipv6cp.Ipv6Address;
import java.util.Optional;

/**
 * A block of IPv6 addresses, no smaller than that of one link.
 *
 * @param base its first address; bits behind the prefix are cleared
 * @param prefixBits 0 to {@value #LINK_BITS}
 */
public record Ipv6Network(Ipv6Address base, int prefixBits) {
    /** The prefix of one link: the other half of an address tells its interfaces apart. */
    public static final int LINK_BITS = 64;

    public Ipv6Network {
        if (prefixBits < 0 || prefixBits > LINK_BITS) {
            throw new IllegalArgumentException("a prefix has 0 to 64 bits: " + prefixBits);
        }
        base = new Ipv6Address(base.high() & mask(prefixBits), 0);
    }

    /** An address, a slash and 0 to 64 in decimal. */
    public static Optional<Ipv6Network> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        String prefix = text.substring(slash + 1);
        if (!prefix.matches("[0-9]{1,2}") || Integer.parseInt(prefix) > LINK_BITS) {
            return Optional.empty();
        }
        return Ipv6Address.parse(text.substring(0, slash))
                .map(address -> new Ipv6Network(address, Integer.parseInt(prefix)));
    }

    /** Whether an address with this upper half lies in the block. Allocates nothing. */
    public boolean contains(long high) {
        return (high & mask(prefixBits)) == base.high();
    }

    /** Whether any address lies in both blocks. */
    public boolean overlaps(Ipv6Network other) {
        return contains(other.base.high()) || other.contains(base.high());
    }

    /** How many links there are prefixes for, {@link Integer#MAX_VALUE} at most. */
    public int links() {
        int bits = LINK_BITS - prefixBits;
        return bits < Integer.SIZE - 1 ? 1 << bits : Integer.MAX_VALUE;
    }

    /** The prefix of one link, from 0 to {@link #links} less one. */
    public Ipv6Network link(int index) {
        return new Ipv6Network(new Ipv6Address(base.high() + index, 0), LINK_BITS);
    }

    private static long mask(int prefixBits) {
        return prefixBits == 0 ? 0 : -1L << (LINK_BITS - prefixBits);
    }

    @Override
    public String toString() {
        return base + "/" + prefixBits;
    }
}
