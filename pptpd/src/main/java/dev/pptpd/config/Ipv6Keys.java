package dev.pptpd.config;

import dev.pptpd.address.Ipv6Network;
import dev.pptpd.ppp.ipv6cp.Ipv6Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the keys about the IPv6 prefixes of sessions. */
final class Ipv6Keys {
    private static final int MAX_SERVERS = 2;

    private final Map<ServerKey, Setting> settings;
    private final Findings findings;

    private Ipv6Keys(Map<ServerKey, Setting> settings, Findings findings) {
        this.settings = settings;
        this.findings = findings;
    }

    /**
     * Reads them.
     *
     * @param slots how many sessions there may be: each has a prefix
     * @param carriesIpv6 whether the options file wants IPv6 at all
     */
    static Ipv6Prefixes read(
            Map<ServerKey, Setting> settings, int slots, boolean carriesIpv6, Findings findings) {
        Ipv6Keys keys = new Ipv6Keys(settings, findings);
        Ipv6Prefixes prefixes = new Ipv6Prefixes(keys.pool(slots), keys.servers());
        Setting pool = settings.get(ServerKey.IPV6PREFIX);
        if (pool != null && !carriesIpv6) {
            pool.warning(findings, "of no effect without +ipv6 in the options file");
        }
        return prefixes;
    }

    private Optional<Ipv6Network> pool(int slots) {
        Setting setting = settings.get(ServerKey.IPV6PREFIX);
        if (setting == null) {
            return Optional.empty();
        }
        Optional<Ipv6Network> pool = Ipv6Network.parse(setting.value());
        if (pool.isEmpty() || !isRoutable(pool.get())) {
            setting.error(
                    findings,
                    setting.shown() + " is not a network of unicast addresses",
                    "at most 64 bits, such as 2001:db8:0:100::/56");
            return Optional.empty();
        }
        if (pool.get().links() < slots) {
            setting.error(
                    findings,
                    setting.shown() + " has " + pool.get().links() + " prefixes of 64 bits",
                    "one for each of " + slots + " sessions");
        }
        return pool;
    }

    /** Neither link-local nor multicast nor so short that it is everything. */
    static boolean isRoutable(Ipv6Network network) {
        final int shortestPrefix = 8;
        return network.prefixBits() >= shortestPrefix
                && !network.base().isLinkLocal()
                && !network.base().isMulticast()
                && network.base().high() != 0;
    }

    private List<Ipv6Address> servers() {
        Setting setting = settings.get(ServerKey.IPV6DNS);
        List<Ipv6Address> servers = new ArrayList<>();
        if (setting == null) {
            return servers;
        }
        for (String word : setting.value().split("[\\s,]+", -1)) {
            Ipv6Address.parse(word).ifPresent(servers::add);
            if (Ipv6Address.parse(word).isEmpty() || servers.size() > MAX_SERVERS) {
                setting.error(
                        findings,
                        setting.shown() + " is not possible",
                        "one or two IPv6 addresses such as 2001:db8::53");
                return List.of();
            }
        }
        return servers;
    }
}
