package dev.pptpd.config;

import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Fits localip, remoteip and connections together by PoPToP's rules. */
final class SlotPlan {
    private static final int DEFAULT_CONNECTIONS = 100;

    /** One call id each; a worker runs out of them first. */
    private static final int MAX_CONNECTIONS = 65_535;

    private static final String DEFAULT_LOCAL = "192.168.0.1-100";
    private static final String DEFAULT_REMOTE = "192.168.1.1-100";

    private final Map<ServerKey, Setting> settings;
    private final HostResolver resolver;
    private final Findings findings;

    SlotPlan(Map<ServerKey, Setting> settings, HostResolver resolver, Findings findings) {
        this.settings = settings;
        this.resolver = resolver;
        this.findings = findings;
    }

    /** The slots; nothing when an error was found. */
    Optional<AddressSlots> build(Place top) {
        int connections = connections();
        List<Ipv4Address> remote = addresses(ServerKey.REMOTEIP, DEFAULT_REMOTE, connections, top);
        List<Ipv4Address> local = addresses(ServerKey.LOCALIP, DEFAULT_LOCAL, connections, top);
        checkRemote(remote);
        if (remote.isEmpty() || local.isEmpty() || findings.hasErrors()) {
            return Optional.empty();
        }
        int slots = local.size() == 1 ? remote.size() : Math.min(local.size(), remote.size());
        warnOfFewer(connections, slots);
        warnOfOverlap(local, remote.subList(0, slots));
        return Optional.of(
                new AddressSlots(
                        local.subList(0, Math.min(local.size(), slots)), remote.subList(0, slots)));
    }

    /** The key connections, or its default. */
    int connections() {
        Setting setting = settings.get(ServerKey.CONNECTIONS);
        if (setting == null) {
            return DEFAULT_CONNECTIONS;
        }
        if (!setting.value().matches("[+-]?[0-9]{1,9}")) {
            setting.error(findings, setting.shown() + " is not a number", "a number such as 100");
            return DEFAULT_CONNECTIONS;
        }
        int connections = Integer.parseInt(setting.value());
        if (connections > MAX_CONNECTIONS) {
            setting.error(findings, "too many", "at most " + MAX_CONNECTIONS);
        }
        if (connections <= 0) {
            setting.warning(findings, "counts as " + DEFAULT_CONNECTIONS + ", as with PoPToP");
            return DEFAULT_CONNECTIONS;
        }
        return Math.min(connections, MAX_CONNECTIONS);
    }

    private List<Ipv4Address> addresses(
            ServerKey key, String otherwise, int connections, Place top) {
        Setting written = settings.get(key);
        if (written == null) {
            Setting assumed = new Setting(key, otherwise, top);
            List<Ipv4Address> defaults = AddressList.read(assumed, connections, resolver, findings);
            if (!findings.hasErrors()) {
                assumed.warning(
                        findings,
                        "not given, so it is %s to %s, as with PoPToP"
                                .formatted(defaults.getFirst(), defaults.getLast()));
            }
            return defaults;
        }
        List<Ipv4Address> addresses =
                AddressList.read(written, connections + 1, resolver, findings);
        addresses.stream()
                .filter(address -> !isForAHost(address))
                .findFirst()
                .ifPresent(address ->
                        written.error(
                                findings,
                                address + " is no address of a host",
                                "addresses from 1.0.0.0 to 223.255.255.255, without 127.0.0.0/8"));
        if (addresses.size() <= connections) {
            return addresses;
        }
        written.warning(
                findings,
                "connections limit (" + connections + ") reached, extra IP addresses ignored");
        return addresses.subList(0, connections);
    }

    /** Not this network, not the host itself, no multicast group, nothing reserved. */
    private static boolean isForAHost(Ipv4Address address) {
        final int thisNetwork = 0;
        final int loopback = 127;
        final int multicast = 224;
        int first = address.value() >>> (Integer.SIZE - Byte.SIZE);
        return first != thisNetwork && first != loopback && first < multicast;
    }

    private void checkRemote(List<Ipv4Address> remote) {
        Setting setting = settings.get(ServerKey.REMOTEIP);
        if (setting == null) {
            return;
        }
        Set<Ipv4Address> seen = new HashSet<>();
        for (Ipv4Address address : remote) {
            if (!seen.add(address)) {
                setting.error(findings, address + " is given twice", "each address once");
            }
        }
    }

    private void warnOfFewer(int connections, int slots) {
        Setting setting = settings.get(ServerKey.CONNECTIONS);
        if (setting != null && slots < connections) {
            setting.warning(findings, "lowered to " + slots + ", the number of addresses");
        }
    }

    private void warnOfOverlap(List<Ipv4Address> local, List<Ipv4Address> remote) {
        Set<Ipv4Address> own = new HashSet<>(local);
        Setting setting = settings.get(ServerKey.REMOTEIP);
        if (setting == null) {
            return;
        }
        if (!remote.isEmpty() && own.containsAll(remote)) {
            setting.error(
                    findings,
                    "all of these are addresses of localip",
                    "addresses for clients besides those");
            return;
        }
        remote.stream()
                .filter(own::contains)
                .findFirst()
                .ifPresent(address ->
                        setting.warning(
                                findings, address + " is of localip, too: no client gets it"));
    }
}
