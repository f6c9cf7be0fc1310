package dev.pptpd.ppp.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PppFrameTest {
    @ParameterizedTest
    @CsvSource({
        "ff03c021aa, c021, 4",
        "c021aa, c021, 2",
        "ff030021aa, 0021, 4",
        "0021aa, 0021, 2",
        "ff0321aa, 0021, 3",
        "21aa, 0021, 1",
        "fdaa, 00fd, 1",
        "ff03fdaa, 00fd, 3",
        "00fdaa, 00fd, 2",
        "ff0380fdaa, 80fd, 4",
        "ff, 00ff, 1",
        "ff0303, 0003, 3",
    })
    void decodesEveryMixOfCompressedAndFullHeaders(String frame, String protocol, int octets) {
        ByteBuffer buffer = ByteBuffer.wrap(HexFormat.of().parseHex(frame));
        assertThat(PppFrame.decodeProtocol(buffer)).isEqualTo(Integer.parseInt(protocol, 16));
        assertThat(buffer.position()).isEqualTo(octets);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "c0", "ff03", "ff03c0", "ff0300", "0020", "c020", "ff038022"})
    void findsNoProtocolInBrokenHeaders(String frame) {
        ByteBuffer buffer = ByteBuffer.wrap(HexFormat.of().parseHex(frame));
        assertThat(PppFrame.decodeProtocol(buffer)).isEqualTo(PppFrame.MALFORMED);
    }

    @ParameterizedTest
    @CsvSource({
        "0021, false, false, ff030021",
        "0021, true, false, ff0321",
        "0021, false, true, 0021",
        "0021, true, true, 21",
        "00fd, true, true, fd",
        "c021, true, true, c021",
        "80fd, true, false, ff0380fd",
    })
    void prependsWhatThePeerTakes(
            String protocol, boolean compressProtocol, boolean compressAddress, String header) {
        int number = Integer.parseInt(protocol, 16);
        ByteBuffer buffer = ByteBuffer.allocate(16).position(8);
        PppFrame.prependHeader(buffer, number, compressProtocol, compressAddress);
        byte[] written = new byte[8 - buffer.position()];
        buffer.get(buffer.position(), written);
        assertThat(HexFormat.of().formatHex(written)).isEqualTo(header);
        assertThat(PppFrame.decodeProtocol(buffer)).isEqualTo(number);
        assertThat(buffer.position()).isEqualTo(8);
    }

    @Test
    void decodesEveryProtocolNumberItPrepends() {
        for (int bits = 0; bits < 4; bits++) {
            for (int protocol = 1; protocol <= 0xFFFF; protocol += 2) {
                // The first octet of a two-octet number is even: RFC 1661 section 2.
                if ((protocol & 0x0100) == 0) {
                    ByteBuffer buffer = ByteBuffer.allocate(8).position(4);
                    PppFrame.prependHeader(buffer, protocol, (bits & 1) != 0, (bits & 2) != 0);
                    assertThat(PppFrame.decodeProtocol(buffer)).isEqualTo(protocol);
                }
            }
        }
    }

    @Test
    void staysWithinTheFrameWhateverItHolds() {
        Random random = new Random(2637);
        for (int n = 0; n < 100_000; n++) {
            byte[] octets = new byte[12];
            random.nextBytes(octets);
            int start = random.nextInt(6);
            ByteBuffer frame = ByteBuffer.wrap(octets, start, random.nextInt(6));
            int limit = frame.limit();
            int protocol = PppFrame.decodeProtocol(frame);
            assertThat(frame.position()).isBetween(start, limit);
            assertThat(frame.limit()).isEqualTo(limit);
            assertThat(protocol == PppFrame.MALFORMED || (protocol & 1) == 1).isTrue();
        }
    }
}
