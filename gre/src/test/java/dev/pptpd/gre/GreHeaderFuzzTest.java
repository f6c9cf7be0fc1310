package dev.pptpd.gre;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GreHeaderFuzzTest {
    private static final int PACKETS = 1_000_000;

    @Test
    void neverReadsBeyondTheDatagram() {
        Random random = new Random(2637);
        byte[] octets = new byte[40];
        int valid = 0;
        for (int i = 0; i < PACKETS; i++) {
            random.nextBytes(octets);
            if (random.nextInt(4) != 0) {
                // Near enough to a real header that the later checks are reached.
                ByteBuffer.wrap(octets)
                        .putShort(0, (short) (0x2001 | (random.nextInt() & 0x1080)))
                        .putShort(2, (short) 0x880B)
                        .putShort(4, (short) random.nextInt(30));
            }
            // A slice, so that an access behind the limit fails.
            ByteBuffer packet = ByteBuffer.wrap(octets).slice(0, random.nextInt(octets.length + 1));
            if (GreHeader.decode(packet) == GreHeaderVerdict.VALID) {
                valid++;
                readEverything(packet);
            }
            assertThat(packet.position()).isZero();
        }
        assertThat(valid).isBetween(PACKETS / 10, PACKETS - PACKETS / 10);
    }

    private static void readEverything(ByteBuffer packet) {
        assertThat(GreHeader.hasSequence(packet) || GreHeader.hasAcknowledgment(packet)).isTrue();
        if (GreHeader.hasSequence(packet)) {
            assertThat(GreHeader.sequenceNumber(packet)).isEqualTo(packet.getInt(8));
        }
        if (GreHeader.hasAcknowledgment(packet)) {
            int offset = GreHeader.headerOctets(packet) - 4;
            assertThat(GreHeader.acknowledgmentNumber(packet)).isEqualTo(packet.getInt(offset));
        }
        assertThat(GreHeader.headerOctets(packet) + GreHeader.payloadLength(packet))
                .isLessThanOrEqualTo(packet.limit());
    }
}
