package dev.pptpd.inner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MssClampTest {
    private static final int MTU = 1400;

    /** The last column is the option's value afterwards, in hex: 0550 is 1360, 053C is 1340. */
    @ParameterizedTest
    @CsvSource({
        // Linux, Windows, macOS; odd places; a size that fits; the least there is
        "020405B40402080A0000000000000000010303 07, 4, 0550",
        "020405B40103030801010402, 4, 0550",
        "01020405B4010101, 5, 0550",
        "0101020405B40101, 6, 0550",
        "010101020405B401, 7, 0550",
        "0204FFFF, 4, 0550",
        "02040551, 4, 0550"
    })
    void lowersTheSizeOfASyn(String options, int offset, String after) {
        ByteBuffer packet = InnerPackets.syn4(options.replace(" ", ""));
        byte[] before = InnerPackets.octets(packet);
        assertThat(MssClamp.clamp(packet, MTU)).isTrue();
        int value = InnerPackets.IPV4 + 20 + offset - 2;
        assertThat(packet.getShort(value)).isEqualTo(Short.parseShort(after, 16));
        assertThat(InnerPackets.checksum4(packet)).isZero();
        int checksum = InnerPackets.IPV4 + 16;
        for (int index = 0; index < before.length; index++) {
            boolean mayDiffer = (index & ~1) == checksum || index == value || index == value + 1;
            assertThat(mayDiffer || packet.get(index) == before[index]).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // no options
                "02040550", // fits
                "02040218",
                "01010101",
                "0003AAAA020405B4", // behind the end
                "020305B4", // of a wrong length
                "020605B400000000",
                "080002040101", // a length of zero
                "0801020405B40101",
                "08FF020405B40101", // longer than the options
                "010102", // cut
                "01010204"
            })
    void leavesOtherOptionsAlone(String options) {
        String padded = options + "01".repeat((4 - options.length() / 2 % 4) % 4);
        ByteBuffer packet = InnerPackets.syn4(padded);
        byte[] before = InnerPackets.octets(packet);
        assertThat(MssClamp.clamp(packet, MTU)).isFalse();
        assertThat(InnerPackets.octets(packet)).isEqualTo(before);
    }

    @Test
    void lowersTheSizeOverIpv6By20More() {
        ByteBuffer packet = InnerPackets.syn6("0101020405B40101");
        assertThat(InnerPackets.checksum6(packet)).isZero();
        assertThat(MssClamp.clamp(packet, MTU)).isTrue();
        assertThat(packet.getShort(InnerPackets.IPV6 + 24)).isEqualTo((short) 1340);
        assertThat(InnerPackets.checksum6(packet)).isZero();
    }

    @Test
    void lowersTheSizeOfASynAcknowledgmentToo() {
        ByteBuffer packet = InnerPackets.syn4("020405B4");
        InnerPackets.sealed4(packet.put(33, (byte) 0x12));
        assertThat(MssClamp.clamp(packet, MTU)).isTrue();
        assertThat(InnerPackets.checksum4(packet)).isZero();
    }

    @Test
    void leavesAllButASynAlone() {
        for (int flags = 0; flags < 256; flags++) {
            ByteBuffer packet = InnerPackets.syn4("020405B4").put(33, (byte) flags);
            assertThat(MssClamp.clamp(packet, MTU)).isEqualTo((flags & 2) != 0);
        }
    }

    @Test
    void leavesOtherProtocolsAndLaterFragmentsAlone() {
        assertThat(clamps(InnerPackets.syn4("020405B4").put(9, (byte) 17))).isFalse();
        assertThat(clamps(InnerPackets.syn4("020405B4").putShort(6, (short) 1))).isFalse();
        assertThat(clamps(InnerPackets.syn4("020405B4").putShort(6, (short) 0x2000))).isTrue();
        assertThat(clamps(InnerPackets.syn4("020405B4").put(0, (byte) 0x44))).isFalse();
        assertThat(clamps(InnerPackets.syn4("020405B4").put(0, (byte) 0x55))).isFalse();
        assertThat(clamps(InnerPackets.syn6("020405B4").put(6, (byte) 0))).isFalse();
    }

    private static boolean clamps(ByteBuffer packet) {
        return MssClamp.clamp(packet, MTU);
    }

    @Test
    void readsNothingBehindACutPacket() {
        for (ByteBuffer whole :
                new ByteBuffer[] {
                    InnerPackets.syn4("01010101010101010101020405B40101"),
                    InnerPackets.syn6("01010101010101010101020405B40101")
                }) {
            for (int length = 0; length < whole.capacity() - 1; length++) {
                // An array of its own: a read behind the end is an exception.
                ByteBuffer cut = ByteBuffer.allocate(length).put(0, whole, 0, length);
                assertThat(MssClamp.clamp(cut, MTU)).as("%d octets", length).isFalse();
            }
        }
    }

    @Test
    void survivesNoiseAndKeepsEveryChecksumRight() {
        Random random = new Random(7);
        for (int round = 0; round < 200_000; round++) {
            byte[] options = new byte[4 * random.nextInt(11)];
            random.nextBytes(options);
            for (int index = 0; index < options.length; index++) {
                options[index] = random.nextBoolean() ? (byte) random.nextInt(5) : options[index];
            }
            ByteBuffer packet = InnerPackets.syn4(HexFormat.of().formatHex(options));
            MssClamp.clamp(packet, 68 + random.nextInt(1433));
            assertThat(InnerPackets.checksum4(packet)).isZero();
        }
    }

    @Test
    void survivesPacketsOfNoise() {
        Random random = new Random(8);
        for (int round = 0; round < 200_000; round++) {
            byte[] octets = new byte[random.nextInt(100)];
            random.nextBytes(octets);
            if (octets.length > 10) {
                octets[0] = (byte) (random.nextBoolean() ? 0x45 : 0x60);
                octets[random.nextBoolean() ? 9 : 6] = 6;
            }
            int length = octets.length;
            MssClamp.clamp(ByteBuffer.wrap(octets), MTU);
            assertThat(octets).hasSize(length);
        }
    }
}
