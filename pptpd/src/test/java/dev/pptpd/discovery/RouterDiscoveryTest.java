package dev.pptpd.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.address.Ipv6Network;
import dev.pptpd.ppp.ipv6cp.InterfaceIdentifier;
import dev.pptpd.ppp.ipv6cp.Ipv6Address;
import dev.pptpd.ppp.ipv6cp.Ipv6Identifiers;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 4861 section 6 from both ends of a tunnel, with a simulated clock. */
final class RouterDiscoveryTest {
    private static final Ipv6Identifiers OF_ROUTER =
            new Ipv6Identifiers(new InterfaceIdentifier(1), new InterfaceIdentifier(2));
    private static final Ipv6Identifiers OF_HOST =
            new Ipv6Identifiers(new InterfaceIdentifier(2), new InterfaceIdentifier(1));
    private static final RouterAdvertisement ADVERTISEMENT =
            new RouterAdvertisement(
                    RouterAdvertisement.ROUTER_SECONDS,
                    Ipv6Network.parse("2001:db8:0:7::/64"),
                    1_400,
                    List.of(address("2001:db8::53"), address("2001:db8::54")));

    private final RouterAdvertiser router = new RouterAdvertiser(ADVERTISEMENT);
    private final RouterSolicitor host = new RouterSolicitor();
    private long nowNanos = -TimeUnit.DAYS.toNanos(1);

    @Test
    void writesTheAdvertisementOctetByOctet() {
        byte[] packet = ADVERTISEMENT.encode(address("fe80::1"));
        assertThat(HexFormat.of().formatHex(packet, 0, 42))
                .isEqualTo(
                        "6000000000603aff"
                                + "fe800000000000000000000000000001"
                                + "ff020000000000000000000000000001"
                                + "8600");
        assertThat(HexFormat.of().formatHex(packet, 44, packet.length))
                .isEqualTo(
                        "400007080000000000000000"
                                + "0304404000278d0000093a8000000000"
                                + "20010db8000000070000000000000000"
                                + "0501000000000578"
                                + "1905000000000708"
                                + "20010db8000000000000000000000053"
                                + "20010db8000000000000000000000054");
    }

    @Test
    void readsWhatItWrites() {
        for (RouterAdvertisement one :
                List.of(
                        ADVERTISEMENT,
                        new RouterAdvertisement(0, Optional.empty(), 0, List.of()))) {
            ByteBuffer packet = ByteBuffer.wrap(one.encode(address("fe80::1")));
            assertThat(RouterAdvertisement.decode(packet)).contains(one);
        }
    }

