package dev.pptpd.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * IPv6 through the tunnel, encrypted: pppd with the guest's kernel, and our own client.
 *
 * <pre>
 *   guest 2001:db8:0:1xx::/64 ======= [server] lan0 2001:db8:1::1 --- 2001:db8:1::2 eth0 [lan]
 * </pre>
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class Ipv6IT {
    private static final String IPV6_UP = "ipv6-up";
    private static final Duration LOG_LIMIT = Duration.ofSeconds(15);
    private static final Duration ADDRESS_LIMIT = Duration.ofSeconds(15);
    private static final Duration PING_LIMIT = Duration.ofSeconds(20);
    private static final Duration SEGMENTS_LIMIT = Duration.ofSeconds(20);
    private static final String PREFIX = "2001:db8:0:100:";
    private static final String LAN = "2001:db8:1::/64";
    private static final String LAN_ROUTER = "2001:db8:1::1";
    private static final String LAN_HOST = "2001:db8:1::2";
    private static final int PORT = 8_080;

    /** Behind an IPv6 header without extensions. */
    private static final String SYNS = "ip6 proto 6 and ip6[53] & 2 != 0";

    private static final String FIRST_SYN = "ip6 proto 6 and ip6[53] & 18 == 2";
    private static final String ANSWER = "ip6 proto 6 and ip6[53] & 18 == 18";

    @TempDir private static Path guestFolder;
    private static GuestNetwork network;

    @TempDir private Path folder;
    private ServerProcess server;

    @BeforeAll
    static void build() {
        network = GuestNetwork.build(guestFolder);
        network.guest()
                .expectSuccess("insmod /usr/lib/uml/modules/$(uname -r)/kernel/net/ipv6/ipv6.ko");
    }

    @AfterAll
    static void remove() {
        if (network != null) {
            network.close();
        }
    }

    @BeforeEach
    void serve() {
        ServerFiles files =
                ServerFiles.in(folder)
                        .option("+ipv6")
                        .conf("ipv6prefix 2001:db8:0:100::/56")
                        .conf("ipv6dns 2001:db8::53");
        server = ServerProcess.start(network.server(), files);
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void carriesIpv6OfPppdAndGivesItAPrefix() {
        PptpLinuxClient client = network.client(PppdEncryption.MPPE_128, "novj novjccomp +ipv6");
        client.connect(ServerFiles.USER, ServerFiles.PASSWORD);
        LogEvent up = server.awaitEvent(IPV6_UP, event -> true, LOG_LIMIT);
        assertThat(up.field("prefix")).isEqualTo(PREFIX + ":/64");
        assertThat(client.log()).contains("rcvd [IPV6CP ConfAck");

        network.guest().expectSuccess(PING_LIMIT, ping(up.field("local") + "%ppp0"));
        expectPing(up.field("remote") + "%" + up.device());
        expectPing(addressOfGuest());
        client.hangUp();
    }

    @Test
    void carriesIpv6OfOurClientAndGivesItAPrefix() {
        try (Namespace far = Namespace.create("client")) {
            far.veth("c0", network.server(), "s0");
            far.address("c0", "10.76.0.2/24");
            network.server().address("s0", "10.76.0.1/24");
            Path dns = folder.resolve("resolv.conf");
            try (ClientProcess pptp =
                    ClientProcess.launch(
                            far,
                            folder,
                            ServerFiles.PASSWORD,
                            "10.76.0.1",
                            "--ipv6",
                            "--dns",
                            dns.toString())) {
                pptp.awaitConnected();
                LogEvent up = server.awaitEvent(IPV6_UP, event -> true, LOG_LIMIT);
                Poll.until(
                        ADDRESS_LIMIT,
                        () ->
                                pptp.events(IPV6_UP).stream()
                                        .anyMatch(event -> event.ip().contains(PREFIX)),
                        () -> "an address of the prefix: " + pptp.lines());
                LogEvent own = pptp.events(IPV6_UP).getLast();
                far.command(words(ping(up.field("local") + "%" + own.device()))).expectSuccess();
                expectPing(up.field("remote") + "%" + up.device());
                expectPing(own.ip().split(",", 2)[1]);
                assertThat(dns).content().contains("nameserver 2001:db8::53\n");
            }
        }
    }

    /** Both ends ask for the segments of an Ethernet; neither gets larger ones than fit. */
    @Test
    void keepsConnectionsToSegmentsThatFitOnBothSides() throws IOException {
        PptpLinuxClient client = network.client(PppdEncryption.MPPE_128, "novj novjccomp +ipv6");
        client.connect(ServerFiles.USER, ServerFiles.PASSWORD);
        addressOfGuest();
        try (Namespace lan = lan();
                ServerSocket host = lan.call(() -> new ServerSocket(PORT))) {
            assertThat(host.isBound()).isTrue();
            OutputLines onTheLan = syns(lan);

            List<String> inTheTunnel = connectFromGuest().lines().toList();

            assertThat(inTheTunnel).hasSize(2);
            assertThat(inTheTunnel.get(0)).contains("Flags [S],", "mss 1440");
            assertThat(inTheTunnel.get(1)).contains("Flags [S.],", "mss 1340");
            assertThat(onTheLan.await(SEGMENTS_LIMIT, line -> with(line, "Flags [S],")))
                    .hasValueSatisfying(syn -> assertThat(syn).contains("mss 1340"));
            assertThat(onTheLan.await(SEGMENTS_LIMIT, line -> with(line, "Flags [S.],")))
                    .hasValueSatisfying(answer -> assertThat(answer).contains("mss 1440"));
        } finally {
            // The kernel takes its time with a namespace, and the address there would be the one
            // that later pings come from.
            network.server().command("ip", "link", "delete", "lan0").run();
        }
        client.hangUp();
    }

    private static Namespace lan() {
        Namespace lan = Namespace.create("lan");
        network.server().veth("lan0", lan, "eth0");
        network.server().ip("address", "add", LAN_ROUTER + "/64", "dev", "lan0", "nodad");
        lan.ip("address", "add", LAN_HOST + "/64", "dev", "eth0", "nodad");
        lan.ip("route", "add", "default", "via", LAN_ROUTER);
        network.server().forwardIpv6();
        return lan;
    }

    /** What tcpdump says of them, once it listens. */
    private static OutputLines syns(Namespace lan) {
        OutputLines seen =
                OutputLines.of(
                        lan.command("tcpdump", "-i", "eth0", "-n", "-l", "-Z", "root", SYNS)
                                .start()
                                .getInputStream());
        assertThat(seen.await(LOG_LIMIT, line -> with(line, "listening"))).isPresent();
        return seen;
    }

    private static Optional<String> with(String line, String text) {
        return Optional.of(line).filter(some -> some.contains(text));
    }

    /** The SYN that leaves and the one that comes, as the guest's device sees them. */
    private static String connectFromGuest() {
        return network.guest()
                .expectSuccess(
                        SEGMENTS_LIMIT,
                        """
                        ip -6 route replace %s dev ppp0 advmss 1440
                        tcpdump -i ppp0 -n -l -Z root -c 1 '%s' >/run/syn 2>/run/tcpdump.1 &
                        tcpdump -i ppp0 -n -l -Z root -c 1 '%s' >/run/answer 2>/run/tcpdump.2 &
                        exec 8<>/run/never
                        until grep -q listening /run/tcpdump.1 &&
                            grep -q listening /run/tcpdump.2; do
                            read -r -t 0.1 -u 8 || :
                        done
                        exec 3<>/dev/tcp/%s/%d
                        wait
                        cat /run/syn /run/answer
                        """
                                .formatted(LAN, FIRST_SYN, ANSWER, LAN_HOST, PORT));
    }

    /** What the guest's kernel makes of the advertised prefix. */
    private String addressOfGuest() {
        return network.guest()
                .expectSuccess(
                        ADDRESS_LIMIT,
                        """
                        exec 8<>/run/never
                        until ip -6 -o address show dev ppp0 scope global | grep -q inet6; do
                            read -r -t 0.1 -u 8 || :
                        done
                        ip -6 -o address show dev ppp0 scope global \
                            | sed 's/.* inet6 \\([0-9a-f:]*\\).*/\\1/' | head -n 1
                        """);
    }

    private static void expectPing(String address) {
        network.server().command(words(ping(address))).expectSuccess();
    }

    private static String ping(String address) {
        return "ping -6 -n -q -c 3 -i 0.2 -w 10 " + address;
    }

    private static String[] words(String command) {
        return Arrays.stream(command.split(" ")).toArray(String[]::new);
    }
}
