package dev.pptpd.linux;

import dev.pptpd.gre.linux.Errno;
import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** What the ways to addresses carry: the routes' own MTUs, else those of the devices. */
final class PathMtus {
    /** Questions of one exchange; each has an answer of at most 2 KiB. */
    private static final int AT_ONCE = 32;

    private final int[] ofRoute;
    private final int[] device;

    private PathMtus(int destinations) {
        this.ofRoute = new int[destinations];
        this.device = new int[destinations];
    }

    /** For each address the largest IP packet; nothing where there is no way, or it is not told. */
    static List<OptionalInt> ask(NetlinkSocket socket, List<Ipv4Address> destinations)
            throws ErrnoException {
        List<OptionalInt> all = new ArrayList<>();
        for (int from = 0; from < destinations.size(); from += AT_ONCE) {
            List<Ipv4Address> some =
                    destinations.subList(from, Math.min(from + AT_ONCE, destinations.size()));
            PathMtus found = new PathMtus(some.size());
            found.askForRoutes(socket, some);
            all.addAll(found.complete(found.askForDevices(socket)));
        }
        return all;
    }

    private void askForRoutes(NetlinkSocket socket, List<Ipv4Address> destinations)
            throws ErrnoException {
        NetlinkBatch batch = socket.newBatch();
        destinations.forEach(destination -> Netlink.ask(batch, destination, 0));
        // One that failed has no answer and so no MTU.
        socket.exchangeEach(
                batch,
                (index, answer) -> {
                    answer.routeMtu().ifPresent(mtu -> ofRoute[index] = mtu);
                    answer.route(destinations.get(index))
                            .ifPresent(route -> device[index] = route.interfaceIndex());
                });
    }

    /** Clients mostly come by the same device, and it is asked once. */
    private Map<Integer, Integer> askForDevices(NetlinkSocket socket) throws ErrnoException {
        List<Integer> devices =
                Arrays.stream(device).filter(each -> each != 0).distinct().boxed().toList();
        Map<Integer, Integer> mtus = new HashMap<>();
        if (!devices.isEmpty()) {
            NetlinkBatch batch = socket.newBatch();
            ask(batch, devices);
            socket.exchangeEach(
                    batch,
                    (index, answer) ->
                            answer.linkMtu().ifPresent(mtu -> mtus.put(devices.get(index), mtu)));
        }
        return mtus;
    }

    private static void ask(NetlinkBatch batch, Collection<Integer> devices) {
        for (int each : devices) {
            batch.begin(
                            NetlinkMessage.RTM_GETLINK,
                            Netlink.REQUEST,
                            "ask for a device",
                            Errno.ENODEV)
                    .link(each, 0, 0)
                    .number(NetlinkMessage.IFLA_EXT_MASK, NetlinkMessage.RTEXT_FILTER_SKIP_STATS);
        }
    }

    private List<OptionalInt> complete(Map<Integer, Integer> ofDevices) {
        List<OptionalInt> complete = new ArrayList<>();
        for (int index = 0; index < ofRoute.length; index++) {
            int mtu =
                    ofRoute[index] != 0 ? ofRoute[index] : ofDevices.getOrDefault(device[index], 0);
            complete.add(mtu == 0 ? OptionalInt.empty() : OptionalInt.of(mtu));
        }
        return complete;
    }
}
