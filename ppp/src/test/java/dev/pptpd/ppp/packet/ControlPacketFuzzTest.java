package dev.pptpd.ppp.packet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.ppp.option.OptionList;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random octets, half of them with a plausible length, into the two decoders. */
final class ControlPacketFuzzTest {
    private static final int PACKETS = 200_000;

    @Test
    void takesOnlyWhatItWouldEncodeItself() {
        Random random = new Random(16_61);
        int taken = 0;
        for (int n = 0; n < PACKETS; n++) {
            byte[] octets = new byte[random.nextInt(48)];
            random.nextBytes(octets);
            if (octets.length >= ControlPacket.HEADER_OCTETS && random.nextBoolean()) {
                octets[2] = 0;
                octets[3] = (byte) random.nextInt(octets.length + 2);
            }
            Optional<ControlPacket> packet = ControlPacket.decode(ByteBuffer.wrap(octets));
            if (packet.isPresent()) {
                taken++;
                byte[] encoded = packet.get().encode();
                assertThat(encoded).isEqualTo(Arrays.copyOf(octets, encoded.length));
                checkOptions(packet.get().data());
            }
        }
        assertThat(taken).isGreaterThan(PACKETS / 4);
    }

    private static void checkOptions(byte[] data) {
        OptionList.decode(data).ifPresent(options -> assertThat(options.encode()).isEqualTo(data));
    }
}
