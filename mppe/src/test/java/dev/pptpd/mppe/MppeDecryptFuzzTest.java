package dev.pptpd.mppe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random octets, with and without a plausible header, into one receiving state. */
final class MppeDecryptFuzzTest {
    private static final int PACKETS = 200_000;

    @ParameterizedTest
    @MethodSource("dev.pptpd.mppe.TestEngines#all")
    void neverFailsOnRandomOctetsAndKeepsToTheBuffer(Supplier<MppeEngine> maker) {
        Random random = new Random(20_010_301);
        MppeEngine engine = maker.get();
        MppeDecryptor[] decryptor = {
            engine.decryptor(MppeMode.stateless(MppeStrength.BITS_128), new byte[16], 1500)
        };
        MppeVerdict[] verdict = new MppeVerdict[1];
        for (int n = 0; n < PACKETS; n++) {
            byte[] packet = new byte[random.nextInt(64)];
            random.nextBytes(packet);
            if (packet.length > 0 && random.nextBoolean()) {
                packet[0] = (byte) (0x90 | (packet[0] & 0x0F));
            }
            ByteBuffer[] frame = {TestFrames.withHeadroom(packet)};
            int position = frame[0].position();
            int limit = frame[0].limit();
            engine.decrypt(decryptor, frame, verdict, 1, n * 10_000L);
            int moved = verdict[0] == MppeVerdict.DECRYPTED ? MppeEngine.HEADER_OCTETS : 0;
            assertThat(frame[0].position()).isEqualTo(position + moved);
            assertThat(frame[0].limit()).isEqualTo(limit);
        }
    }
}
