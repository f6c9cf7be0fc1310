package dev.pptpd.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pptpd.lab.Drops;
import dev.pptpd.lab.LogEvent;
import dev.pptpd.lab.Namespace;
import dev.pptpd.lab.ServerFiles;
import dev.pptpd.lab.ServerProcess;
import dev.pptpd.lab.TcpCounters;
import dev.pptpd.lab.TcpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The same octets through every mode of a tunnel: TCP over IPv4 and IPv6, and datagrams with and
 * without fragments, each way, compared by SHA-256. No packet is lost on the way. The server is the
 * built one, with super-packets and without; our client, which always has them, runs in this
 * process.
 *
 * <pre>
 *  [ server ] 10.77.0.1 ------ 10.77.0.2 c0 [ client ] c1 10.77.1.2 ------ 10.77.1.1 [ nooffload ]
 * </pre>
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class TransfersInEveryModeIT {
    private static final Duration UP_LIMIT = Duration.ofSeconds(15);
    private static final int TCP_OCTETS = 3_000_000;
    private static final int TCP_PORT = 5_001;

    /**
     * Less than the queue of a device without super-packets, which TCP overflows for good else: it
     * learns of a queue by its losses.
     */
    private static final int WINDOW_OCTETS = 256 * 1_024;

    private static final int UDP_PORT = 5_002;
    private static final int UDP_SILENCE_MILLIS = 5_000;
    private static final int UDP_ROUNDS = 10;

    /** Alone, as large as the device takes and one more, in some fragments, and in six. */
    private static final int[] BESIDE_MTU = {-28, -27, 1, 700, 5_000};

    private static final Executor OWN_THREAD = task -> Thread.ofPlatform().daemon().start(task);

    @TempDir private static Path folder;
    private static Namespace clientHost;
    private static Served withOffloads;
    private static Served without;
    private static Path password;

    /** A server in a namespace of its own. */
    private record Served(Namespace host, String address, ServerProcess process)
            implements AutoCloseable {
        static Served start(String device, String network, UnaryOperator<ServerFiles> changes)
                throws IOException {
            Namespace host = Namespace.create("server");
            host.patientTcp();
            clientHost.veth(device, host, "eth0");
            clientHost.address(device, network + ".2/24");
            host.address("eth0", network + ".1/24");
            ServerFiles files =
                    ServerFiles.in(Files.createDirectory(folder.resolve(device)))
                            .withoutOption("require-mppe-128")
                            .option("require-mppe")
                            .option("+ipv6")
                            .option("mtu 1500")
                            .option("mru 1500")
                            .secret("stateless * secret * -- mppe required")
                            .secret("stateful * secret * -- mppe required,stateful")
                            .secret("clear * secret * -- nomppe");
            return new Served(
                    host, network + ".1", ServerProcess.start(host, changes.apply(files)));
        }

        @Override
        public void close() {
            process.close();
            host.close();
        }
    }

    @BeforeAll
    static void serve() throws IOException {
        clientHost = Namespace.create("client");
        clientHost.patientTcp();
        password = Files.writeString(folder.resolve("password"), ServerFiles.PASSWORD + "\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        withOffloads = Served.start("c0", "10.77.0", files -> files);
        without = Served.start("c1", "10.77.1", files -> files.conf("nooffload"));
    }

    @AfterAll
    static void end() {
        without.close();
        withOffloads.close();
        clientHost.close();
    }

    @ParameterizedTest
    @CsvSource({
        "stateless, --require-mppe-128, 128-stateless",
        "stateless, --require-mppe-56, 56-stateless",
        "stateless, --require-mppe-40, 40-stateless",
        "stateful, --require-mppe-128, 128-stateful",
        "stateful, --require-mppe-56, 56-stateful",
        "stateful, --require-mppe-40, 40-stateful",
        "clear, --no-mppe, none"
    })
    void carriesEveryOctetEncrypted(String user, String flag, String mode) throws Exception {
        for (Served served : List.of(withOffloads, without)) {
            LogEvent up = transfer(served, user, 1_400, flag, "--mppe-stateful", "--ipv6");
            assertThat(up.field("mppe")).isEqualTo(mode);
        }
    }

    /** As large as asked for, but no larger than what a packet of the wire carries. */
    @ParameterizedTest
    @CsvSource({"576, 576", "1000, 1000", "1280, 1280", "1500, 1456"})
    void carriesEveryOctetInPacketsOfEverySize(String asked, int mtu) throws Exception {
        for (Served served : List.of(withOffloads, without)) {
            transfer(served, ServerFiles.USER, mtu, "--mtu", asked);
        }
    }

    private static LogEvent transfer(Served served, String user, int mtu, String... flags)
            throws Exception {
        String[] words = {served.address(), "--user", user, "--password-file", "" + password};
        String[] all = Arrays.copyOf(words, words.length + flags.length);
        System.arraycopy(flags, 0, all, words.length, flags.length);
        var arguments =
                ((ClientArguments.Request.Connect) ClientArguments.parse("", all)).arguments();
        int earlier = served.process().events(LogEvent.SESSION_UP).size();
        Client client = clientHost.call(() -> Client.open(arguments));
        CompletableFuture<AttemptEnd> end =
                CompletableFuture.supplyAsync(() -> clientHost.call(client::run), OWN_THREAD);
        try {
            await().atMost(UP_LIMIT).until(() -> isUp(served, earlier));
            exchange(served, mtu, arguments.ipv6());
            return served.process().events(LogEvent.SESSION_UP).get(earlier);
        } finally {
            client.stop();
            end.get(UP_LIMIT.toSeconds(), TimeUnit.SECONDS);
            await().atMost(UP_LIMIT).until(() -> served.host().devices("ppp").isEmpty());
        }
    }

    private static boolean isUp(Served served, int earlier) {
        return served.process().events(LogEvent.SESSION_UP).size() > earlier
                && !clientHost.devices("ppp").isEmpty();
    }

    private static void exchange(Served served, int mtu, boolean ipv6) throws Exception {
        assertThat(clientHost.ip("link", "show", "dev", "ppp0")).contains("mtu " + mtu);
        long dropsBefore = Drops.of(clientHost) + Drops.of(served.host());
        tcp(served, ipv6);
        expectNothingSentAgain(clientHost);
        expectNothingSentAgain(served.host());
        datagrams(served, mtu);
        assertThat(Drops.of(clientHost) + Drops.of(served.host())).isEqualTo(dropsBefore);
    }

    private static void tcp(Served served, boolean ipv6) throws Exception {
        tcp(served, InetAddress.getByName(ServerFiles.LOCAL_ADDRESS));
        if (ipv6) {
            tcp(served, linkLocalAddress(served));
        }
    }

    /** The server's, at the client's device. */
    private static InetAddress linkLocalAddress(Served served) throws IOException {
        served.process().awaitEvent("ipv6-up", event -> true, UP_LIMIT);
        await().atMost(UP_LIMIT).until(() -> !linkLocal(served.host()).isBlank());
        int index = clientHost.call(() -> NetworkInterface.getByName("ppp0").getIndex());
        String text = linkLocal(served.host()).replaceFirst("(?s).* inet6 ([0-9a-f:]+).*", "$1");
        return Inet6Address.getByAddress(null, InetAddress.getByName(text).getAddress(), index);
    }

    private static String linkLocal(Namespace host) {
        return host.ip("-6", "-o", "address", "show", "dev", "ppp0", "scope", "link");
    }

    private static void tcp(Served served, InetAddress server) throws Exception {
        try (ServerSocket listener = served.host().call(TransfersInEveryModeIT::listen)) {
            TcpExchange.expectEqual(listener, () -> connect(server), TCP_OCTETS);
        }
    }

    private static ServerSocket listen() throws IOException {
        ServerSocket listener = new ServerSocket();
        listener.setReceiveBufferSize(WINDOW_OCTETS);
        listener.bind(new InetSocketAddress(TCP_PORT));
        return listener;
    }

    private static Socket connect(InetAddress server) throws IOException {
        return clientHost.call(() -> {
            Socket socket = new Socket();
            socket.setReceiveBufferSize(WINDOW_OCTETS);
            socket.connect(new InetSocketAddress(server, TCP_PORT));
            return socket;
        });
    }

    private static void expectNothingSentAgain(Namespace host) throws IOException {
        TcpCounters tcp = TcpCounters.of(host);
        assertThat(tcp.segmentsRepeated()).as("%s: %s", host, tcp).isZero();
        assertThat(tcp.outOfOrder()).as("%s: %s", host, tcp).isZero();
    }

    /** Each comes back before the next one leaves. */
    private static void datagrams(Served served, int mtu) throws Exception {
        MessageDigest sent = MessageDigest.getInstance("SHA-256");
        MessageDigest returned = MessageDigest.getInstance("SHA-256");
        SplittableRandom random = new SplittableRandom(mtu);
        InetSocketAddress far = new InetSocketAddress(ServerFiles.LOCAL_ADDRESS, UDP_PORT);
        CompletableFuture<Integer> echoed;
        try (DatagramSocket echo = served.host().call(() -> new DatagramSocket(UDP_PORT));
                DatagramSocket socket = clientHost.call(() -> new DatagramSocket())) {
            echoed = CompletableFuture.supplyAsync(() -> sendBack(echo), OWN_THREAD);
            socket.setSoTimeout(UDP_SILENCE_MILLIS);
            for (int round = 0; round < UDP_ROUNDS; round++) {
                for (int beside : BESIDE_MTU) {
                    byte[] octets = new byte[mtu + beside];
                    random.nextBytes(octets);
                    sent.update(octets);
                    socket.send(new DatagramPacket(octets, octets.length, far));
                    DatagramPacket answer = new DatagramPacket(new byte[10_000], 10_000);
                    socket.receive(answer);
                    returned.update(answer.getData(), 0, answer.getLength());
                }
            }
        }
        assertThat(returned.digest()).isEqualTo(sent.digest());
        assertThat(echoed.get(UP_LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isEqualTo(UDP_ROUNDS * BESIDE_MTU.length);
    }

    /** Until the socket is closed; returns how many there were. */
    private static int sendBack(DatagramSocket socket) {
        int datagrams = 0;
        DatagramPacket packet = new DatagramPacket(new byte[10_000], 10_000);
        try {
            while (true) {
                packet.setLength(10_000);
                socket.receive(packet);
                socket.send(packet);
                datagrams++;
            }
        } catch (IOException e) {
            if (!socket.isClosed()) {
                throw new UncheckedIOException(e);
            }
            return datagrams;
        }
    }
}
