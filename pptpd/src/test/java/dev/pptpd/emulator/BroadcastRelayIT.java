package dev.pptpd.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pptpd.emulator.Observation.Direction;
import dev.pptpd.emulator.Observation.PacketSeen;
import dev.pptpd.inner.InnerPackets;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code bcrelay eth1}: the broadcasts of a network and of clients reach each other, once.
 *
 * <pre>
 *   clients 10.77.0.10, .11, .12 --- eth0 [server] eth1 10.78.0.1/24 --- 10.78.0.66 [the network]
 *           10.99.0.10, ... ======== 10.99.0.1
 * </pre>
 */
final class BroadcastRelayIT {
    /** A machine that compiles meanwhile takes its time for three logins. */
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final int NETBIOS = 137;
    private static final String EVERYBODY_OF_NETWORK = "10.78.0.255";
    private static final List<EmulatedClient> CLIENTS = new ArrayList<>();

    @TempDir private static Path folder;

    @RegisterExtension
    private static final ServedNetwork network =
            new ServedNetwork(() -> folder, files -> files.conf("bcrelay eth1").conf("debug"));

    @BeforeAll
    static void connect() {
        network.strangers().route("10.99.0.0/24", "10.78.0.1");
        for (int number = 0; number < 3; number++) {
            EmulatedClient client =
                    EmulatedClient.start(
                            network.client(number), ClientProfiles.WINDOWS_7, TestNetwork.GOOD);
            CLIENTS.add(client);
            client.awaitFirstEcho(LIMIT);
        }
    }

    @AfterAll
    static void disconnect() {
        CLIENTS.forEach(EmulatedClient::close);
    }

    @Test
    void clientsHearTheNetworkOnce() throws IOException {
        try (DatagramSocket host = host(NETBIOS)) {
            for (String said : List.of("who is WORKGROUP", "that was all")) {
                byte[] octets = said.getBytes(StandardCharsets.US_ASCII);
                InetAddress everybody = InetAddress.getByName(EVERYBODY_OF_NETWORK);
                host.send(new DatagramPacket(octets, octets.length, everybody, NETBIOS));
            }
        }
        for (EmulatedClient client : CLIENTS) {
            Ipv4Packet last = await(client, "that was all");
            assertThat(last.source()).isEqualTo(address("10.78.0.66"));
            assertThat(last.destination()).isEqualTo(-1);
            assertThat(heard(client, "who is WORKGROUP")).hasSize(1);
        }
    }

    @Test
    void theNetworkAndTheOtherClientsHearAClientOnce() throws IOException {
        EmulatedClient speaker = CLIENTS.getFirst();
        try (DatagramSocket host = host(NETBIOS)) {
            broadcast(speaker, -1, NETBIOS, "I am PC");
            broadcast(speaker, -1, NETBIOS, "I was PC");
            assertThat(receive(host)).isEqualTo("I am PC");
            assertThat(receive(host)).as("and no echo of the first").isEqualTo("I was PC");
        }
        for (EmulatedClient other : CLIENTS.subList(1, 3)) {
            await(other, "I was PC");
            assertThat(heard(other, "I am PC")).hasSize(1);
        }
        speaker.expectPing(LIMIT);
        assertThat(heard(speaker, "I am PC")).as("itself").isEmpty();
    }

    @Test
    void aSearchBySsdpReachesTheNetworkAndItsAnswerTheClient() throws IOException {
        network.namespace().forwardIpv4();
        int port = 1_900;
        try (DatagramSocket host = host(port)) {
            network.strangers()
                    .call(() -> {
                        InetAddress group = InetAddress.getByName("239.255.255.250");
                        host.joinGroup(
                                new InetSocketAddress(group, port),
                                NetworkInterface.getByName("eth0"));
                        return group;
                    });
            broadcast(CLIENTS.getFirst(), address("239.255.255.250"), port, "M-SEARCH * HTTP/1.1");
            DatagramPacket question = next(host);
            byte[] answer = "HTTP/1.1 200 OK".getBytes(StandardCharsets.US_ASCII);
            host.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
            Ipv4Packet heard = await(CLIENTS.getFirst(), "HTTP/1.1 200 OK");
            assertThat(heard.source()).isEqualTo(address("10.78.0.66"));
        }
    }

    @Test
    void whatIsForOneNetworkAloneStaysThere() throws IOException {
        try (DatagramSocket host = host(67)) {
            broadcast(CLIENTS.getFirst(), -1, 67, "an address, please");
            broadcast(CLIENTS.getFirst(), -1, 9, "that was all");
            await(CLIENTS.getLast(), "that was all");
            assertThat(heard(CLIENTS.getLast(), "an address, please")).isEmpty();
            host.setSoTimeout(1);
            assertThatThrownBy(() -> receive(host)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    private static DatagramSocket host(int port) throws IOException {
        return network.strangers()
                .call(() -> {
                    DatagramSocket socket = new DatagramSocket(port);
                    socket.setSoTimeout((int) LIMIT.toMillis());
                    return socket;
                });
    }

    private static String receive(DatagramSocket host) throws IOException {
        DatagramPacket packet = next(host);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
    }

    private static DatagramPacket next(DatagramSocket host) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[1_500], 1_500);
        host.receive(packet);
        return packet;
    }

    private static void broadcast(EmulatedClient client, int destination, int port, String said) {
        client.act(automaton -> {
            DataPath data = automaton.link().network().data();
            byte[] octets = said.getBytes(StandardCharsets.US_ASCII);
            byte[] packet =
                    InnerPackets.udp(data.ownAddress(), port, destination, port, octets).array();
            data.send(Ipv4Packet.decode(Octets.of(packet)).orElseThrow());
        });
    }

    private static Ipv4Packet await(EmulatedClient client, String said) {
        Observation seen = client.journal().await(said, packets(said), LIMIT);
        return ((PacketSeen) seen).packet();
    }

    private static List<Observation> heard(EmulatedClient client, String said) {
        return client.journal().all(packets(said));
    }

    private static Predicate<Observation> packets(String said) {
        return seen ->
                seen instanceof PacketSeen packet
                        && packet.direction() == Direction.RECEIVED
                        && new String(
                                        packet.packet().payload().toArray(),
                                        StandardCharsets.US_ASCII)
                                .endsWith(said);
    }

    private static int address(String text) {
        return Ipv4Address.parse(text).orElseThrow().value();
    }
}
