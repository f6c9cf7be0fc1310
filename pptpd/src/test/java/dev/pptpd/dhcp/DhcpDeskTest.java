package dev.pptpd.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.inner.InnerPackets;
import dev.pptpd.inner.UdpPacket;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DhcpDeskTest {
    private static final Ipv4Address SERVER = address("10.99.0.1");
    private static final DhcpTerms TERMS =
            new DhcpTerms(
                    SERVER,
                    List.of(address("10.1.0.53"), address("10.1.0.54")),
                    List.of(address("10.1.0.7")),
                    "corp.example.com",
                    List.of(network("10.1.0.0/16"), network("192.168.7.128/25")));

    /** RFC 3442: the prefix, as much of the network as that has, the gateway. */
    private static final String ROUTES =
            "10" + "0a01" + "0a630001" + "19" + "c0a80780" + "0a630001";

    private final ByteBuffer answer = ByteBuffer.allocate(DhcpPacket.MAX_OCTETS);

    /** CLIENTS section 1, row 8: what Windows sends first through a tunnel. */
    @Test
    void tellsWindowsItsDomainNameServersAndRoutes() {
        DhcpMessage reply = reply(ByteBuffer.wrap(WindowsInform.packet(WindowsInform.CLIENT)));
        assertThat(reply.isReply()).isTrue();
        assertThat(reply.type()).isEqualTo(5);
        assertThat(reply.transaction()).isEqualTo(WindowsInform.TRANSACTION);
        assertThat(reply.client()).isEqualTo(WindowsInform.CLIENT);
        assertThat(hex(reply, 54)).isEqualTo("0a630001");
        assertThat(hex(reply, 1)).isEqualTo("ffffffff");
        assertThat(hex(reply, 6)).isEqualTo("0a0100350a010036");
        assertThat(hex(reply, 44)).isEqualTo("0a010007");
        assertThat(reply.options().get(15)).asString().isEqualTo("corp.example.com");
        assertThat(hex(reply, 249)).isEqualTo(ROUTES);
        assertThat(reply.options()).as("121 was not asked for").doesNotContainKey(121);
    }

    /** RFC 2131 section 4.3.5: to the address that the client has, and without a lease. */
    @Test
    void answersTheClientAloneAndLeasesNothing() {
        DhcpMessage reply = reply(ByteBuffer.wrap(WindowsInform.packet(WindowsInform.CLIENT)));
        assertThat(UdpPacket.source(answer)).isEqualTo(SERVER.value());
        assertThat(UdpPacket.destination(answer)).isEqualTo(WindowsInform.CLIENT.value());
        assertThat(UdpPacket.sourcePort(answer)).isEqualTo(67);
        assertThat(UdpPacket.destinationPort(answer)).isEqualTo(68);
        assertThat(UdpPacket.isIntact(answer)).isTrue();
        assertThat(UdpPacket.payload(answer).getInt(16)).as("yiaddr").isZero();
        assertThat(reply.options()).doesNotContainKeys(51, 58, 59);
    }

    @Test
    void tellsAllToAClientThatAsksForNothing() {
        DhcpMessage reply = reply(inform(8, 53, 1, 8, 255));
        assertThat(reply.options()).containsOnlyKeys(1, 6, 15, 44, 53, 54, 121, 249);
        assertThat(hex(reply, 121)).isEqualTo(ROUTES);
    }

    @Test
    void tellsOnlyWhatThereIs() {
        DhcpTerms bare = new DhcpTerms(SERVER, List.of(), List.of(), "", List.of());
        assertThat(DhcpDesk.answer(inform(8, 53, 1, 8, 255), bare, answer)).isTrue();
        assertThat(decoded().options()).containsOnlyKeys(1, 53, 54);
    }

    @ParameterizedTest
    @CsvSource({
        "255.255.255.255, 68, 67, true",
        "10.99.0.1, 68, 67, true",
        "10.99.0.2, 68, 67, false",
        "10.99.0.1, 67, 67, false",
        "255.255.255.255, 68, 68, false",
        "255.255.255.255, 137, 137, false"
    })
    void knowsWhatIsForTheServer(String destination, int from, int to, boolean isForServer) {
        ByteBuffer packet = ByteBuffer.wrap(WindowsInform.packet(WindowsInform.CLIENT));
        packet.putInt(16, address(destination).value());
        packet.putShort(20, (short) from).putShort(22, (short) to);
        assertThat(DhcpPacket.isForServer(packet, SERVER.value())).isEqualTo(isForServer);
    }

    @Test
    void leavesOtherMessagesToTheHost() {
        for (int type = 0; type < 256; type++) {
            assertThat(DhcpDesk.answer(inform(type, 53, 1, type, 255), TERMS, answer.clear()))
                    .isEqualTo(type == 8);
        }
    }

    @Test
    void answersNobodyInAnothersName() {
        ByteBuffer packet = ByteBuffer.wrap(WindowsInform.packet(WindowsInform.CLIENT));
        assertThat(answers(packet.duplicate().putInt(40, address("10.99.0.11").value()))).isFalse();
        assertThat(answers(packet.duplicate().putInt(40, 0))).as("no ciaddr").isTrue();
        assertThat(answers(packet.duplicate().putInt(52, SERVER.value()))).as("relayed").isFalse();
        assertThat(answers(packet.duplicate().put(28, (byte) 2))).as("a reply").isFalse();
    }

    private boolean answers(ByteBuffer packet) {
        return DhcpDesk.answer(packet, TERMS, answer.clear());
    }

    @Test
    void fitsIntoItsRoomHoweverMuchThereIsToTell() {
        List<Ipv4Network> many =
                IntStream.range(0, 28)
                        .mapToObj(index -> network("10." + index + ".1.1/32"))
                        .toList();
        DhcpTerms full =
                new DhcpTerms(SERVER, TERMS.dns(), TERMS.dns(), "a.".repeat(126) + "b", many);
        assertThat(DhcpDesk.answer(inform(8, 53, 1, 8, 255), full, answer)).isTrue();
        assertThat(decoded().options().get(121)).hasSize(252);
    }

    @Test
    void readsItsRoutesBack() {
        byte[] value = HexFormat.of().parseHex(ROUTES);
        assertThat(DhcpRoutes.decode(value)).contains(TERMS.routes());
        for (int length = 1; length < value.length; length++) {
            Optional<List<Ipv4Network>> cut = DhcpRoutes.decode(Arrays.copyOf(value, length));
            assertThat(cut.isPresent()).as("%d octets", length).isEqualTo(length == 7);
        }
        assertThat(DhcpRoutes.decode(new byte[] {33, 1, 2, 3, 4, 5, 1, 2, 3, 4})).isEmpty();
        assertThat(DhcpRoutes.decode(new byte[5])).contains(List.of(Ipv4Network.ALL));
    }

    @Test
    void survivesRoutesOfNoise() {
        Random random = new Random(4);
        for (int round = 0; round < 100_000; round++) {
            byte[] value = new byte[random.nextInt(40)];
            random.nextBytes(value);
            DhcpRoutes.decode(value)
                    .ifPresent(routes ->
                            assertThat(DhcpRoutes.octets(routes)).isEqualTo(value.length));
        }
    }

    private DhcpMessage reply(ByteBuffer packet) {
        assertThat(DhcpDesk.answer(packet, TERMS, answer)).isTrue();
        return decoded();
    }

    private DhcpMessage decoded() {
        return DhcpMessage.decode(UdpPacket.payload(answer)).orElseThrow();
    }

    private static ByteBuffer inform(int transaction, int... options) {
        ByteBuffer message = WindowsInform.with(options).putInt(4, transaction);
        return InnerPackets.udp(
                WindowsInform.CLIENT.value(), 68, -1, 67, InnerPackets.octets(message));
    }

    private static String hex(DhcpMessage message, int option) {
        return HexFormat.of().formatHex(Objects.requireNonNull(message.options().get(option)));
    }

    private static Ipv4Address address(String text) {
        return Ipv4Address.parse(text).orElseThrow();
    }

    private static Ipv4Network network(String text) {
        return Ipv4Network.parse(text).orElseThrow();
    }
}
