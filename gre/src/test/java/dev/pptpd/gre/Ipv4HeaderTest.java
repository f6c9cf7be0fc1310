package dev.pptpd.gre;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Ipv4HeaderTest {
    private static final int PAYLOAD_OCTETS = 30;

    @Test
    void findsThePayloadBehindEveryHeaderLength_A13() {
        for (int words = 0; words <= 15; words++) {
            ByteBuffer packet = packet(words, words * 4 + PAYLOAD_OCTETS, 200);
            if (words < 5) {
                assertThat(Ipv4Header.decode(packet)).isEqualTo(Ipv4Verdict.WRONG_HEADER_LENGTH);
                continue;
            }
            assertThat(Ipv4Header.decode(packet)).isEqualTo(Ipv4Verdict.VALID);
            assertThat(Ipv4Header.protocol(packet)).isEqualTo(Ipv4Header.GRE);
            assertThat(Ipv4Header.sourceAddress(packet)).isEqualTo(0xC0A80001);
            int start = packet.position() + words * 4;
            Ipv4Header.framePayload(packet);
            assertThat(packet.position()).isEqualTo(start);
            assertThat(packet.remaining()).isEqualTo(PAYLOAD_OCTETS);
        }
    }

    @Test
    void takesAReassembledDatagramOfEverySize_A13() {
        ByteBuffer packet = packet(15, 0xFFFF, 0xFFFF);
        assertThat(Ipv4Header.decode(packet)).isEqualTo(Ipv4Verdict.VALID);
        Ipv4Header.framePayload(packet);
        assertThat(packet.remaining()).isEqualTo(0xFFFF - 60);
    }

    @Test
    void refusesWhatWasCutOff() {
        int total = 24 + PAYLOAD_OCTETS;
        for (int length = 0; length <= total; length++) {
            ByteBuffer packet = packet(6, total, length);
            Ipv4Verdict expected =
                    length < 20
                            ? Ipv4Verdict.TOO_SHORT
                            : length < total
                                    ? Ipv4Verdict.TOTAL_LENGTH_BEYOND_BUFFER
                                    : Ipv4Verdict.VALID;
            assertThat(Ipv4Header.decode(packet)).isEqualTo(expected);
            assertThat(packet.position()).isEqualTo(3);
        }
    }

    @Test
    void refusesATotalLengthBelowTheHeader() {
        for (int total = 0; total < 24; total++) {
            assertThat(Ipv4Header.decode(packet(6, total, 100)))
                    .isEqualTo(Ipv4Verdict.WRONG_HEADER_LENGTH);
        }
    }

    @Test
    void refusesOtherVersions() {
        for (int version = 0; version <= 15; version++) {
            ByteBuffer packet = packet(5, 40, 40);
            packet.put(packet.position(), (byte) ((version << 4) | 5));
            assertThat(Ipv4Header.decode(packet))
                    .isEqualTo(version == 4 ? Ipv4Verdict.VALID : Ipv4Verdict.WRONG_VERSION);
        }
    }

    @Test
    void staysInsideRandomOctets() {
        Random random = new Random(791);
        byte[] octets = new byte[80];
        int valid = 0;
        for (int i = 0; i < 500_000; i++) {
            random.nextBytes(octets);
            if (random.nextBoolean()) {
                octets[0] = (byte) (0x40 | (octets[0] & 0x0F));
                octets[2] = 0;
            }
            ByteBuffer packet = ByteBuffer.wrap(octets).slice(0, random.nextInt(octets.length + 1));
            if (Ipv4Header.decode(packet) == Ipv4Verdict.VALID) {
                valid++;
                Ipv4Header.framePayload(packet);
                assertThat(packet.position()).isBetween(20, packet.limit());
            }
        }
        assertThat(valid).isGreaterThan(5_000);
    }

    private static ByteBuffer packet(int headerWords, int totalOctets, int receivedOctets) {
        ByteBuffer packet = ByteBuffer.allocate(3 + 0xFFFF);
        packet.put(3, (byte) (0x40 | headerWords));
        packet.putShort(5, (short) totalOctets);
        packet.put(12, (byte) 47);
        packet.putInt(15, 0xC0A80001);
        return packet.limit(3 + receivedOctets).position(3);
    }
}
