package dev.pptpd.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.address.Ipv6Network;
import dev.pptpd.gre.linux.Errno;
import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.lab.Namespace;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.ppp.ipv6cp.Ipv6Address;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetlinkIT {
    private static final int LOCAL = 0x0A4E0001;
    private static final int PEER = 0x0A4E0064;
    private static final int GROUP = 4_711;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final List<TunDevice> devices = new ArrayList<>();
    private Namespace namespace;
    private Netlink netlink;

    @BeforeEach
    void open() throws ErrnoException {
        namespace = Namespace.create("netlink");
        netlink = namespace.call(Netlink::open);
    }

    @AfterEach
    void remove() {
        netlink.close();
        devices.forEach(TunDevice::close);
        namespace.close();
    }

    @Test
    void findsWhatAPathCarries() throws Exception {
        assertThat(netlink.pathMtu(address("203.0.113.5"))).as("no route").isEmpty();
        bridgeToGateway();
        namespace.ip("link", "set", "lan0", "mtu", "1492");
        namespace.ip("route", "add", "203.0.113.5/32", "dev", "lan0", "mtu", "1300");
        assertThat(netlink.pathMtu(address("203.0.113.5"))).as("the route's own").hasValue(1_300);
        assertThat(netlink.pathMtu(address("192.168.5.7"))).as("the device's").hasValue(1_492);
    }

    @Test
    void knowsTheHostsAddressesAndThoseOfItsNeighbours() throws Exception {
        bridgeToGateway();
        namespace.ip("route", "add", "10.7.0.0/16", "via", "192.168.5.7");
        namespace.ip(
                "route",
                "add",
                "10.8.0.0/16",
                "nexthop",
                "via",
                "192.168.5.8",
                "nexthop",
                "via",
                "192.168.5.6");
        HostNetworks host = netlink.hostNetworks();
        assertThat(host.owner(address("192.168.5.9"))).contains("it is an address of this host");
        for (String gateway : List.of("192.168.5.1", "192.168.5.7", "192.168.5.8", "192.168.5.6")) {
            assertThat(host.owner(address(gateway))).contains("it is a gateway of this host");
        }
        assertThat(host.owner(address("192.168.5.255"))).as("broadcast").isPresent();
        assertThat(host.owner(address("192.168.5.66"))).isEmpty();
        assertThat(host.elsewhere(address("192.168.5.66"), 0))
                .hasToString("Optional[192.168.5.0/24]");
        assertThat(host.elsewhere(address("10.7.0.1"), 0)).as("behind a gateway").isEmpty();
    }

    @Test
    void changesWhatADeviceTakes() throws Exception {
        TunDevice device = configured();
        netlink.changeMtu(device, 1_200);
        assertThat(namespace.ip("link", "show", "ppp0")).contains("mtu 1200");
    }

    @Test
    void configuresADeviceAsIpShowsIt() throws Exception {
        TunDevice device = newDevice();
        netlink.configure(device, new TunConfiguration(LOCAL, PEER, 1_396, GROUP));

        assertThat(namespace.ip("-j", "-d", "addr", "show", "dev", "ppp0"))
                .contains("\"mtu\":1396")
                .contains("\"group\":\"" + GROUP + "\"")
                .contains("\"local\":\"10.78.0.1\",\"address\":\"10.78.0.100\",\"prefixlen\":32")
                .contains("\"UP\"")
                .doesNotContain("\"family\":\"inet6\"");
        assumeThat(Path.of("/proc/sys/net/ipv6")).exists();
        assertThat(namespace.ip("-j", "-d", "link", "show", "dev", "ppp0"))
                .contains("\"inet6_addr_gen_mode\":\"none\"");
    }

    @Test
    void routesThePeersAddressToTheDevice() throws Exception {
        netlink.configure(newDevice(), new TunConfiguration(LOCAL, PEER, 1_396, GROUP));

        assertThat(namespace.ip("route", "get", "10.78.0.100")).contains("dev ppp0 src 10.78.0.1");
    }

    @Test
    void configuresADeviceWithoutIpv6() throws Exception {
        assumeThat(Path.of("/proc/sys/net/ipv6")).exists();
        namespace.command("sysctl", "-q", "-w", "net.ipv6.conf.all.disable_ipv6=1").expectSuccess();
        TunDevice device = newDevice();
        netlink.configure(device, new TunConfiguration(LOCAL, PEER, 576, GROUP));

        assertThat(namespace.ip("-j", "addr", "show", "dev", "ppp0")).contains("\"mtu\":576");
    }

    @Test
    void givesADeviceAddressesAndRoutesOfIpv6() throws Exception {
        assumeThat(Path.of("/proc/sys/net/ipv6")).exists();
        TunDevice device = configured();
        Ipv6Configuration configuration =
                new Ipv6Configuration(
                        List.of(ipv6("fe80::5"), ipv6("2001:db8:0:100::5")),
                        List.of(
                                Ipv6Network.parse("2001:db8:0:101::/64").orElseThrow(),
                                Ipv6Network.parse("2000::/3").orElseThrow()));
        netlink.configureIpv6(device, configuration);

        assertThat(namespace.ip("-6", "-o", "address", "show", "dev", "ppp0"))
                .contains("fe80::5/64 scope link")
                .contains("2001:db8:0:100::5/64 scope global")
                .doesNotContain("tentative");
        assertThat(namespace.ip("-6", "route", "show", "dev", "ppp0"))
                .contains("2001:db8:0:101::/64")
                .contains("2000::/3");
        assertThat(namespace.ip("-6", "route", "get", "2001:db8:0:101::7")).contains("dev ppp0");

        netlink.configureIpv6(device, configuration);
        assertThat(namespace.ip("-6", "-o", "address", "show", "dev", "ppp0").lines())
                .as("what is there stays as it is")
                .hasSize(2);
    }

    @Test
    void namesTheStepThatFailsWhereADeviceHasNoIpv6() throws Exception {
        assumeThat(Path.of("/proc/sys/net/ipv6")).exists();
        TunDevice device = configured();
        netlink.changeMtu(device, 1_200);
        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() ->
                        netlink.configureIpv6(
                                device, new Ipv6Configuration(List.of(ipv6("fe80::5")), List.of())))
                .withMessageContaining("address fe80::5 on ppp0");
    }

    @Test
    void givesADeviceAnotherFarEndAndLeavesItsRoutes() throws Exception {
        TunDevice device = configured();
        netlink.addRoute(
                Ipv4Route.viaDevice(
                        Ipv4Network.parse("10.2.0.0/16").orElseThrow(), device.interfaceIndex()));
        netlink.changePeer(
                device, new Ipv4Address(LOCAL), new Ipv4Address(PEER + 1), address("10.44.0.7"));

        assertThat(namespace.ip("-4", "-o", "address", "show", "dev", "ppp0").lines())
                .singleElement()
                .asString()
                .contains("10.78.0.1 peer 10.44.0.7/32");
        assertThat(namespace.ip("route", "get", "10.44.0.7")).contains("dev ppp0 src 10.78.0.1");
        assertThat(namespace.ip("route", "get", "10.2.0.7")).contains("dev ppp0");
        assertThat(namespace.ip("route", "show")).doesNotContain("10.78.0.101");
    }

    @Test
    void letsManyDevicesShareTheServersAddress() throws Exception {
        configureMany(3);

        assertThat(netlink.links(GROUP))
                .extracting(Link::name)
                .containsExactly("ppp0", "ppp1", "ppp2");
        assertThat(namespace.ip("route", "get", "10.78.0.102")).contains("dev ppp2");
    }

    @Test
    void namesTheStepThatFailedAndTheKernelsReason() throws Exception {
        TunDevice device = newDevice();
        netlink.configure(device, new TunConfiguration(LOCAL, PEER, 1_400, GROUP));

        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() ->
                        netlink.configure(device, new TunConfiguration(LOCAL, PEER, 1_400, GROUP)))
                .withMessageStartingWith(
                        "rtnetlink: EEXIST: address 10.78.0.1 peer 10.78.0.100 on ppp0")
                .satisfies(failure -> assertThat(failure.errno()).isEqualTo(Errno.EEXIST));
        assertThat(netlink.links(GROUP)).as("the exchange stays in step").hasSize(1);
    }

    @Test
    void namesTheDeviceThatIsGone() throws Exception {
        TunDevice device = newDevice();
        namespace.ip("link", "delete", device.name());

        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() ->
                        netlink.configure(device, new TunConfiguration(LOCAL, PEER, 1_400, GROUP)))
                .withMessageContaining("ENODEV")
                .withMessageContaining("on ppp0");
    }

    @Test
    void configuresTheOthersWhereOneOfManyIsGone() throws Exception {
        List<TunSetup> setups = new ArrayList<>();
        for (int number = 0; number < 70; number++) {
            TunDevice device = newDevice();
            TunConfiguration configuration =
                    new TunConfiguration(LOCAL, PEER + number, 1_400, GROUP);
            if (number % 2 == 0) {
                setups.add(TunSetup.whole(device, configuration));
            } else {
                netlink.prepare(device, GROUP);
                setups.add(TunSetup.rest(device, configuration, "vpn%d"));
            }
        }
        namespace.ip("link", "delete", "ppp40");
        namespace.ip("link", "delete", "ppp41");

        List<Optional<ErrnoException>> failures = netlink.configureAll(setups);

        for (int number = 0; number < failures.size(); number++) {
            if (number == 40 || number == 41) {
                assertThat(failures.get(number))
                        .hasValueSatisfying(failure -> {
                            assertThat(failure.errno()).isEqualTo(Errno.ENODEV);
                            assertThat(failure).hasMessageContaining("on ppp4");
                        });
            } else {
                assertThat(failures.get(number)).as("device %d", number).isEmpty();
            }
        }
        assertThat(namespace.ip("-o", "addr", "show", "dev", "ppp42"))
                .contains("10.78.0.1 peer 10.78.0.142/32");
        assertThat(setups.get(1).device().renamed().name()).isEqualTo("vpn0");
        assertThat(netlink.links(GROUP)).as("the exchange stays in step").hasSize(68);
    }

    @Test
    void asksForTheWaysToManyAtOnce() throws Exception {
        bridgeToGateway();
        namespace.ip("route", "add", "203.0.113.5/32", "dev", "lan0", "mtu", "1300");
        namespace.ip("route", "add", "prohibit", "203.0.113.6/32");
        namespace.ip("route", "add", "unreachable", "198.51.100.1/32");

        assertThat(
                        netlink.pathMtus(
                                List.of(
                                        address("203.0.113.5"),
                                        address("203.0.113.6"),
                                        address("192.168.5.7"),
                                        address("198.51.100.1"),
                                        address("192.168.5.7"))))
                .containsExactly(
                        OptionalInt.of(1_300),
                        OptionalInt.empty(),
                        OptionalInt.of(1_500),
                        OptionalInt.empty(),
                        OptionalInt.of(1_500));
    }

    @Test
    void deletesManyTogetherWhereSomeAreGone() throws Exception {
        configureMany(3);
        namespace.ip("link", "delete", "ppp1");

        netlink.deleteTogether(devices, GROUP + 1);
        netlink.deleteTogether(devices, GROUP + 1);

        assertThat(namespace.ip("link")).doesNotContain("ppp");
    }

    @Test
    void listsOnlyTheGroupAskedFor() throws Exception {
        configureMany(2);
        namespace.ip("link", "add", "other0", "type", "bridge");
        namespace.ip("link", "set", "other0", "group", "99");

        assertThat(netlink.links(GROUP)).hasSize(2).allMatch(Link::isTun);
        assertThat(netlink.links(99))
                .singleElement()
                .isEqualTo(new Link(linkIndex("other0"), "other0", 99, "bridge"));
        assertThat(netlink.links(98)).isEmpty();
    }

    @Test
    void deletesAGroupOfFiftyAtOnce_F11() throws Exception {
        configureMany(50);
        assertThat(netlink.links(GROUP)).hasSize(50);
        long start = System.nanoTime();

        assertThat(netlink.deleteGroup(GROUP, TIMEOUT)).isEqualTo(50);

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("one by one it takes the kernel a second")
                .isLessThan(Duration.ofMillis(700));
        assertThat(netlink.links(GROUP)).isEmpty();
        assertThat(namespace.ip("link")).doesNotContain("ppp");
        assertThat(namespace.ip("route", "show", "table", "all")).doesNotContain("ppp");
        assertThat(netlink.deleteGroup(GROUP, TIMEOUT)).isZero();
    }

    @Test
    void leavesDevicesOfTheGroupThatAreNoTun() throws Exception {
        configureMany(3);
        namespace.ip("link", "add", "office0", "type", "bridge");
        namespace.ip("link", "set", "office0", "group", String.valueOf(GROUP));

        assertThat(netlink.deleteGroup(GROUP, TIMEOUT)).isEqualTo(3);

        assertThat(netlink.links(GROUP)).extracting(Link::name).containsExactly("office0");
    }

    @Test
    void listsMoreDevicesThanOneAnswerHolds(@TempDir Path folder) throws Exception {
        StringBuilder batch = new StringBuilder();
        for (int number = 0; number < 200; number++) {
            batch.append("link add d").append(number).append(" group 99 type bridge\n");
        }
        Path commands = Files.writeString(folder.resolve("commands"), batch);
        namespace.ip("-batch", commands.toString());

        assertThat(netlink.links(99)).hasSize(200);
    }

    @Test
    void routesANetworkToADeviceUntilTheDeviceGoes() throws Exception {
        TunDevice device = configured();
        Ipv4Route route = Ipv4Route.viaDevice(network("10.2.0.0/16"), device.interfaceIndex());

        assertThat(netlink.addRoute(route)).isTrue();
        assertThat(namespace.ip("route", "show", "10.2.0.0/16"))
                .contains("10.2.0.0/16 dev ppp0")
                .contains("scope link");
        assertThat(namespace.ip("route", "get", "10.2.3.4")).contains("dev ppp0 src 10.78.0.1");

        device.close();
        assertThat(namespace.ip("route", "show", "table", "all")).doesNotContain("10.2.0.0/16");
    }

    @Test
    void deletesARoute() throws Exception {
        TunDevice device = configured();
        Ipv4Route route = Ipv4Route.viaDevice(network("10.2.0.0/16"), device.interfaceIndex());
        netlink.addRoute(route);

        assertThat(netlink.deleteRoute(route)).isTrue();
        assertThat(namespace.ip("route")).doesNotContain("10.2.0.0/16");
        assertThat(netlink.deleteRoute(route)).as("it is gone already").isFalse();
    }

    @Test
    void leavesARouteThatIsThereAlone() throws Exception {
        TunDevice first = configured();
        TunDevice second = configured();
        netlink.addRoute(Ipv4Route.viaDevice(network("10.2.0.0/16"), first.interfaceIndex()));

        assertThat(
                        netlink.addRoute(
                                Ipv4Route.viaDevice(
                                        network("10.2.0.0/16"), second.interfaceIndex())))
                .isFalse();
        assertThat(namespace.ip("route", "show", "10.2.0.0/16")).contains("dev ppp0");
        assertThat(
                        netlink.deleteRoute(
                                Ipv4Route.viaDevice(
                                        network("10.2.0.0/16"), second.interfaceIndex())))
                .as("the other's route")
                .isFalse();
    }

    @Test
    void namesTheRouteThatTheKernelRefuses() throws Exception {
        TunDevice down = newDevice();
        Ipv4Route route = Ipv4Route.viaDevice(network("10.2.0.0/16"), down.interfaceIndex());

        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> netlink.addRoute(route))
                .withMessageStartingWith("rtnetlink: ENETDOWN: route 10.2.0.0/16 dev #");
        Ipv4Route astray =
                Ipv4Route.viaGateway(
                        network("10.2.0.0/16"), address("192.0.2.1"), down.interfaceIndex());
        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> netlink.addRoute(astray))
                .withMessageStartingWith(
                        "rtnetlink: ENETDOWN: route 10.2.0.0/16 via 192.0.2.1 dev #");
    }

    /** As hosts in clouds have it: one address, and a gateway that is in no network of theirs. */
    @Test
    void pinsAServerBehindAGatewayOutsideOurNetwork() throws Exception {
        namespace.bridge("lan0");
        namespace.address("lan0", "203.0.113.9/32");
        namespace.ip("route", "add", "default", "via", "172.31.1.1", "dev", "lan0", "onlink");
        Ipv4Address server = address("198.51.100.5");

        Ipv4Route pinned = netlink.route(server).orElseThrow().pinned();
        assertThat(netlink.addRoute(pinned)).isTrue();
        assertThat(namespace.ip("route", "show", "198.51.100.5"))
                .contains("via 172.31.1.1 dev lan0")
                .contains("onlink");
        assertThat(netlink.deleteRoute(pinned)).isTrue();
    }

    @Test
    void knowsTheRoutesOfAnEarlierProcessFromThoseOfOthers() throws Exception {
        bridgeToGateway();
        Ipv4Address left = address("203.0.113.5");
        Ipv4Address other = address("203.0.113.6");
        netlink.addRoute(netlink.route(left).orElseThrow().pinned());
        namespace.route(other.toString(), "192.168.5.1");

        try (Netlink later = namespace.call(Netlink::open)) {
            assertThat(later.match(left)).contains(new RouteMatch(32, true));
            assertThat(later.match(other)).contains(new RouteMatch(32, false));
            assertThat(later.match(address("203.0.113.7"))).contains(new RouteMatch(0, false));
            assertThat(later.deleteRoute(later.route(left).orElseThrow().pinned())).isTrue();
            assertThat(later.deleteRoute(later.route(other).orElseThrow().pinned())).isFalse();
        }
        assertThat(namespace.ip("route")).doesNotContain("203.0.113.5").contains("203.0.113.6");
    }

    @Test
    void findsTheRouteToAnAddressAndPinsIt() throws Exception {
        bridgeToGateway();
        Ipv4Address server = address("203.0.113.5");

        RouteLookup found = netlink.route(server).orElseThrow();
        assertThat(found)
                .isEqualTo(
                        new RouteLookup(
                                server,
                                false,
                                linkIndex("lan0"),
                                Optional.of(address("192.168.5.1")),
                                Optional.of(address("192.168.5.9"))));

        TunDevice device = configured();
        assertThat(netlink.addRoute(found.pinned())).isTrue();
        for (String half : List.of("0.0.0.0/1", "128.0.0.0/1")) {
            netlink.addRoute(Ipv4Route.viaDevice(network(half), device.interfaceIndex()));
        }
        assertThat(netlink.route(server).orElseThrow().gateway())
                .as("the tunnel's own packets")
                .contains(address("192.168.5.1"));
        assertThat(netlink.route(address("203.0.113.6")).orElseThrow().interfaceIndex())
                .isEqualTo(device.interfaceIndex());
        assertThat(netlink.deleteRoute(found.pinned())).isTrue();
    }

    @Test
    void findsNeighboursAndOurselves() throws Exception {
        bridgeToGateway();

        RouteLookup neighbour = netlink.route(address("192.168.5.77")).orElseThrow();
        assertThat(neighbour.gateway()).isEmpty();
        assertThat(neighbour.isLocal()).isFalse();
        assertThat(netlink.route(address("192.168.5.9")).orElseThrow().isLocal()).isTrue();
    }

    @Test
    void findsNoRouteWhereThereIsNone() throws Exception {
        assertThat(netlink.route(address("203.0.113.5"))).isEmpty();
        namespace.ip("route", "add", "prohibit", "203.0.113.0/24");
        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> netlink.route(address("203.0.113.5")))
                .withMessageContaining("EACCES: find the route to 203.0.113.5");
    }

    private static Ipv6Address ipv6(String text) {
        return Ipv6Address.parse(text).orElseThrow();
    }

    private void bridgeToGateway() {
        namespace.bridge("lan0");
        namespace.address("lan0", "192.168.5.9/24");
        namespace.route("default", "192.168.5.1");
    }

    private TunDevice configured() throws ErrnoException {
        TunDevice device = newDevice();
        int peer = PEER + devices.size();
        netlink.configure(device, new TunConfiguration(LOCAL, peer, 1_400, GROUP));
        return device;
    }

    private static Ipv4Network network(String text) {
        return Ipv4Network.parse(text).orElseThrow();
    }

    private static Ipv4Address address(String text) {
        return Ipv4Address.parse(text).orElseThrow();
    }

    private int linkIndex(String name) {
        String line = namespace.ip("-o", "link", "show", name);
        return Integer.parseInt(line.substring(0, line.indexOf(':')));
    }

    private void configureMany(int count) throws ErrnoException {
        for (int number = 0; number < count; number++) {
            netlink.configure(
                    newDevice(), new TunConfiguration(LOCAL, PEER + number, 1_400, GROUP));
        }
    }

    private TunDevice newDevice() throws ErrnoException {
        TunDevice device = namespace.call(() -> TunDevice.open("ppp%d"));
        devices.add(device);
        return device;
    }
}
