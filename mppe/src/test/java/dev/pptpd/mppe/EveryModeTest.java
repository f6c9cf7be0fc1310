package dev.pptpd.mppe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our sender and our receiver in every mode there is, over a path that loses packets. */
final class EveryModeTest {
    private static final byte[] START_KEY =
            HexFormat.of().parseHex("8b7cdc149b993a1ba118cb153f56dccb");
    private static final int MRU = 1_500;
    private static final int PACKETS = 6_000;
    private static final int ROUND_TRIP_PACKETS = 5;
    private static final int ALLOCATION_PACKETS = 30_000;

    private final MppeEngine engine = new ReferenceMppeEngine();
    private final ByteBuffer[] frame = {ByteBuffer.allocateDirect(2_048)};
    private final MppeVerdict[] verdict = new MppeVerdict[1];
    private long nowNanos = -7;

    static Stream<MppeMode> modes() {
        List<MppeMode> modes = new ArrayList<>();
        for (MppeStrength strength : MppeStrength.values()) {
            for (MppeMode mode :
                    List.of(MppeMode.stateless(strength), MppeMode.stateful(strength))) {
                modes.add(mode);
                modes.add(mode.withCompression());
            }
        }
        modes.add(new MppeMode(Optional.empty(), true, true));
        modes.add(new MppeMode(Optional.empty(), false, true));
        return modes.stream();
    }

    @ParameterizedTest
    @MethodSource("modes")
    void carriesEveryPacketOverAPathThatLosesNone(MppeMode mode) {
        assertThat(exchange(mode, 0, 1)).isEqualTo(PACKETS);
    }

    @ParameterizedTest
    @MethodSource("modes")
    void recoversFromEveryLossAndMakesNoGarbage(MppeMode mode) {
        for (int seed = 0; seed < 3; seed++) {
            int arrived = exchange(mode, 3, seed);
            assertThat(arrived).isBetween(PACKETS * 7 / 10, PACKETS * 99 / 100);
        }
    }

    /** How many of the packets came out, each of them unchanged. */
    private int exchange(MppeMode mode, int lossPercent, int seed) {
        Random random = new Random(seed);
        MppeEncryptor[] sender = {engine.encryptor(mode, START_KEY)};
        MppeDecryptor[] receiver = {engine.decryptor(mode, START_KEY, MRU)};
        int flushAt = Integer.MAX_VALUE;
        int arrived = 0;
        for (int sent = 0; sent < PACKETS; sent++) {
            if (sent >= flushAt) {
                sender[0].flush();
                flushAt = Integer.MAX_VALUE;
            }
            byte[] packet =
                    random.nextInt(4) == 0 ? Payloads.random(random) : Payloads.text(random);
            put(packet);
            engine.encrypt(sender, frame, 1);
            if (random.nextInt(100) < lossPercent) {
                continue;
            }
            nowNanos += 1_000_000;
            engine.decrypt(receiver, frame, verdict, 1, nowNanos);
            if (verdict[0] == MppeVerdict.DECRYPTED) {
                assertThat(TestFrames.octets(frame[0])).as("packet %d", sent).isEqualTo(packet);
                arrived++;
            } else {
                assertThat(mode.stateless()).as("resets in stateless mode").isFalse();
                assertThat(verdict[0]).isEqualTo(MppeVerdict.RESET_NEEDED);
                flushAt = Math.min(flushAt, sent + ROUND_TRIP_PACKETS);
            }
        }
        return arrived;
    }

    @ParameterizedTest
    @MethodSource("modes")
    void neverFailsOnRandomOctets(MppeMode mode) {
        Random random = new Random(2_001);
        MppeDecryptor[] receiver = {engine.decryptor(mode, START_KEY, MRU)};
        for (int n = 0; n < 20_000; n++) {
            byte[] packet = new byte[random.nextInt(80)];
            random.nextBytes(packet);
            put(packet);
            nowNanos += 100_000;
            engine.decrypt(receiver, frame, verdict, 1, nowNanos);
            if (verdict[0] != MppeVerdict.DECRYPTED) {
                assertThat(frame[0].position()).isEqualTo(40);
                assertThat(frame[0].remaining()).isEqualTo(packet.length);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("modes")
    void allocatesNothingForAPacket(MppeMode mode) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] packet = Payloads.text(new Random(3));
        MppeEncryptor[] sender = {engine.encryptor(mode, START_KEY)};
        MppeDecryptor[] receiver = {engine.decryptor(mode, START_KEY, MRU)};
        carry(sender, receiver, packet);
        long before = threads.getCurrentThreadAllocatedBytes();
        carry(sender, receiver, packet);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated).isLessThan(ALLOCATION_PACKETS);
    }

    private void carry(MppeEncryptor[] sender, MppeDecryptor[] receiver, byte[] packet) {
        for (int sent = 0; sent < ALLOCATION_PACKETS; sent++) {
            put(packet);
            engine.encrypt(sender, frame, 1);
            if (sent % 100 == 0) {
                sender[0].flush();
            } else {
                nowNanos += 1_000_000;
                engine.decrypt(receiver, frame, verdict, 1, nowNanos);
            }
        }
    }

    private void put(byte[] packet) {
        frame[0].clear().position(40).put(40, packet).limit(40 + packet.length);
    }

    @Test
    void namesEveryModeInOneWord() {
        assertThat(MppeMode.stateless(MppeStrength.BITS_128)).hasToString("128-stateless");
        assertThat(MppeMode.stateful(MppeStrength.BITS_40)).hasToString("40-stateful");
        assertThat(MppeMode.stateful(MppeStrength.BITS_56).withCompression())
                .hasToString("56-stateful+mppc");
        assertThat(new MppeMode(Optional.empty(), false, true)).hasToString("none+mppc");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MppeMode(Optional.empty(), true, false));
    }
}
