package dev.pptpd.mppe;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every published vector on compression. */
final class MppcVectorsTest {
    private static final String TOKENS = "mppc-encoding";
    private static final String STREAMS = "mppc";
    private static final int LONGEST_LENGTH = MppcTokens.HISTORY_OCTETS - 1;

    private final byte[] octets = new byte[4];
    private final MppcBitWriter out = new MppcBitWriter(octets);
    private final MppcBitReader in = new MppcBitReader();

    static Stream<PublishedVector> tokens() {
        return vectors(TOKENS);
    }

    static Stream<PublishedVector> streams() {
        return vectors(STREAMS);
    }

    private static Stream<PublishedVector> vectors(String group) {
        return PublishedVector.read("mppe-vectors.json").stream()
                .filter(vector -> vector.group().equals(group));
    }

    @Test
    void readsEveryVectorOfTheFile() {
        assertThat(tokens()).hasSize(8);
        assertThat(streams()).hasSize(3);
    }

    @ParameterizedTest
    @MethodSource("tokens")
    void writesTheTokensOfTheRfc(PublishedVector vector) {
        out.start(octets.length);
        if (vector.input().containsKey("literal")) {
            MppcTokens.putLiteral(out, vector.octets("literal")[0]);
        } else if (vector.input().containsKey("offset")) {
            MppcTokens.putOffset(out, vector.number("offset"));
        } else {
            MppcTokens.putLength(out, vector.number("length"));
        }
        StringBuilder bits = new StringBuilder();
        for (int n = 0; n < out.finish(); n++) {
            bits.append(Integer.toBinaryString(0x100 | (octets[n] & 0xFF)).substring(1));
        }
        String expected = vector.expected().getFirst();
        assertThat(bits).startsWith(expected);
        assertThat(bits.substring(expected.length())).matches("0{0,7}");
    }

    @ParameterizedTest
    @MethodSource("streams")
    void decompressesThePublishedStreams(PublishedVector vector) {
        byte[] expected = vector.expected().getFirst().getBytes(US_ASCII);
        byte[] compressed = vector.octets("compressed");
        MppcDecompressor decompressor = new MppcDecompressor(1500);
        assertThat(decompressor.decode(ByteBuffer.wrap(compressed))).isEqualTo(expected.length);
        assertThat(decompressor.packet).startsWith(expected);
    }

    @Test
    void takesEveryTokenThatItWrites() {
        for (int octet = 0; octet < 256; octet++) {
            out.start(octets.length);
            assertThat(MppcTokens.putLiteral(out, (byte) octet)).isTrue();
            readBack();
            assertThat(MppcTokens.isCopy(in)).isFalse();
            assertThat(MppcTokens.takeLiteral(in)).isEqualTo(octet);
        }
        for (int offset = 1; offset < MppcTokens.HISTORY_OCTETS; offset++) {
            out.start(octets.length);
            assertThat(MppcTokens.putOffset(out, offset)).isTrue();
            readBack();
            assertThat(MppcTokens.isCopy(in)).isTrue();
            assertThat(MppcTokens.takeOffset(in)).isEqualTo(offset);
        }
        for (int length = MppcTokens.MIN_LENGTH; length <= LONGEST_LENGTH; length++) {
            out.start(octets.length);
            assertThat(MppcTokens.putLength(out, length)).isTrue();
            readBack();
            assertThat(MppcTokens.takeLength(in)).isEqualTo(length);
        }
    }

    @Test
    void refusesWhatIsNoTokenOrOnlyTheBeginningOfOne() {
        for (String bits : new String[] {"f000", "e0", "c0", "f0", "dfff", "9f"}) {
            in.start(ByteBuffer.wrap(HexFormat.of().parseHex(bits)));
            assertThat(bits.equals("9f") ? MppcTokens.takeLiteral(in) : MppcTokens.takeOffset(in))
                    .as(bits)
                    .isEqualTo(-1);
        }
        for (String bits : new String[] {"fff000", "ffffff", "ffe0", ""}) {
            in.start(ByteBuffer.wrap(HexFormat.of().parseHex(bits)));
            assertThat(MppcTokens.takeLength(in)).as(bits).isEqualTo(-1);
        }
    }

    private void readBack() {
        in.start(ByteBuffer.wrap(Arrays.copyOf(octets, out.finish())));
    }
}
