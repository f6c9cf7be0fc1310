package dev.pptpd.gre;

import static dev.pptpd.gre.TunnelReader.MILLISECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * CLIENTS.md section 9, row by row, with the packets of the captures. Of row 11 only the size is
 * asserted: whether the outer packet of a client has the DF bit is nothing to a receiver.
 */
final class GreClientRowsTest {
    private static final HexFormat HEX = HexFormat.of();

    /** An LCP Configure-Request of Windows, as payload. */
    private static final String PAYLOAD = "ff03c021010000080506aabb";

    private final TunnelReader reader = new TunnelReader(configuration(), pool());

    private static GreConfiguration configuration() {
        return GreConfiguration.DEFAULT;
    }

    private static HoldPool pool() {
        return HoldPool.ofDirectMemory(64, 2_048, 64);
    }

    @ParameterizedTest(
            name = "9.1 the first number of {0} is {1}, and what it has acknowledged {2}")
    @CsvSource({
        "Windows, 00000000, ''",
        "pptp-client, 00000001, ''",
        "Ixia, 00000000, ''",
        "pptpd and RRAS, 00000000, ''",
        "Cisco, 00000001, ffffffff",
        "a peer in mid-stream, 7fffffff, ''"
    })
    void takesTheFirstNumberThatComesForTheStart(String peer, String first, String acknowledged) {
        int number = Integer.parseUnsignedInt(first, 16);
        String flags = acknowledged.isEmpty() ? "3001" : "3081";
        GreVerdict verdict =
                reader.read(packet(flags + "880b000c1234" + first + acknowledged + PAYLOAD));
        assertThat(verdict).as(peer).isEqualTo(GreVerdict.DELIVER);
        assertThat(reader.read(Packets.data(number + 1))).isEqualTo(GreVerdict.DELIVER);
        assertThat(reader.tunnel.counters().lost()).isZero();
        assertThat(reader.tunnel.counters().acknowledgmentsIgnored()).isZero();
    }

    @Test
    @DisplayName(
            "9.2 and 9.9 the three forms of ours: 3001, 3081 and 2081, under the receiver's call id")
    void writesTheThreeForms() {
        assertThat(sent("c0210901")).isEqualTo("3001880b0004abcd00000000c0210901");
        reader.read(41);
        assertThat(sent("c0210902")).isEqualTo("3081880b0004abcd0000000100000029c0210902");
        reader.read(42);
        assertThat(acknowledgment()).isEqualTo("2081880b0000abcd0000002a");
        assertThat(sent("c0210903")).isEqualTo("3001880b0004abcd00000002c0210903");
    }

    @Test
    @DisplayName("9.2 and 9.9 the three forms of a peer, their length in the upper half of the key")
    void takesTheThreeForms() {
        sent("c0210901");
        assertThat(reader.read(packet("3001880b000c123400000000" + PAYLOAD)))
                .isEqualTo(GreVerdict.DELIVER);
        assertThat(reader.read(packet("3081880b000c12340000000100000000" + PAYLOAD)))
                .isEqualTo(GreVerdict.DELIVER);
        assertThat(reader.tunnel.unacknowledgedPackets()).isZero();
        sent("c0210902");
        assertThat(reader.read(packet("2081880b0000123400000001")))
                .isNotEqualTo(GreVerdict.DELIVER);
        assertThat(reader.tunnel.unacknowledgedPackets()).isZero();
        assertThat(reader.contents).hasSize(2);
    }

    @Test
    @DisplayName(
            "9.3 alone after 60 ms, between Windows' 96 and pptpd's 50, when there is nothing to send")
    void acknowledgesAloneWithinTheTimesOfOthers() {
        reader.read(0);
        reader.advance(59 * MILLISECOND);
        assertThat(reader.tunnel.isAcknowledgmentDue(reader.now)).isFalse();
        reader.advance(MILLISECOND);
        assertThat(reader.tunnel.isAcknowledgmentDue(reader.now)).isTrue();
        assertThat(acknowledgment()).isEqualTo("2081880b0000abcd00000000");
    }

    @ParameterizedTest(name = "9.3 an acknowledgment that comes {0} ms after the packet")
    @CsvSource({"50", "96", "111", "500", "5000"})
    void waitsForNoAcknowledgment(int millis) {
        sent("c0210901");
        reader.advance(millis * MILLISECOND);
        sent("c0210902");
        reader.read(packet("2081880b0000123400000001"));
        assertThat(reader.tunnel.unacknowledgedPackets()).isZero();
        assertThat(reader.tunnel.counters().acknowledgmentsIgnored()).isZero();
    }

    @Test
    @DisplayName("9.4 one acknowledgment covers all up to its number, theirs and ours")
    void oneAcknowledgmentCoversMany() {
        for (int n = 0; n < 511; n++) {
            sent("c0210901");
        }
        reader.read(Packets.acknowledgment(310));
        assertThat(reader.tunnel.unacknowledgedPackets()).isEqualTo(200);
        reader.read(Packets.acknowledgment(510));
        assertThat(reader.tunnel.unacknowledgedPackets()).isZero();
        IntStream.range(0, 20).forEach(reader::read);
        assertThat(acknowledgment()).isEqualTo("2081880b0000abcd00000013");
    }

