package dev.pptpd.mppe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.pptpd.mppe.TestEngines#all")
final class MppeWarmUpTest {
    private static final MppeMode MODE = MppeMode.stateless(MppeStrength.BITS_128);

    private final MppeEngine engine;
    private final MppeWarmUp warmUp;

    MppeWarmUpTest(Supplier<MppeEngine> maker) {
        engine = maker.get();
        warmUp = new MppeWarmUp(engine);
    }

    @Test
    void hasAnEnd() {
        for (int round = 0; round < MppeWarmUp.ROUNDS; round++) {
            assertThat(warmUp.isDone()).isFalse();
            warmUp.round();
        }
        assertThat(warmUp.isDone()).isTrue();
        warmUp.round();
        assertThat(warmUp.isDone()).isTrue();
    }

    @Test
    void leavesTheSessionsOfOthersAlone() {
        MppeEncryptor[] sender = {engine.encryptor(MODE, new byte[16])};
        MppeEncryptor[] expected = {new ReferenceMppeEngine().encryptor(MODE, new byte[16])};
        while (!warmUp.isDone()) {
            assertThat(encrypted(engine, sender))
                    .isEqualTo(encrypted(new ReferenceMppeEngine(), expected));
            warmUp.round();
        }
        assertThat(encrypted(engine, sender))
                .isEqualTo(encrypted(new ReferenceMppeEngine(), expected));
    }

    private static byte[] encrypted(MppeEngine engine, MppeEncryptor[] sender) {
        ByteBuffer[] frame = {TestFrames.withHeadroom(new byte[] {0, 0x21, 0x45, 0, 0, 9})};
        engine.encrypt(sender, frame, 1);
        return TestFrames.octets(frame[0]);
    }
}
