package dev.pptpd.inner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UdpPacketTest {
    private static final byte[] PAYLOAD = {1, 2, 3};

    @Test
    void readsWhatItWrote() {
        ByteBuffer packet = ByteBuffer.allocate(100).position(9);
        packet.put(9 + UdpPacket.HEADERS_OCTETS, PAYLOAD);
        UdpPacket.complete(packet, 0x0A630001, 67, 0x0A63000A, 68, PAYLOAD.length);
        assertThat(packet.remaining()).isEqualTo(31);
        assertThat(UdpPacket.isWhole(packet)).isTrue();
        assertThat(UdpPacket.isIntact(packet)).isTrue();
        assertThat(UdpPacket.source(packet)).isEqualTo(0x0A630001);
        assertThat(UdpPacket.destination(packet)).isEqualTo(0x0A63000A);
        assertThat(UdpPacket.sourcePort(packet)).isEqualTo(67);
        assertThat(UdpPacket.destinationPort(packet)).isEqualTo(68);
        assertThat(UdpPacket.payload(packet)).isEqualTo(ByteBuffer.wrap(PAYLOAD));
        assertThat(InternetChecksum.of(InternetChecksum.add(0, packet, 9, 20))).isZero();
    }

    @Test
    void seesADamagedPayload() {
        ByteBuffer packet = ByteBuffer.allocate(31).put(28, PAYLOAD);
        UdpPacket.complete(packet, 1, 67, 2, 68, PAYLOAD.length);
        assertThat(UdpPacket.isIntact(packet.put(30, (byte) 9))).isFalse();
        assertThat(UdpPacket.isIntact(packet.putShort(26, (short) 0))).isTrue();
    }

    @Test
    void knowsPiecesFromAWhole() {
        ByteBuffer packet = InnerPackets.udp(1, 2, 3, 4, PAYLOAD);
        assertThat(UdpPacket.isWhole(packet)).isTrue();
        assertThat(UdpPacket.isWhole(packet.putShort(6, (short) 0x2000))).isFalse();
        assertThat(UdpPacket.isWhole(packet.putShort(6, (short) 1))).isFalse();
        assertThat(UdpPacket.isWhole(packet.putShort(6, (short) 0).put(9, (byte) 6))).isFalse();
    }

    @Test
    void refusesLengthsThatDoNotFit() {
        for (int length = 0; length < 65_536; length++) {
            ByteBuffer packet = InnerPackets.udp(1, 2, 3, 4, PAYLOAD).putShort(24, (short) length);
            assertThat(UdpPacket.isWhole(packet)).isEqualTo(length >= 8 && length <= 11);
        }
    }

    @Test
    void readsNothingBehindTheEnd() {
        Random random = new Random(1);
        for (int round = 0; round < 100_000; round++) {
            byte[] octets = new byte[20 + random.nextInt(60)];
            random.nextBytes(octets);
            octets[9] = 17;
            octets[6] = 0;
            octets[7] = 0;
            ByteBuffer packet = ByteBuffer.wrap(octets);
            if (UdpPacket.isWhole(packet)) {
                assertThat(UdpPacket.payload(packet).remaining()).isLessThan(octets.length - 27);
                UdpPacket.isIntact(packet);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "FFFFFFFF, 137, true",
        "FFFFFFFF, 138, true",
        "EFFFFFFA, 1900, true",
        "E00000FC, 5355, true",
        "E00000FB, 5353, true",
        "EFFFFFFA, 3702, true",
        "FFFFFFFF, 67, false",
        "E0000005, 89, false",
        "0A630001, 137, false",
        "C0000201, 5353, false"
    })
    void tellsSearchesForNeighboursApart(String destination, int port, boolean isSearch) {
        ByteBuffer packet =
                InnerPackets.udp(1, 137, Integer.parseUnsignedInt(destination, 16), port, PAYLOAD);
        assertThat(NeighbourSearch.matches(packet)).isEqualTo(isSearch);
        assertThat(NeighbourSearch.matches(packet.put(9, (byte) 2))).isFalse();
    }
}
