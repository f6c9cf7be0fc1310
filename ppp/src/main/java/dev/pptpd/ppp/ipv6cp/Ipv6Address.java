package dev.pptpd.ppp.ipv6cp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An IPv6 address.
 *
 * @param high the first eight octets, the first one in the highest bits
 * @param low the other eight
 */
public record Ipv6Address(long high, long low) {
    /** The upper half of every link-local address: fe80::/64. */
    public static final long LINK_LOCAL = 0xFE80_0000_0000_0000L;

    /** ff02::1. */
    public static final Ipv6Address ALL_NODES = new Ipv6Address(0xFF02_0000_0000_0000L, 1);

    /** ff02::2. */
    public static final Ipv6Address ALL_ROUTERS = new Ipv6Address(0xFF02_0000_0000_0000L, 2);

    /** Octets of an address. */
    public static final int OCTETS = 16;

    private static final int GROUPS = 8;
    private static final int MAX_DIGITS = 4;

    /** From sixteen octets in network order. */
    public static Ipv6Address of(byte[] octets) {
        if (octets.length != OCTETS) {
            throw new IllegalArgumentException("an IPv6 address has 16 octets");
        }
        ByteBuffer buffer = ByteBuffer.wrap(octets);
        return new Ipv6Address(buffer.getLong(), buffer.getLong());
    }

    /**
     * Groups of hex digits with one {@code ::} at most; no dotted decimal, no zone.
     *
     * @spec https://www.rfc-editor.org/rfc/rfc4291#section-2.2 RFC 4291 section 2.2
     */
    public static Optional<Ipv6Address> parse(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text).filter(all -> all.size() == GROUPS).map(all -> of(all, List.of()));
        }
        Optional<List<Integer>> front = groups(text.substring(0, gap));
        Optional<List<Integer>> back = groups(text.substring(gap + 2));
        return front.flatMap(
                f -> back.filter(b -> f.size() + b.size() < GROUPS).map(b -> of(f, b)));
    }

    private static Optional<List<Integer>> groups(String text) {
        List<Integer> groups = new ArrayList<>();
        if (text.isEmpty()) {
            return Optional.of(groups);
        }
        for (String group : text.split(":", -1)) {
            if (group.isEmpty() || group.length() > MAX_DIGITS || !isHex(group)) {
                return Optional.empty();
            }
            groups.add(Integer.parseInt(group, 16));
        }
        return Optional.of(groups);
    }

    private static boolean isHex(String text) {
        return text.chars().allMatch(c -> c < 0x80 && Character.digit(c, 16) >= 0);
    }

    private static Ipv6Address of(List<Integer> front, List<Integer> back) {
        ByteBuffer octets = ByteBuffer.allocate(OCTETS);
        front.forEach(group -> octets.putShort(group.shortValue()));
        octets.position(OCTETS - back.size() * Short.BYTES);
        back.forEach(group -> octets.putShort(group.shortValue()));
        return of(octets.array());
    }

    /** The sixteen octets in network order. */
    public byte[] octets() {
        return ByteBuffer.allocate(OCTETS).putLong(high).putLong(low).array();
    }

    /** Whether it is in fe80::/10. */
    public boolean isLinkLocal() {
        return high >>> 54 == LINK_LOCAL >>> 54;
    }

    /** Whether it is in ff00::/8. */
    public boolean isMulticast() {
        return high >>> 56 == 0xFF;
    }

    /**
     * In the recommended form: {@code 2001:db8::1}.
     *
     * @spec https://www.rfc-editor.org/rfc/rfc5952#section-4 RFC 5952 section 4
     */
    @Override
    public String toString() {
        int gapStart = -1;
        int gapLength = 1;
        for (int at = 0; at < GROUPS; at++) {
            int zeros = zerosFrom(at);
            if (zeros > gapLength) {
                gapStart = at;
                gapLength = zeros;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < GROUPS; at++) {
            if (at == gapStart) {
                text.append("::");
                at += gapLength - 1;
            } else {
                boolean first = text.isEmpty() || text.charAt(text.length() - 1) == ':';
                text.append(first ? "" : ":").append(Integer.toHexString(group(at)));
            }
        }
        return text.toString();
    }

    private int zerosFrom(int start) {
        int at = start;
        while (at < GROUPS && group(at) == 0) {
            at++;
        }
        return at - start;
    }

    private int group(int index) {
        long half = index < GROUPS / 2 ? high : low;
        return (int) (half >>> (48 - index % 4 * 16)) & 0xFFFF;
    }
}