    @Test
    void readsNoAdvertisementThatIsCutOffAnywhere() {
        byte[] packet = ADVERTISEMENT.encode(address("fe80::1"));
        for (int octets = 0; octets < packet.length; octets++) {
            ByteBuffer cut = ByteBuffer.wrap(Arrays.copyOf(packet, octets));
            assertThat(RouterAdvertisement.decode(cut)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "7, 64", // a router passed it on
        "6, 17", // UDP
        "8, 32", // not from the link
        "40, 135", // another message
        "41, 1", // another code
        "42, 0", // a wrong checksum
        "57, 0", // an option of length zero
        "57, 255" // an option behind the end
    })
    void doesNotBelieveEveryAdvertisement(int at, int octet) {
        byte[] packet = ADVERTISEMENT.encode(address("fe80::1"));
        packet[at] = (byte) octet;
        assertThat(RouterAdvertisement.decode(ByteBuffer.wrap(packet))).isEmpty();
    }

    @Test
    void survivesRandomOctetsInTheOptions() {
        Random random = new Random(48_61);
        int read = 0;
        for (int n = 0; n < 100_000; n++) {
            ByteBuffer message = ByteBuffer.allocate(16 + 8 * random.nextInt(6));
            random.nextBytes(message.array());
            message.put(0, (byte) Icmpv6.ROUTER_ADVERTISEMENT).put(1, (byte) 0);
            for (int at = 17; at < message.capacity(); at += 8) {
                message.put(at, (byte) random.nextInt(6));
                message.put(at - 1, (byte) (random.nextBoolean() ? 3 : 25));
            }
            byte[] packet = Icmpv6.encode(address("fe80::1"), Ipv6Address.ALL_NODES, message);
            read += RouterAdvertisement.decode(ByteBuffer.wrap(packet)).isPresent() ? 1 : 0;
        }
        assertThat(read).isBetween(1_000, 99_000);
    }

    @Test
    void tellsTheHostWhenIpv6ComesUpAndOnceWhatIsNew() {
        host.begin(OF_HOST, nowNanos);
        router.begin(OF_ROUTER, nowNanos);
        host.receive(ByteBuffer.wrap(polled(router)), nowNanos);
        assertThat(host.takeNews()).contains(ADVERTISEMENT);
        assertThat(host.takeNews()).isEmpty();
        assertThat(host.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
        router.receive(ByteBuffer.wrap(polled(host)), nowNanos);
        host.receive(ByteBuffer.wrap(polled(router)), nowNanos);
        assertThat(host.takeNews()).as("the same again").isEmpty();
    }

    @Test
    void asksThreeTimesAndThenNoMore() {
        host.begin(OF_HOST, nowNanos);
        for (int n = 0; n < 3; n++) {
            assertThat(HexFormat.of().formatHex(polled(host), 24, 42))
                    .isEqualTo("ff0200000000000000000000000000028500");
            assertThat(host.poll()).isNull();
            nowNanos += TimeUnit.SECONDS.toNanos(4);
            host.onTimeout(nowNanos);
        }
        assertThat(host.poll()).isNull();
        assertThat(host.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void advertisesThreeTimesSoonAndThenEveryTenMinutes() {
        router.begin(OF_ROUTER, nowNanos);
        for (long wait : new long[] {16, 16, 600, 600}) {
            polled(router);
            assertThat(router.nextDeadlineNanos())
                    .isEqualTo(nowNanos + TimeUnit.SECONDS.toNanos(wait));
            nowNanos = router.nextDeadlineNanos();
            router.onTimeout(nowNanos);
        }
        router.end();
        assertThat(router.poll()).isNull();
        assertThat(router.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void answersOneQuestionInASecondAtMost() {
        host.begin(OF_HOST, nowNanos);
        byte[] question = polled(host);
        router.begin(OF_ROUTER, nowNanos);
        polled(router);
        router.receive(ByteBuffer.wrap(question), nowNanos);
        polled(router);
        for (int n = 0; n < 9; n++) {
            nowNanos += TimeUnit.MILLISECONDS.toNanos(100);
            router.receive(ByteBuffer.wrap(question), nowNanos);
            assertThat(router.poll()).isNull();
        }
        nowNanos += TimeUnit.MILLISECONDS.toNanos(100);
        router.receive(ByteBuffer.wrap(question), nowNanos);
        polled(router);
    }

    @Test
    void answersNothingElseAndNobodyBeforeIpv6IsUp() {
        host.begin(OF_HOST, nowNanos);
        byte[] question = polled(host);
        router.receive(ByteBuffer.wrap(question), nowNanos);
        assertThat(router.poll()).isNull();
        router.begin(OF_ROUTER, nowNanos);
        polled(router);
        for (int octets = 0; octets < question.length; octets++) {
            router.receive(ByteBuffer.wrap(Arrays.copyOf(question, octets)), nowNanos);
        }
        question[7] = 64;
        router.receive(ByteBuffer.wrap(question), nowNanos);
        assertThat(router.poll()).isNull();
    }

    @Test
    void believesTheRouterOfTheLinkAlone() {
        host.begin(OF_HOST, nowNanos);
        host.receive(ByteBuffer.wrap(ADVERTISEMENT.encode(address("fe80::9"))), nowNanos);
        assertThat(host.takeNews()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "58, 8600000000000000, 134",
        "00, 3a00000000000000 8900000000000000, 137",
        "60, 0001000000000000 0000000000000000 3a00000000000000 8600000000000000, 134",
        "51, 3a01000000000000 00000000 8600000000000000, 134",
        "58, 860000, -2",
        "00, 3aff000000000000, -2",
        "00, 3a, -2",
        "17, 8600000000000000, -1",
        "44, 3a00000000000000 8600000000000000, -1"
    })
    void findsTheMessageBehindExtensionHeaders(int next, String payload, int type) {
        byte[] octets = HexFormat.of().parseHex(payload.replace(" ", ""));
        ByteBuffer packet = ByteBuffer.allocate(Icmpv6.IPV6_OCTETS + octets.length);
        packet.put(6, (byte) next).put(Icmpv6.IPV6_OCTETS, octets);
        assertThat(Icmpv6.type(packet)).isEqualTo(type);
    }

    @Test
    void findsNoMessageBehindAnEndlessChain() {
        ByteBuffer packet = ByteBuffer.allocate(1_000);
        assertThat(Icmpv6.type(packet)).isEqualTo(Icmpv6.BAD);
    }

    private static byte[] polled(RouterDiscovery end) {
        byte[] packet = end.poll();
        assertThat(packet).isNotNull();
        return packet == null ? new byte[0] : packet;
    }

    private static Ipv6Address address(String text) {
        return Ipv6Address.parse(text).orElseThrow();
    }
}
