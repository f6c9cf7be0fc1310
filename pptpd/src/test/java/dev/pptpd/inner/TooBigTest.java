package dev.pptpd.inner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TooBigTest {
    private static final int HOST = 0xC0000201;
    private static final int CLIENT = 0x0A63000A;
    private static final int MTU = 1300;

    private final ByteBuffer answer = ByteBuffer.allocate(TooBig.MAX_OCTETS);

    /** RFC 1191 section 4: the next-hop MTU in the low 16 bits, the offending header behind. */
    @Test
    void tellsTheSenderWhatPasses() {
        ByteBuffer packet = packet(1400);
        assertThat(TooBig.answer(packet, MTU, CLIENT, answer)).isTrue();
        assertThat(answer.remaining()).isEqualTo(576);
        assertThat(answer.getShort(2)).isEqualTo((short) 576);
        assertThat(answer.getInt(12)).isEqualTo(CLIENT);
        assertThat(answer.getInt(16)).isEqualTo(HOST);
        assertThat(answer.getShort(20)).isEqualTo((short) 0x0304);
        assertThat(answer.getInt(24)).isEqualTo(MTU);
        assertThat(answer.slice(28, 548)).isEqualTo(packet.slice(0, 548));
        assertThat(sum(0, 20)).isZero();
        assertThat(sum(20, 556)).isZero();
    }

    @Test
    void quotesAShortPacketWhole() {
        assertThat(TooBig.answer(packet(100), 68, CLIENT, answer)).isTrue();
        assertThat(answer.remaining()).isEqualTo(128);
        assertThat(sum(20, 108)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "6, 00, may be fragmented",
        "7, 01, no first fragment",
        "12, 00, from nobody",
        "12, 7F, from the host itself",
        "12, E0, from a group",
        "16, E0, to a group",
        "16, FF, to everybody",
        "0, 44, a header of 16 octets",
        "0, 55, another version"
    })
    void answersNobodyWhoMustNotHear(int offset, String value, String why) {
        ByteBuffer packet = packet(1400).put(offset, (byte) Integer.parseInt(value, 16));
        assertThat(TooBig.answer(packet, MTU, CLIENT, answer)).as(why).isFalse();
    }

    @Test
    void answersAnEchoAndNoOtherIcmp() {
        for (int type = 0; type < 256; type++) {
            ByteBuffer packet = packet(1400).put(9, (byte) 1).put(20, (byte) type);
            assertThat(TooBig.answer(packet, MTU, CLIENT, answer.clear()))
                    .isEqualTo(type == 0 || type == 8);
        }
    }

    @Test
    void tellsTheSenderOfIpv6() {
        ByteBuffer packet = ipv6();
        assertThat(TooBig.answer(packet, MTU, CLIENT, answer)).isTrue();
        assertThat(answer.remaining()).isEqualTo(1280);
        assertThat(answer.slice(8, 16)).isEqualTo(packet.slice(24, 16));
        assertThat(answer.slice(24, 16)).isEqualTo(packet.slice(8, 16));
        assertThat(answer.get(40)).isEqualTo((byte) 2);
        assertThat(answer.getInt(44)).isEqualTo(MTU);
        assertThat(answer.slice(48, 1232)).isEqualTo(packet.slice(0, 1232));
        assertThat(InnerPackets.checksum6(answer)).isZero();
    }

    /** RFC 8200 section 5: no link of IPv6 carries less. */
    @Test
    void saysNoLessThan1280OverIpv6() {
        assertThat(TooBig.answer(ipv6(), 576, CLIENT, answer)).isTrue();
        assertThat(answer.getInt(44)).isEqualTo(1280);
    }

    @Test
    void answersNoErrorOfIpv6AndNoGroup() {
        assertThat(TooBig.answer(ipv6().put(6, (byte) 58).put(40, (byte) 1), MTU, 0, answer))
                .isFalse();
        assertThat(TooBig.answer(ipv6().put(6, (byte) 58).put(40, (byte) 128), MTU, 0, answer))
                .isTrue();
        assertThat(TooBig.answer(ipv6().put(24, (byte) 0xFF), MTU, 0, answer.clear())).isFalse();
        ByteBuffer nobody = ipv6().putLong(8, 0).putLong(16, 0);
        assertThat(TooBig.answer(nobody, MTU, 0, answer.clear())).isFalse();
    }

    @Test
    void survivesNoiseOfEveryLength() {
        Random random = new Random(3);
        for (int round = 0; round < 100_000; round++) {
            byte[] octets = new byte[random.nextInt(120)];
            random.nextBytes(octets);
            if (octets.length > 0) {
                octets[0] = (byte) (random.nextInt(16) | (random.nextBoolean() ? 0x40 : 0x60));
            }
            if (TooBig.answer(ByteBuffer.wrap(octets), MTU, CLIENT, answer.clear())) {
                assertThat(answer.remaining()).isLessThanOrEqualTo(TooBig.MAX_OCTETS);
            }
        }
    }

    private short sum(int from, int octets) {
        return InternetChecksum.of(InternetChecksum.add(0, answer, from, octets));
    }

    private static ByteBuffer packet(int octets) {
        byte[] payload = new byte[octets - 28];
        new Random(1).nextBytes(payload);
        return InnerPackets.udp(HOST, 5000, CLIENT, 6000, payload).putShort(6, (short) 0x4000);
    }

    private static ByteBuffer ipv6() {
        ByteBuffer packet = ByteBuffer.allocate(1400);
        packet.putInt(0x60000000).putShort((short) 1360).put((byte) 17).put((byte) 64);
        packet.putLong(8, 0x20010DB800000001L).putLong(16, 1);
        return packet.putLong(24, 0x20010DB800000002L).putLong(32, 2).clear();
    }
}
