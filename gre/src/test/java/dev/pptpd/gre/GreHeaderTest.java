package dev.pptpd.gre;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GreHeaderTest {
    private static final int PAYLOAD_OCTETS = 5;

    @Test
    void judgesEveryFlagWordAtFiveLengthsAsTheRfcDoes_A12() {
        int[] lengths = {7, 8, 12, 16, 16 + PAYLOAD_OCTETS};
        Set<GreHeaderVerdict> seen = EnumSet.noneOf(GreHeaderVerdict.class);
        for (int flags = 0; flags <= 0xFFFF; flags++) {
            for (int length : lengths) {
                for (int payloadLength : new int[] {0, PAYLOAD_OCTETS}) {
                    ByteBuffer packet = Packets.raw(flags, payloadLength).position(0).limit(length);
                    GreHeaderVerdict verdict = GreHeader.decode(packet);
                    seen.add(verdict);
                    if ((verdict == GreHeaderVerdict.VALID)
                            != isValid(flags, length, payloadLength)) {
                        assertThat(verdict)
                                .as(
                                        "flags %04x, length %d, payload %d",
                                        flags, length, payloadLength)
                                .isNull();
                    }
                }
            }
        }
        assertThat(seen)
                .containsExactlyInAnyOrderElementsOf(
                        EnumSet.complementOf(EnumSet.of(GreHeaderVerdict.WRONG_PROTOCOL)));
    }

    /** The figure of section 4.1, bit by bit: {@code C R K S s Recur(3) A Flags(4) Ver(3)}. */
    private static boolean isValid(int flags, int length, int payloadLength) {
        String bits = Integer.toBinaryString(0x10000 | flags).substring(1);
        boolean sequence = bits.charAt(3) == '1';
        boolean acknowledgment = bits.charAt(8) == '1';
        int header = 8 + (sequence ? 4 : 0) + (acknowledgment ? 4 : 0);
        return bits.matches("001.0000.....001")
                && (sequence || acknowledgment)
                && sequence == (payloadLength > 0)
                && length >= header + payloadLength;
    }

    /** Each bit of the first word alone, turned over in a data packet with acknowledgment. */
    @ParameterizedTest
    @CsvSource({
        "8000, FORBIDDEN_FLAGS, checksum present: two words more",
        "4000, FORBIDDEN_FLAGS, routing present: a list behind the header",
        "2000, KEY_MISSING, no length and no call id",
        "1000, SEQUENCE_MISSING, a payload without its place",
        "0800, FORBIDDEN_FLAGS, strict source route: part of routing",
        "0400, FORBIDDEN_FLAGS, recursion control",
        "0200, FORBIDDEN_FLAGS, recursion control",
        "0100, FORBIDDEN_FLAGS, recursion control",
        "0080, VALID, no acknowledgment on board",
        "0040, VALID, reserved and without effect on the layout",
        "0020, VALID, reserved and without effect on the layout",
        "0010, VALID, reserved and without effect on the layout",
        "0008, VALID, reserved and without effect on the layout",
        "0004, WRONG_VERSION, version 5",
        "0002, WRONG_VERSION, version 3",
        "0001, WRONG_VERSION, version 0",
    })
    void judgesEachBitForAReason_A12(String bit, GreHeaderVerdict verdict, String reason) {
        int flags = 0x3081 ^ Integer.parseInt(bit, 16);
        ByteBuffer packet = Packets.raw(flags, PAYLOAD_OCTETS).position(0).limit(40);
        assertThat(GreHeader.decode(packet)).as(reason).isEqualTo(verdict);
    }

    @Test
    void refusesEveryOtherProtocolType() {
        for (int type = 0; type <= 0xFFFF; type++) {
            ByteBuffer packet = Packets.data(1).putShort(2, (short) type);
            assertThat(GreHeader.decode(packet))
                    .isEqualTo(
                            type == 0x880B
                                    ? GreHeaderVerdict.VALID
                                    : GreHeaderVerdict.WRONG_PROTOCOL);
        }
    }

    @Test
    void namesTheReason() {
        assertThat(decode("3001880b00011234000000")).isEqualTo(GreHeaderVerdict.TOO_SHORT);
        assertThat(decode("3000880b00011234000000004f")).isEqualTo(GreHeaderVerdict.WRONG_VERSION);
        assertThat(decode("3001880000011234000000004f")).isEqualTo(GreHeaderVerdict.WRONG_PROTOCOL);
        assertThat(decode("1001880b00011234000000004f")).isEqualTo(GreHeaderVerdict.KEY_MISSING);
        assertThat(decode("b001880b00011234000000004f"))
                .isEqualTo(GreHeaderVerdict.FORBIDDEN_FLAGS);
        assertThat(decode("3001880b00021234000000004f"))
                .isEqualTo(GreHeaderVerdict.PAYLOAD_BEYOND_DATAGRAM);
        assertThat(decode("3001880b00001234000000004f"))
                .isEqualTo(GreHeaderVerdict.PAYLOAD_MISSING);
        assertThat(decode("2081880b00011234000000004f"))
                .isEqualTo(GreHeaderVerdict.SEQUENCE_MISSING);
        assertThat(decode("2001880b00001234")).isEqualTo(GreHeaderVerdict.EMPTY);
    }

    private static GreHeaderVerdict decode(String hex) {
        return GreHeader.decode(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
    }

    @Test
    void readsThePacketsThatAreSeenOnTheWire() {
        ByteBuffer both = Packets.dataWithAcknowledgment(0x80000001, 0xFFFFFFFE);
        assertThat(GreHeader.decode(both)).isEqualTo(GreHeaderVerdict.VALID);
        assertThat(GreHeader.headerOctets(both)).isEqualTo(16);
        assertThat(GreHeader.callId(both)).isEqualTo(Packets.CALL_ID);
        assertThat(GreHeader.payloadLength(both)).isEqualTo(4);
        assertThat(GreHeader.sequenceNumber(both)).isEqualTo(0x80000001);
        assertThat(GreHeader.acknowledgmentNumber(both)).isEqualTo(0xFFFFFFFE);

        ByteBuffer alone = Packets.acknowledgment(7);
        assertThat(GreHeader.decode(alone)).isEqualTo(GreHeaderVerdict.VALID);
        assertThat(GreHeader.headerOctets(alone)).isEqualTo(12);
        assertThat(GreHeader.hasSequence(alone)).isFalse();
        assertThat(GreHeader.hasAcknowledgment(alone)).isTrue();
        assertThat(GreHeader.acknowledgmentNumber(alone)).isEqualTo(7);
    }

    @Test
    void looksNeitherAtReservedBitsNorAtPadding() {
        ByteBuffer packet = Packets.raw(0x3001 | 0x0078, 1).putInt(3).position(0).limit(60);
        assertThat(GreHeader.decode(packet)).isEqualTo(GreHeaderVerdict.VALID);
        assertThat(GreHeader.payloadLength(packet)).isEqualTo(1);
    }

    @Test
    void refusesEveryTruncationAndLeavesThePositionAlone() {
        for (ByteBuffer whole :
                new ByteBuffer[] {
                    Packets.data(1), Packets.dataWithAcknowledgment(1, 2), Packets.acknowledgment(3)
                }) {
            ByteBuffer shifted = ByteBuffer.allocate(100).position(9).put(whole).flip().position(9);
            int end = shifted.limit();
            assertThat(GreHeader.decode(shifted)).isEqualTo(GreHeaderVerdict.VALID);
            for (int limit = 9; limit < end; limit++) {
                assertThat(GreHeader.decode(shifted.limit(limit)))
                        .isIn(GreHeaderVerdict.TOO_SHORT, GreHeaderVerdict.PAYLOAD_BEYOND_DATAGRAM);
                assertThat(shifted.position()).isEqualTo(9);
            }
        }
    }

    @Test
    void writesWhatItReads() {
        ByteBuffer data = Packets.frame(42);
        GreHeader.encodeData(data, 0xFFFF, 0xFEDCBA98);
        assertThat(GreHeader.decode(data)).isEqualTo(GreHeaderVerdict.VALID);
        assertThat(hexOf(data)).isEqualTo("3001880b0008fffffedcba980000002affffffd5");

        ByteBuffer both = Packets.frame(42);
        GreHeader.encodeData(both, 0, 1, 2);
        assertThat(GreHeader.decode(both)).isEqualTo(GreHeaderVerdict.VALID);
        assertThat(hexOf(both)).isEqualTo("3081880b0008000000000001000000020000002affffffd5");

        ByteBuffer alone = ByteBuffer.allocate(64).position(16);
        GreHeader.encodeAcknowledgment(alone, 0x8001, 0xFFFFFFFF);
        assertThat(GreHeader.decode(alone)).isEqualTo(GreHeaderVerdict.VALID);
        assertThat(hexOf(alone)).isEqualTo("2081880b00008001ffffffff");
    }

    @Test
    void writesTheLongestPayload() {
        ByteBuffer frame = ByteBuffer.allocate(16 + 0xFFFF).position(16);
        GreHeader.encodeData(frame, 1, 0, 0);
        assertThat(frame.position()).isZero();
        assertThat(GreHeader.decode(frame)).isEqualTo(GreHeaderVerdict.VALID);
        assertThat(GreHeader.payloadLength(frame)).isEqualTo(GreHeader.MAX_PAYLOAD_OCTETS);
    }

    private static String hexOf(ByteBuffer packet) {
        byte[] octets = new byte[packet.remaining()];
        packet.get(packet.position(), octets);
        return HexFormat.of().formatHex(octets);
    }
}
