package dev.pptpd.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.lab.Namespace;
import dev.pptpd.linux.Ipv4Route;
import dev.pptpd.linux.Netlink;
import dev.pptpd.linux.TunConfiguration;
import dev.pptpd.linux.TunDevice;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The route past the tunnel among those that are there already.
 *
 * <pre>
 *   [ client ] 192.168.5.9 --- lan0 --- 192.168.5.1 or .2 --- server 203.0.113.5
 * </pre>
 */
final class ServerPinIT {
    private static final String ADDRESS = "203.0.113.5";
    private static final Ipv4Address SERVER = Ipv4Address.parse(ADDRESS).orElseThrow();

    private Namespace namespace;
    private Netlink netlink;
    private ServerPin pin;

    @BeforeEach
    void build() throws ErrnoException {
        namespace = Namespace.create("pin");
        namespace.bridge("lan0");
        namespace.address("lan0", "192.168.5.9/24");
        namespace.route("default", "192.168.5.1");
        netlink = namespace.call(Netlink::open);
        pin = new ServerPin(netlink);
    }

    @AfterEach
    void remove() {
        netlink.close();
        namespace.close();
    }

    @Test
    void replacesTheRouteOfAClientThatWasKilledAndRemovesItAtTheEnd() throws ErrnoException {
        new ServerPin(netlink).set(SERVER);
        namespace.ip("route", "replace", "default", "via", "192.168.5.2");

        pin.set(SERVER);
        assertThat(routeToServer()).contains("via 192.168.5.2");
        pin.remove();
        assertThat(routeToServer()).isEmpty();
    }

    @Test
    void leavesTheRouteOfSomebodyElse() throws ErrnoException {
        namespace.route(ADDRESS, "192.168.5.2");
        pin.set(SERVER);
        pin.remove();
        assertThat(routeToServer()).contains("via 192.168.5.2");
    }

    @Test
    void leavesTheRouteOfAClientWhoseTunnelLeadsThere() throws ErrnoException {
        pin.set(SERVER);
        TunDevice device = namespace.call(() -> TunDevice.open("ppp%d"));
        try {
            netlink.configure(device, new TunConfiguration(0x0A63000A, 0x0A630001, 1_400, 0));
            netlink.addRoute(
                    Ipv4Route.viaDevice(
                            Ipv4Network.parse("128.0.0.0/1").orElseThrow(),
                            device.interfaceIndex()));

            ServerPin second = new ServerPin(netlink);
            second.set(SERVER);
            second.remove();
            assertThat(routeToServer()).contains("via 192.168.5.1");
        } finally {
            device.close();
        }
        pin.remove();
        assertThat(routeToServer()).isEmpty();
    }

    private String routeToServer() {
        return namespace.ip("route", "show", ADDRESS);
    }
}
