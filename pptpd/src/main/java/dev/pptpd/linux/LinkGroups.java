package dev.pptpd.linux;

import dev.pptpd.gre.linux.Errno;
import dev.pptpd.gre.linux.ErrnoException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Devices by their link group: which there are, and many deleted in one request. */
final class LinkGroups {
    private static final Duration PAUSE = Duration.ofMillis(10);

    /** Requests of one send: 40 octets each, and an answer of some hundred if all fail. */
    private static final int AT_ONCE = 256;

    private final NetlinkSocket socket;

    LinkGroups(NetlinkSocket socket) {
        this.socket = socket;
    }

    /** As {@link Netlink#links}. */
    List<Link> links(int group) throws ErrnoException {
        for (int attempt = 0; attempt < Netlink.MAXIMUM_DUMPS; attempt++) {
            NetlinkBatch batch = socket.newBatch();
            batch.begin(NetlinkMessage.RTM_GETLINK, Netlink.DUMP, "list devices", 0)
                    .link(0, 0, 0)
                    .number(NetlinkMessage.IFLA_EXT_MASK, NetlinkMessage.RTEXT_FILTER_SKIP_STATS);
            LinkList list = new LinkList();
            socket.exchange(batch, list);
            if (list.isConsistent()) {
                return list.ofGroup(group);
            }
        }
        throw new ErrnoException(
                "RTM_GETLINK", Errno.EAGAIN, "devices change faster than they are listed");
    }

    /** As {@link Netlink#deleteGroup}. */
    int delete(int group, Duration timeout) throws ErrnoException, InterruptedException {
        long deadlineNanos = System.nanoTime() + timeout.toNanos();
        List<Link> all = links(group);
        List<Link> devices = tuns(all);
        int found = devices.size();
        while (!devices.isEmpty()) {
            if (System.nanoTime() - deadlineNanos > 0) {
                String left = devices.stream().map(Link::name).collect(Collectors.joining(" "));
                throw new ErrnoException(
                        "RTM_DELLINK", Errno.ETIMEDOUT, "group " + group + " still holds " + left);
            }
            if (devices.size() == all.size()) {
                deleteAll(group);
            } else {
                deleteEach(devices);
            }
            all = links(group);
            devices = tuns(all);
            if (!devices.isEmpty()) {
                Thread.sleep(PAUSE);
            }
        }
        return found;
    }

    /**
     * As {@link Netlink#deleteTogether}. By a group and not each by its number: the kernel waits
     * for its readers once for all of a group, but once for each device that is named, in one send
     * too; 100 devices took 0.12 s against 2 s. Only devices of ours are put into the group.
     */
    void deleteTogether(List<TunDevice> devices, int passing) throws ErrnoException {
        for (int from = 0; from < devices.size(); from += AT_ONCE) {
            NetlinkBatch batch = socket.newBatch();
            for (TunDevice device :
                    devices.subList(from, Math.min(from + AT_ONCE, devices.size()))) {
                batch.begin(
                                NetlinkMessage.RTM_NEWLINK,
                                Netlink.REQUEST,
                                "link group on " + device.name(),
                                Errno.ENODEV)
                        .link(device.interfaceIndex(), 0, 0)
                        .number(NetlinkMessage.IFLA_GROUP, passing);
            }
            socket.execute(batch);
        }
        deleteAll(passing);
    }

    private static List<Link> tuns(List<Link> links) {
        return links.stream().filter(Link::isTun).toList();
    }

    private void deleteAll(int group) throws ErrnoException {
        NetlinkBatch batch = socket.newBatch();
        // ENODEV: the last one went while we were asking.
        batch.begin(
                        NetlinkMessage.RTM_DELLINK,
                        Netlink.REQUEST,
                        "delete group " + group,
                        Errno.ENODEV)
                .link(0, 0, 0)
                .number(NetlinkMessage.IFLA_GROUP, group);
        socket.execute(batch);
    }

    private void deleteEach(List<Link> devices) throws ErrnoException {
        for (Link device : devices) {
            NetlinkBatch batch = socket.newBatch();
            batch.begin(
                            NetlinkMessage.RTM_DELLINK,
                            Netlink.REQUEST,
                            "delete " + device.name(),
                            Errno.ENODEV)
                    .link(device.index(), 0, 0);
            socket.execute(batch);
        }
    }

    /** The devices of an RTM_GETLINK dump. */
    private static final class LinkList implements Consumer<NetlinkAnswer> {
        private final List<Link> links = new ArrayList<>();
        private boolean consistent = true;

        @Override
        public void accept(NetlinkAnswer answer) {
            consistent &= !answer.has(NetlinkMessage.NLM_F_DUMP_INTR);
            answer.link().ifPresent(links::add);
        }

        /** Whether nothing changed while the kernel told it. */
        boolean isConsistent() {
            return consistent;
        }

        List<Link> ofGroup(int group) {
            return links.stream().filter(link -> link.group() == group).toList();
        }
    }
}
