package dev.pptpd.linux;

/**
 * The entry of the routing table that decides where packets to an address go.
 *
 * @param prefixBits length of its network's prefix, 0 to 32
 * @param isOurs whether it was added by {@link Netlink#addRoute}, in this process or another
 */
public record RouteMatch(int prefixBits, boolean isOurs) {
    private static final int HOST_PREFIX_BITS = 32;

    /** Whether it is for one address alone. */
    public boolean isHost() {
        return prefixBits == HOST_PREFIX_BITS;
    }
}