    @Test
    @DisplayName(
            "9.5 Windows minds no window: nothing waits for an acknowledgment that never comes")
    void sendsWithoutAnyAcknowledgment() {
        for (int n = 0; n < 20_000; n++) {
            assertThat(reader.tunnel.isSendingLimited()).isFalse();
            sent("c0210901");
        }
        assertThat(reader.tunnel.unacknowledgedPackets()).isEqualTo(20_000);
    }

    @Test
    @DisplayName("9.5 what Windows passes up twice or in disorder comes once and in order from us")
    void bringsOrderIntoWhatAPeerDoublesAndShuffles() {
        for (int number : new int[] {0, 2, 1, 1, 2, 4, 3, 4, 0, 5}) {
            reader.read(number);
        }
        assertThat(reader.contents).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    @DisplayName("9.6 macOS acknowledges in each packet, over and over the same")
    void takesTheSameAcknowledgmentInEveryPacket() {
        sent("c0210901");
        for (int number = 0; number < 300; number++) {
            reader.read(Packets.dataWithAcknowledgment(number, 0));
        }
        assertThat(reader.contents).hasSize(300);
        assertThat(reader.tunnel.counters().acknowledgmentsIgnored()).isZero();
        assertThat(reader.tunnel.unacknowledgedPackets()).isZero();
    }

    @Test
    @DisplayName(
            "9.6 and 9.7 macOS and pptp-client drop old numbers and hold few: ours go up by one")
    void sendsEachNumberOnceAndInOrder() {
        for (int number = 0; number < 1_000; number++) {
            if (number % 7 == 0) {
                reader.read(number / 7);
                acknowledgment();
            }
            assertThat(sent("c0210901").substring(16, 24)).isEqualTo(String.format("%08x", number));
        }
    }

    @Test
    @DisplayName(
            "9.8 inner packets of 1400 octets, and what MPPE adds, come whole, also out of order")
    void carriesInnerPacketsOfTheLargestSize() {
        reader.read(0);
        for (int number : new int[] {2, 1}) {
            ByteBuffer large =
                    ByteBuffer.allocate(12 + 1_406)
                            .putInt(0x3001_880B)
                            .putShort((short) 1_406)
                            .putShort((short) Packets.CALL_ID)
                            .putInt(number)
                            .putInt(number)
                            .rewind();
            reader.read(large);
        }
        assertThat(reader.contents).containsExactly(0, 1, 2);
    }

    @Test
    @DisplayName(
            "9.10 an acknowledgment of 32 octets in an Ethernet frame of 60: the rest is no payload")
    void takesPaddingForNothing() {
        ByteBuffer padded =
                packet(
                        "4500002000010000402f0000c0a80002c0a80001"
                                + "2081880b0000123400000000"
                                + "00".repeat(14));
        sent("c0210901");
        assertThat(Ipv4Header.decode(padded)).isEqualTo(Ipv4Verdict.VALID);
        Ipv4Header.framePayload(padded);
        assertThat(padded.remaining()).isEqualTo(12);
        assertThat(GreHeader.decode(padded)).isEqualTo(GreHeaderVerdict.VALID);
        reader.read(padded);
        assertThat(reader.contents).isEmpty();
        assertThat(reader.tunnel.unacknowledgedPackets()).isZero();
    }

    @Test
    @DisplayName("9.10 data is bound by the payload length also where the IP header says more")
    void takesTheGreLengthWhereOctetsFollow() {
        ByteBuffer packet = packet("3001880b000c123400000000" + PAYLOAD + "00".repeat(20));
        assertThat(GreHeader.decode(packet)).isEqualTo(GreHeaderVerdict.VALID);
        assertThat(reader.tunnel.offer(packet, reader.now)).isEqualTo(GreVerdict.DELIVER);
        assertThat(octets(packet)).isEqualTo(PAYLOAD);
    }

    @Test
    @DisplayName("9.11 the largest outer packet seen, 1441 octets")
    void takesTheLargestOuterPacketSeen() {
        int payload = 1_441 - 20 - 16;
        ByteBuffer packet =
                packet(
                        String.format(
                                        "450005a100010000402f0000c0a80002c0a800013081880b%04x",
                                        payload)
                                + "12340000000000000000"
                                + "fd".repeat(payload));
        assertThat(packet.remaining()).isEqualTo(1_441);
        sent("c0210901");
        assertThat(Ipv4Header.decode(packet)).isEqualTo(Ipv4Verdict.VALID);
        Ipv4Header.framePayload(packet);
        assertThat(GreHeader.decode(packet)).isEqualTo(GreHeaderVerdict.VALID);
        assertThat(reader.tunnel.offer(packet, reader.now)).isEqualTo(GreVerdict.DELIVER);
        assertThat(packet.remaining()).isEqualTo(payload);
    }

    private String sent(String frame) {
        byte[] octets = HEX.parseHex(frame);
        ByteBuffer slot = ByteBuffer.allocate(64);
        slot.position(24).put(octets).flip().position(24);
        reader.tunnel.encapsulate(slot, reader.now);
        return octets(slot);
    }

    private String acknowledgment() {
        ByteBuffer slot = ByteBuffer.allocate(64).position(16);
        reader.tunnel.encapsulateAcknowledgment(slot);
        return octets(slot);
    }

    private static ByteBuffer packet(String hex) {
        return ByteBuffer.wrap(HEX.parseHex(hex));
    }

    private static String octets(ByteBuffer buffer) {
        byte[] octets = new byte[buffer.remaining()];
        buffer.get(buffer.position(), octets);
        return HEX.formatHex(octets);
    }
}
