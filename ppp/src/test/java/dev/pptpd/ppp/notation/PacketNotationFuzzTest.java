package dev.pptpd.ppp.notation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Random frames, most with a known protocol and a plausible length: never more than one line. */
final class PacketNotationFuzzTest {
    private static final int FRAMES = 100_000;
    private static final int[] PROTOCOLS = {0xC021, 0xC223, 0x80FD, 0x8021, 0x8057, 0xC023, 0xC227};
    private static final byte[] EAP_TYPES = {1, 2, 3, 4, 13, 25, 26};
    private static final Pattern PRINTABLE = Pattern.compile("\\[[\\x20-\\x7E]*]");

    @Test
    void writesOneShortLineOfPrintableCharacters() {
        Random random = new Random(24_05);
        int written = 0;
        for (int n = 0; n < FRAMES; n++) {
            byte[] octets = new byte[random.nextInt(n % 100 == 0 ? 1_500 : 80)];
            random.nextBytes(octets);
            if (octets.length >= 6 && random.nextInt(8) > 0) {
                int protocol = PROTOCOLS[random.nextInt(PROTOCOLS.length)];
                ByteBuffer.wrap(octets)
                        .putShort((short) protocol)
                        .put((byte) random.nextInt(18))
                        .putShort(4, (short) (octets.length - 2));
                shapeOptions(random, octets);
                if (octets.length > 6 && random.nextBoolean()) {
                    octets[6] = EAP_TYPES[random.nextInt(EAP_TYPES.length)];
                }
            }
            Optional<String> line = PacketNotation.ofFrame(ByteBuffer.wrap(octets));
            if (line.isPresent()) {
                written++;
                assertThat(line.get()).hasSizeLessThan(1_024).matches(PRINTABLE);
            }
        }
        assertThat(written).isGreaterThan(FRAMES / 2);
    }

    /** Half of the lists of options hang together, so that the options themselves are looked at. */
    private static void shapeOptions(Random random, byte[] octets) {
        if (random.nextBoolean()) {
            return;
        }
        int at = 6;
        while (octets.length - at >= 2) {
            int length = Math.min(octets.length - at, 2 + random.nextInt(10));
            length = octets.length - at - length == 1 ? length + 1 : length;
            octets[at] =
                    (byte) (random.nextBoolean() ? random.nextInt(32) : 128 + random.nextInt(6));
            octets[at + 1] = (byte) length;
            at += length;
        }
    }
}
