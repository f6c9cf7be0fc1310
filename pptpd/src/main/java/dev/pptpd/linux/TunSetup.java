package dev.pptpd.linux;

import dev.pptpd.gre.linux.Errno;
import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a TUN device lacks to be used: for {@link Netlink#configureAll}.
 *
 * @param name the name that it gets, or a pattern as {@link TunDevice#open} takes it; it keeps its
 *     own where this is empty
 * @param isPrepared whether it went through {@link Netlink#prepare}
 */
public record TunSetup(
        TunDevice device,
        TunConfiguration configuration,
        Optional<String> name,
        boolean isPrepared) {

    /** Devices of one exchange: some 5 KiB of requests. */
    private static final int AT_ONCE = 32;

    /** Of a device that was just opened, with the name that it is to have. */
    public static TunSetup whole(TunDevice device, TunConfiguration configuration) {
        return new TunSetup(device, configuration, Optional.empty(), false);
    }

    /** Of a prepared device, with the name that it gets only now. */
    public static TunSetup rest(TunDevice device, TunConfiguration configuration, String name) {
        return new TunSetup(device, configuration, Optional.of(name), true);
    }

    static List<Optional<ErrnoException>> carryOut(NetlinkSocket socket, List<TunSetup> setups)
            throws ErrnoException {
        List<Optional<ErrnoException>> failures = new ArrayList<>();
        for (int from = 0; from < setups.size(); from += AT_ONCE) {
            List<TunSetup> some = setups.subList(from, Math.min(from + AT_ONCE, setups.size()));
            failures.addAll(exchange(socket, some));
        }
        return failures;
    }

    private static List<Optional<ErrnoException>> exchange(
            NetlinkSocket socket, List<TunSetup> setups) throws ErrnoException {
        NetlinkBatch batch = socket.newBatch();
        setups.forEach(setup -> setup.write(batch));
        List<Optional<ErrnoException>> ofSteps = socket.exchangeEach(batch, (_, _) -> {});
        List<Optional<ErrnoException>> failures = new ArrayList<>();
        int first = 0;
        for (TunSetup setup : setups) {
            int end = first + setup.steps();
            failures.add(
                    ofSteps.subList(first, end).stream().flatMap(Optional::stream).findFirst());
            first = end;
        }
        return failures;
    }

    private int steps() {
        return isPrepared ? 2 : 3;
    }

    /** As many requests as it has {@link #steps}. */
    private void write(NetlinkBatch batch) {
        String on = " on " + device.name();
        if (!isPrepared) {
            withoutIpv6(batch, device);
        }
        batch.begin(NetlinkMessage.RTM_NEWLINK, Netlink.REQUEST, "MTU, link group and up" + on, 0)
                .link(device.interfaceIndex(), NetlinkMessage.IFF_UP, NetlinkMessage.IFF_UP)
                .number(NetlinkMessage.IFLA_MTU, configuration.mtuOctets())
                .number(NetlinkMessage.IFLA_GROUP, configuration.group());
        // In the request that lets it up: the kernel renames first.
        name.ifPresent(wanted -> batch.text(NetlinkMessage.IFLA_IFNAME, wanted));
        int create = Netlink.REQUEST | NetlinkMessage.NLM_F_CREATE | NetlinkMessage.NLM_F_EXCL;
        batch.begin(NetlinkMessage.RTM_NEWADDR, create, addresses() + on, 0)
                .address(device.interfaceIndex(), Netlink.HOST_PREFIX_LENGTH)
                .ipv4(NetlinkMessage.IFA_LOCAL, configuration.localAddress())
                .ipv4(NetlinkMessage.IFA_ADDRESS, configuration.peerAddress());
    }

    private String addresses() {
        return "address "
                + new Ipv4Address(configuration.localAddress())
                + " peer "
                + new Ipv4Address(configuration.peerAddress());
    }

    /**
     * Before the device goes up, or it sends router solicitations. A kernel without IPv6 has
     * nothing to switch off.
     */
    static void withoutIpv6(NetlinkBatch batch, TunDevice device) {
        batch.begin(
                        NetlinkMessage.RTM_NEWLINK,
                        Netlink.REQUEST,
                        "IPv6 off on " + device.name(),
                        Errno.EAFNOSUPPORT)
                .link(device.interfaceIndex(), 0, 0)
                .nestedOctet(
                        NetlinkMessage.IFLA_AF_SPEC,
                        NetlinkMessage.AF_INET6,
                        NetlinkMessage.IFLA_INET6_ADDR_GEN_MODE,
                        NetlinkMessage.IN6_ADDR_GEN_MODE_NONE);
    }
}
