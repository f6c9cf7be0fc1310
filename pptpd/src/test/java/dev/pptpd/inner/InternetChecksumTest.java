package dev.pptpd.inner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class InternetChecksumTest {
    /** RFC 1071 section 3: these octets add up to DDF2. */
    @Test
    void sumsAsTheSpecificationDoes() {
        ByteBuffer octets = ByteBuffer.wrap(HexFormat.of().parseHex("0001f203f4f5f6f7"));
        assertThat(InternetChecksum.of(InternetChecksum.add(0, octets, 0, 8)))
                .isEqualTo((short) ~0xDDF2);
    }

    @Test
    void takesAnOddOctetAsTheFirstOfAWord() {
        ByteBuffer octets = ByteBuffer.wrap(new byte[] {0x12, 0x34, 0x56});
        assertThat(InternetChecksum.of(InternetChecksum.add(0, octets, 0, 3)))
                .isEqualTo((short) ~(0x1234 + 0x5600));
    }

    /** RFC 1624 section 4: where RFC 1141 got FFFF, the right checksum is 0000. */
    @Test
    void replacesAWordWhereTheOlderEquationFailed() {
        assertThat(InternetChecksum.replaced((short) 0xDD2F, (short) 0x5555, (short) 0x3285))
                .isZero();
    }

    @Test
    void replacesAsIfItHadSummedAnew() {
        Random random = new Random(5);
        ByteBuffer octets = ByteBuffer.allocate(40);
        for (int round = 0; round < 100_000; round++) {
            random.nextBytes(octets.array());
            octets.putShort(0, (short) 1); // never all zero
            short before = InternetChecksum.of(InternetChecksum.add(0, octets, 0, 40));
            int at = 2 + 2 * random.nextInt(19);
            short from = octets.getShort(at);
            short to = (short) random.nextInt();
            octets.putShort(at, to);
            assertThat(InternetChecksum.replaced(before, from, to))
                    .isEqualTo(InternetChecksum.of(InternetChecksum.add(0, octets, 0, 40)));
        }
    }
}
