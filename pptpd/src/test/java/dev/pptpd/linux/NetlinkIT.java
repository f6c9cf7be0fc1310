package dev.pptpd.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pptpd.gre.linux.Errno;
import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.lab.Namespace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
