package dev.pptpd.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.address.Ipv6Network;
import dev.pptpd.discovery.Ipv6Neighbor.Verdict;
import dev.pptpd.ppp.ipv6cp.InterfaceIdentifier;
import dev.pptpd.ppp.ipv6cp.Ipv6Address;
import dev.pptpd.ppp.ipv6cp.Ipv6Identifiers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may send what: A37 of the list of attacks, for IPv6. */
final class Ipv6NeighborTest {
    private static final Ipv6Identifiers IDENTIFIERS =
            new Ipv6Identifiers(new InterfaceIdentifier(1), new InterfaceIdentifier(2));
    private static final Optional<Ipv6Network> PREFIX = Ipv6Network.parse("2001:db8:0:7::/64");
    private static final int TCP = 6;
    private static final int ICMPV6 = 58;

    private final Ipv6Neighbor client =
            Ipv6Neighbor.of(
                    new Ipv6Role.Router(
                            PREFIX,
                            Optional.of(new RouterAdvertisement(1_800, PREFIX, 1_400, List.of()))));
    private final Ipv6Neighbor server = Ipv6Neighbor.of(new Ipv6Role.Host());

    @BeforeEach
    void begin() {
        client.begin(IDENTIFIERS, 0);
        server.begin(IDENTIFIERS, 0);
    }

    @ParameterizedTest
    @CsvSource({
        "fe80::2, PASSES, PASSES",
        "2001:db8:0:7::1, PASSES, PASSES",
        "2001:db8:0:7:ffff:1:2:3, PASSES, PASSES",
        "2001:db8:0:8::1, REFUSED, PASSES",
        "fe80::1, REFUSED, REFUSED",
        "fe80::3, REFUSED, REFUSED",
        "2001:4860::1, REFUSED, PASSES",
        "::1, REFUSED, PASSES",
        "::, REFUSED, PASSES"
    })
    void letsAClientSendFromItsOwnAddressesAlone(
            String source, Verdict fromClient, Verdict fromServer) {
        assertThat(client.receive(packet(source, TCP, 0), 0)).isEqualTo(fromClient);
        assertThat(server.receive(packet(source, TCP, 0), 0)).isEqualTo(fromServer);
    }

    @ParameterizedTest
    @CsvSource({
        "133, TAKEN, REFUSED", // Router Solicitation
        "134, REFUSED, TAKEN", // Router Advertisement
        "135, PASSES, PASSES",
        "136, PASSES, PASSES",
        "137, REFUSED, REFUSED", // Redirect
        "128, PASSES, PASSES"
    })
    void letsNobodyMakeHimselfTheRouter(int type, Verdict fromClient, Verdict fromServer) {
        assertThat(client.receive(packet("fe80::2", ICMPV6, type), 0)).isEqualTo(fromClient);
        assertThat(server.receive(packet("fe80::2", ICMPV6, type), 0)).isEqualTo(fromServer);
    }

    @Test
    void leavesSolicitationsToTheHostWhereNothingIsAdvertised() {
        Ipv6Neighbor plain =
                Ipv6Neighbor.of(new Ipv6Role.Router(Optional.empty(), Optional.empty()));
        plain.begin(IDENTIFIERS, 0);
        assertThat(plain.receive(packet("fe80::2", ICMPV6, 133), 0)).isEqualTo(Verdict.PASSES);
        assertThat(plain.receive(packet("2001:db8:0:7::1", TCP, 0), 0)).isEqualTo(Verdict.REFUSED);
        assertThat(plain.poll()).isNull();
        assertThat(plain.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void letsAHostLookWhetherItsAddressIsFree() {
        assertThat(client.receive(packet("::", ICMPV6, 135), 0)).isEqualTo(Verdict.PASSES);
    }

    @Test
    void refusesEverythingWhileIpv6IsNotUp() {
        client.end();
        assertThat(client.receive(packet("fe80::2", TCP, 0), 0)).isEqualTo(Verdict.REFUSED);
    }

    @Test
    void refusesWhatIsCutOffAndCutsPadding() {
        ByteBuffer whole = packet("fe80::2", TCP, 0);
        for (int octets = 0; octets < whole.capacity(); octets++) {
            assertThat(client.receive(packet("fe80::2", TCP, 0).limit(octets), 0))
                    .isEqualTo(Verdict.REFUSED);
        }
        ByteBuffer padded = ByteBuffer.allocate(100).put(whole).flip().limit(100);
        assertThat(client.receive(padded, 0)).isEqualTo(Verdict.PASSES);
        assertThat(padded.remaining()).isEqualTo(whole.capacity());
        assertThat(client.receive(ByteBuffer.allocate(60).put(0, (byte) 0x45), 0))
                .isEqualTo(Verdict.REFUSED);
    }

    @Test
    void survivesRandomPackets() {
        Random random = new Random(6);
        for (int n = 0; n < 200_000; n++) {
            byte[] octets = new byte[random.nextInt(120)];
            random.nextBytes(octets);
            if (octets.length > 6) {
                octets[0] = 0x60;
                octets[4] = 0;
                octets[5] = (byte) random.nextInt(80);
                octets[6] = (byte) (random.nextBoolean() ? 0 : 58);
            }
            Verdict verdict = client.receive(ByteBuffer.wrap(octets), n);
            assertThat(verdict).isNotEqualTo(Verdict.PASSES);
            server.receive(ByteBuffer.wrap(octets), n);
        }
    }

    private static ByteBuffer packet(String source, int next, int type) {
        ByteBuffer packet = ByteBuffer.allocate(48);
        packet.put(0, (byte) 0x60).putShort(4, (short) 8).put(6, (byte) next).put(7, (byte) 255);
        packet.put(8, Ipv6Address.parse(source).orElseThrow().octets());
        return packet.put(40, (byte) type);
    }
}
