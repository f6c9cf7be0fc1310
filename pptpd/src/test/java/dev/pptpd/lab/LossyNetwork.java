package dev.pptpd.lab;

import dev.pptpd.impair.Impairment;
import dev.pptpd.impair.LossyForwarder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A server behind a router that makes a bad path of protocol 47, each direction its own.
 *
 * <pre>
 *  client 10.77.0.11 --- c0 10.77.0.1 [router] s0 10.79.0.1 --- 10.79.0.2 eth0 [server]
 *     [lan] eth0 10.88.0.2 --- 10.88.0.1 lan0 [server]
 * </pre>
 *
 * The client is a guest or a namespace; both are made only when asked for. Further guests are
 * behind c1, c2 and so on of the router, on 10.77.1.0/24, 10.77.2.0/24 ...
 */
final class LossyNetwork implements AutoCloseable {
    static final String SERVER = "10.79.0.2";
    static final String LAN = "10.88.0.0/24";
    static final String LAN_HOST = "10.88.0.2";

    static final String CLIENT = "10.77.0.11";
    private static final String ROUTE_TO_SERVER = "ip route add 10.79.0.0/24 via 10.77.%d.1\n";

    /**
     * A sender that does not take every lost packet for a full path: minutes become seconds. A
     * kernel without it keeps its own.
     */
    private static final String BBR =
            """
            cd /proc/sys/net/ipv4
            if grep -qw bbr tcp_available_congestion_control; then
                echo bbr >tcp_congestion_control
            fi
            """;

    private static final String LOAD_BBR =
            "insmod /usr/lib/uml/modules/$(uname -r)/kernel/net/ipv4/tcp_bbr.ko\n";

    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(30);
    private static final Pattern RECEIVED = Pattern.compile("(\\d+) received");

    private final Namespace router = Namespace.create("router");
    private final Namespace server = Namespace.create("server");
    private final Namespace lan = Namespace.create("lan");

    LossyNetwork() {
        router.veth("s0", server, "eth0");
        server.veth("lan0", lan, "eth0");
        router.address("s0", "10.79.0.1/24");
        server.address("eth0", SERVER + "/24");
        server.address("lan0", "10.88.0.1/24");
        lan.address("eth0", LAN_HOST + "/24");
        server.route("10.77.0.0/16", "10.79.0.1");
        lan.route("default", "10.88.0.1");
        router.forwardIpv4();
        server.forwardIpv4();
        Shell.in(lan).expectSuccess(COMMAND_LIMIT, BBR);
    }

    /** A client that is a guest, which has its kernel's own PPP. */
    Guest guest(Path folder) {
        return guests(1, folder).getFirst();
    }

    /** Several of them, booted together; the first is the one whose path can be impaired. */
    List<Guest> guests(int count, Path folder) {
        List<Guest> guests =
                IntStream.range(0, count).mapToObj(number -> boot(number, folder)).toList();
        for (int number = 0; number < count; number++) {
            guests.get(number).expectSuccess(ROUTE_TO_SERVER.formatted(number) + LOAD_BBR + BBR);
        }
        return guests;
    }

    private Guest boot(int number, Path folder) {
        String device = "c" + number;
        router.tap(device);
        router.address(device, "10.77.%d.1/24".formatted(number));
        return Guest.boot(router, device, "10.77.%d.11/24".formatted(number), folder);
    }

    /** A client that is a namespace, closed by the caller. */
    Namespace namespace() {
        Namespace client = Namespace.create("client");
        router.veth("c0", client, "eth0");
        router.address("c0", "10.77.0.1/24");
        client.address("eth0", CLIENT + "/24");
        Shell.in(client).expectSuccess(COMMAND_LIMIT, ROUTE_TO_SERVER.formatted(0));
        Shell.in(client).expectSuccess(COMMAND_LIMIT, BBR);
        return client;
    }

    Namespace server() {
        return server;
    }

    /** The network behind the server. */
    Namespace lan() {
        return lan;
    }

    /** Impairs what the client sends. */
    LossyForwarder impairToServer(Impairment impairment) {
        return LossyForwarder.start(router, "c0", impairment);
    }

    /** Impairs what the server sends. */
    LossyForwarder impairToClient(Impairment impairment) {
        return LossyForwarder.start(router, "s0", impairment);
    }

    /**
     * Echo requests and replies that were sent and that arrived, each way.
     *
     * @param requests sent by the client
     * @param arrived at the host behind the server, and as many replies sent by it
     * @param replies that arrived at the client
     */
    record Echoes(long requests, long arrived, long replies) {
        double lossToServer() {
            return 1 - (double) arrived / requests;
        }

        double lossToClient() {
            return 1 - (double) replies / arrived;
        }
    }

    /** Pings the host behind the server, two hundred times a second. */
    Echoes ping(Shell client, int requests) {
        long before = echoRequestsAtLanHost();
        String report =
                client.run(
                                COMMAND_LIMIT.plusMillis(requests * 20L),
                                "ping -q -c %d -i 0.005 -W 2 %s".formatted(requests, LAN_HOST))
                        .output();
        Matcher replies = RECEIVED.matcher(report);
        if (!replies.find()) {
            throw new AssertionError("ping: " + report);
        }
        return new Echoes(
                requests, echoRequestsAtLanHost() - before, Long.parseLong(replies.group(1)));
    }

    private long echoRequestsAtLanHost() {
        return icmp(lan, "InEchos");
    }

    /**
     * A counter of ICMP in a namespace.
     *
     * @param name as in /proc/net/snmp, such as {@code InCsumErrors}
     */
    static long icmp(Namespace namespace, String name) {
        List<String[]> rows =
                namespace
                        .command("grep", "^Icmp:", "/proc/net/snmp")
                        .expectSuccess()
                        .lines()
                        .map(line -> line.split(" "))
                        .toList();
        return Long.parseLong(rows.get(1)[List.of(rows.get(0)).indexOf(name)]);
    }

    @Override
    public void close() {
        lan.close();
        server.close();
        router.close();
    }
}
