package dev.pptpd.config;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A list as of localip and remoteip, in the order in which it is written. An item is an address, a
 * host name, {@code 10.0.0.5-60} with a range in one octet whichever, {@code 10.0.0.5-10.0.1.9}, or
 * {@code 10.0.0.0/24} without the network's own and its broadcast address.
 */
final class AddressList {
    private static final String EXPECTED =
            "10.0.0.5, 10.0.0.5-60, 10.0.0.5-10.0.1.9, 10.0.0.0/24 or a host name, with commas"
                    + " between";
    private static final Pattern NUMERIC = Pattern.compile("[0-9./\\s-]+");
    private static final int OCTETS = 4;

    private final Setting setting;
    private final int limit;
    private final HostResolver resolver;
    private final Findings findings;
    private final List<Ipv4Address> addresses = new ArrayList<>();

    private AddressList(Setting setting, int limit, HostResolver resolver, Findings findings) {
        this.setting = setting;
        this.limit = limit;
        this.resolver = resolver;
        this.findings = findings;
    }

    /** The first {@code limit} addresses; every item is checked. */
    static List<Ipv4Address> read(
            Setting setting, int limit, HostResolver resolver, Findings findings) {
        AddressList list = new AddressList(setting, limit, resolver, findings);
        for (String item : setting.value().split(",", -1)) {
            list.add(item.strip());
        }
        return List.copyOf(list.addresses);
    }

    private void add(String item) {
        if (item.isEmpty()) {
            error("an item of the list is empty");
        } else if (!NUMERIC.matcher(item).matches()) {
            resolver.addressOrName(item)
                    .ifPresentOrElse(this::add, () -> error(item, "is not a known host"));
        } else if (item.contains("/")) {
            Ipv4Network.parse(item)
                    .ifPresentOrElse(this::add, () -> error(item, "is not a network"));
        } else if (item.contains("-")) {
            addRange(item);
        } else {
            Ipv4Address.parse(item)
                    .ifPresentOrElse(this::add, () -> error(item, "is not an address"));
        }
    }

    private void add(Ipv4Address address) {
        if (addresses.size() < limit) {
            addresses.add(address);
        }
    }

    private void add(Ipv4Network network) {
        final int smallestWithHosts = 4;
        long edge = network.size() < smallestWithHosts ? 0 : 1;
        long base = Integer.toUnsignedLong(network.base().value());
        addRange(base + edge, base + network.size() - 1 - edge, 1);
    }

    private void addRange(String item) {
        String[] ends = item.split("-", -1);
        Optional<Ipv4Address> first = Ipv4Address.parse(ends[0].strip());
        Optional<Ipv4Address> last = Ipv4Address.parse(ends[ends.length - 1].strip());
        if (ends.length == 2 && first.isPresent() && last.isPresent()) {
            addRange(item, first.get(), last.get(), 1);
        } else {
            addOctetRange(item);
        }
    }

    /** Reads {@code 10.0.0-3.1} as the range from 10.0.0.1 to 10.0.3.1 in steps of 256. */
    private void addOctetRange(String item) {
        String[] octets = item.split("\\.", -1);
        StringBuilder lowest = new StringBuilder();
        StringBuilder highest = new StringBuilder();
        int ranges = 0;
        long step = 0;
        for (int i = 0; i < octets.length; i++) {
            String separator = i == 0 ? "" : ".";
            String[] ends = octets[i].split("-", -1);
            lowest.append(separator).append(ends[0]);
            highest.append(separator).append(ends[ends.length - 1]);
            if (ends.length > 1) {
                ranges += ends.length - 1;
                step = 1L << (Byte.SIZE * Math.max(0, OCTETS - 1 - i));
            }
        }
        Optional<Ipv4Address> first = Ipv4Address.parse(lowest.toString());
        Optional<Ipv4Address> last = Ipv4Address.parse(highest.toString());
        if (ranges == 1 && first.isPresent() && last.isPresent()) {
            addRange(item, first.get(), last.get(), step);
        } else {
            error(item, "is not a range");
        }
    }

    private void addRange(String item, Ipv4Address first, Ipv4Address last, long step) {
        if (first.compareTo(last) > 0) {
            error(item, "runs backwards");
            return;
        }
        addRange(Integer.toUnsignedLong(first.value()), Integer.toUnsignedLong(last.value()), step);
    }

    private void addRange(long first, long last, long step) {
        for (long value = first; value <= last && addresses.size() < limit; value += step) {
            addresses.add(new Ipv4Address((int) value));
        }
    }

    private void error(String item, String problem) {
        error("'" + Word.shown(item) + "' " + problem);
    }

    private void error(String problem) {
        setting.error(findings, problem, EXPECTED);
    }
}
