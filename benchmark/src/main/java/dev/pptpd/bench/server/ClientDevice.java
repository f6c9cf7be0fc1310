package dev.pptpd.bench.server;

import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.linux.Netlink;
import dev.pptpd.linux.TunConfiguration;
import dev.pptpd.linux.TunDevice;
import dev.pptpd.ppp.ipcp.Ipv4Assignment;
import java.io.IOException;

/** The device of a site's first session at the client's end. The others have none. */
final class ClientDevice {
    private static final String NAME = "load0";
    private static final int MTU = 1_400;

    private ClientDevice() {}

    /** A plain one, packet by packet. Packets pass as soon as it is there; the caller closes it. */
    static TunDevice open(Site site) throws IOException {
        return open(site, () -> TunDevice.open(NAME));
    }

    /** One that the kernel exchanges super-packets with. */
    static TunDevice openWithOffloads(Site site) throws IOException {
        return open(site, () -> TunDevice.openWithOffloads(NAME));
    }

    /** How a device is made, inside the namespace. */
    @FunctionalInterface
    private interface Opener {
        TunDevice open() throws ErrnoException;
    }

    private static TunDevice open(Site site, Opener opener) throws IOException {
        Member member = site.fleet().first();
        Ipv4Assignment addresses = member.assignment();
        TunDevice device;
        try {
            device =
                    site.clientHost()
                            .call(() -> {
                                TunDevice opened = opener.open();
                                try (Netlink netlink = Netlink.open()) {
                                    netlink.configure(
                                            opened,
                                            new TunConfiguration(
                                                    addresses.local().value(),
                                                    addresses.peer().value(),
                                                    MTU,
                                                    0));
                                }
                                return opened;
                            });
        } catch (ErrnoException e) {
            throw new IOException(e);
        }
        member.attach(device);
        return device;
    }
}
