package dev.pptpd.mppe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine against one written with the platform's ciphers, over random packets and losses. */
@ParameterizedClass
@MethodSource("dev.pptpd.mppe.TestEngines#all")
final class MppeDifferentialTest {
    /** More than two rounds of the coherency count. */
    private static final int PACKETS = 9_000;

    private static final int BATCH = 7;

    private final Random random = new Random(3078);
    private final MppeEngine engine;

    MppeDifferentialTest(Supplier<MppeEngine> maker) {
        engine = maker.get();
    }

    @ParameterizedTest
    @EnumSource
    void encryptsWhatTheReferenceEncrypts(MppeStrength strength) {
        byte[] startKey = randomOctets(16);
        JdkMppe reference = new JdkMppe(strength, startKey);
        MppeEncryptor encryptor = engine.encryptor(MppeMode.stateless(strength), startKey);
        MppeEncryptor[] states = new MppeEncryptor[BATCH];
        ByteBuffer[] frames = new ByteBuffer[BATCH];
        byte[][] expected = new byte[BATCH][];
        for (int sent = 0; sent < PACKETS; sent += BATCH) {
            for (int n = 0; n < BATCH; n++) {
                byte[] frame = randomFrame();
                states[n] = encryptor;
                frames[n] = buffer(frame);
                expected[n] = reference.encrypt(frame);
            }
            engine.encrypt(states, frames, BATCH);
            for (int n = 0; n < BATCH; n++) {
                assertThat(TestFrames.octets(frames[n])).isEqualTo(expected[n]);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void decryptsWhatTheReferenceEncryptsOverLosses(MppeStrength strength) {
        byte[] startKey = randomOctets(16);
        JdkMppe reference = new JdkMppe(strength, startKey);
        MppeDecryptor[] state = {engine.decryptor(MppeMode.stateless(strength), startKey, 1500)};
        MppeVerdict[] verdict = new MppeVerdict[1];
        int received = 0;
        for (int sent = 0; sent < PACKETS; sent++) {
            byte[] frame = randomFrame();
            byte[] packet = reference.encrypt(frame);
            if (random.nextInt(3) == 0) {
                continue;
            }
            ByteBuffer[] buffer = {buffer(packet)};
            engine.decrypt(state, buffer, verdict, 1, sent * 1_000_000L);
            assertThat(verdict[0]).isEqualTo(MppeVerdict.DECRYPTED);
            assertThat(TestFrames.octets(buffer[0])).isEqualTo(frame);
            received++;
        }
        assertThat(received).isGreaterThan(PACKETS / 2);
    }

    private ByteBuffer buffer(byte[] octets) {
        return random.nextBoolean() ? TestFrames.withHeadroom(octets) : TestFrames.onHeap(octets);
    }

    /** IPv4 of 1 to 1,500 octets: also beyond the piece in which the key stream is made. */
    private byte[] randomFrame() {
        byte[] frame = randomOctets(3 + random.nextInt(1_500));
        frame[0] = 0x00;
        frame[1] = 0x21;
        frame[2] = 0x45;
        return frame;
    }

    private byte[] randomOctets(int octets) {
        byte[] random = new byte[octets];
        this.random.nextBytes(random);
        return random;
    }
}
