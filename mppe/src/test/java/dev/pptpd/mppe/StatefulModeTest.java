package dev.pptpd.mppe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.mppe.StatefulPeer.Kind;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stateful mode with the two kinds of peers that there are: RFC 3078 to the letter, and Linux. */
final class StatefulModeTest {
    private static final byte[] START_KEY =
            HexFormat.of().parseHex("8b7cdc149b993a1ba118cb153f56dccb");
    private static final byte[] IPV4 =
            HexFormat.of().parseHex("0021450000140001000040010000" + "0a0000010a000002");

    /** Between a packet that cannot be decrypted and the flush that answers it. */
    private static final int ROUND_TRIP_PACKETS = 7;

    private static final int PACKETS = 20_000;

    private final MppeEngine engine = new ReferenceMppeEngine();
    private final MppeMode mode = MppeMode.stateful(MppeStrength.BITS_128);
    private final MppeEncryptor encryptor = engine.encryptor(mode, START_KEY);
    private final MppeDecryptor decryptor = engine.decryptor(mode, START_KEY, 1500);
    private long nowNanos = Long.MAX_VALUE - 1_000_000;

    @ParameterizedTest
    @EnumSource(MppeStrength.class)
    void agreesWithBothKindsAcrossKeyChangesAndTheWrapOfTheCount(MppeStrength strength) {
        for (Kind kind : Kind.values()) {
            StatefulPeer receiver = new StatefulPeer(kind, strength, START_KEY);
            StatefulPeer sender = new StatefulPeer(kind, strength, START_KEY);
            MppeEncryptor ours = engine.encryptor(MppeMode.stateful(strength), START_KEY);
            MppeDecryptor theirs = engine.decryptor(MppeMode.stateful(strength), START_KEY, 1500);
            for (int sent = 0; sent < 2 * 4096 + 3; sent++) {
                assertThat(receiver.decrypt(encrypt(ours, IPV4))).hasValue(IPV4);
                assertThat(decrypt(theirs, sender.encrypt(IPV4))).isEqualTo(MppeVerdict.DECRYPTED);
            }
            assertThat(sender.keyChanges()).isEqualTo(32);
        }
    }

    @Test
    void setsBitAOnFlagPacketsAndNowhereElse() {
        for (int sent = 0; sent < 600; sent++) {
            byte[] packet = encrypt(encryptor, IPV4);
            boolean flag = sent % 256 == 255;
            assertThat(packet[0] & 0xF0).isEqualTo(flag ? 0x90 : 0x10);
        }
    }

    @Test
    void movesAFlushToTheNextFlagPacketAndRepeatsNone() {
        encrypt(encryptor, IPV4);
        encryptor.flush();
        encryptor.flush();
        assertThat(HexFormat.of().formatHex(encrypt(encryptor, IPV4), 0, 2)).isEqualTo("90ff");
        assertThat(HexFormat.of().formatHex(encrypt(encryptor, IPV4), 0, 2)).isEqualTo("1100");
        encryptor.flush();
        assertThat(HexFormat.of().formatHex(encrypt(encryptor, IPV4), 0, 2)).isEqualTo("91ff");
    }

    /** A22: a storm of Reset-Requests costs a key change for each packet sent, and no more. */
    @Test
    void changesNoKeyForAResetRequestItself() {
        StatefulPeer receiver = new StatefulPeer(Kind.RFC, MppeStrength.BITS_128, START_KEY);
        for (int sent = 1; sent <= 100; sent++) {
            for (int request = 0; request < 10_000; request++) {
                encryptor.flush();
            }
            assertThat(receiver.decrypt(encrypt(encryptor, IPV4))).hasValue(IPV4);
            assertThat(receiver.keyChanges()).isEqualTo(sent);
        }
    }

    @ParameterizedTest
    @CsvSource({"RFC, 1", "RFC, 10", "RFC, 40", "LINUX, 1", "LINUX, 10", "LINUX, 40"})
    void isUnderstoodByBothKindsWhateverIsLost(Kind kind, int lossPercent) {
        for (int seed = 0; seed < 5; seed++) {
            Random random = new Random(seed);
            StatefulPeer receiver = new StatefulPeer(kind, MppeStrength.BITS_128, START_KEY);
            MppeEncryptor sender = engine.encryptor(mode, START_KEY);
            Queue<Integer> requests = new ArrayDeque<>();
            int arrived = 0;
            for (int sent = 0; sent < PACKETS; sent++) {
                if (!requests.isEmpty() && requests.element() <= sent) {
                    requests.remove();
                    sender.flush();
                    receiver.acknowledgeReset();
                }
                byte[] frame = frame(random);
                byte[] packet = encrypt(sender, frame);
                if (random.nextInt(100) < lossPercent) {
                    continue;
                }
                Optional<byte[]> decrypted = receiver.decrypt(packet);
                if (decrypted.isPresent()) {
                    assertThat(decrypted).as("seed %d, packet %d", seed, sent).hasValue(frame);
                    arrived++;
                } else if (requests.isEmpty()) {
                    requests.add(sent + ROUND_TRIP_PACKETS);
                }
            }
            assertThat(arrived).isGreaterThan(lossPercent > 20 ? PACKETS / 20 : PACKETS / 3);
        }
    }

    @ParameterizedTest
    @CsvSource({"RFC, 1", "RFC, 10", "RFC, 40", "LINUX, 1", "LINUX, 10", "LINUX, 40"})
    void understandsBothKindsWhateverIsLost(Kind kind, int lossPercent) {
        for (int seed = 0; seed < 5; seed++) {
            Random random = new Random(seed);
            StatefulPeer sender = new StatefulPeer(kind, MppeStrength.BITS_128, START_KEY);
            MppeDecryptor receiver = engine.decryptor(mode, START_KEY, 1500);
            Queue<Integer> requests = new ArrayDeque<>();
            int arrived = 0;
            for (int sent = 0; sent < PACKETS; sent++) {
                if (!requests.isEmpty() && requests.element() <= sent) {
                    requests.remove();
                    sender.requestFlush();
                }
                byte[] frame = frame(random);
                byte[] packet = sender.encrypt(frame);
                if (random.nextInt(100) < lossPercent) {
                    continue;
                }
                nowNanos += 1_000_000;
                ByteBuffer buffer = TestFrames.withHeadroom(packet);
                MppeVerdict verdict = decrypt(receiver, buffer);
                if (verdict == MppeVerdict.DECRYPTED) {
                    assertThat(TestFrames.octets(buffer)).as("packet %d", sent).isEqualTo(frame);
                    arrived++;
                } else if (requests.isEmpty()) {
                    assertThat(verdict).isEqualTo(MppeVerdict.RESET_NEEDED);
                    requests.add(sent + ROUND_TRIP_PACKETS);
                }
            }
            assertThat(arrived).isGreaterThan(lossPercent > 20 ? PACKETS / 20 : PACKETS / 3);
        }
    }

    /** A17: what is forged must not take the stream of the peer along. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void losesNothingToForgedPackets(Kind kind) {
        Random random = new Random(17);
        StatefulPeer sender = new StatefulPeer(kind, MppeStrength.BITS_128, START_KEY);
        int lost = 0;
        for (int sent = 0; sent < 1_000; sent++) {
            byte[] forged = new byte[60];
            random.nextBytes(forged);
            forged[0] = (byte) ((random.nextBoolean() ? 0x90 : 0x10) | (forged[0] & 0x0F));
            decrypt(decryptor, forged);
            nowNanos += 10_000_000;
            if (decrypt(decryptor, sender.encrypt(IPV4)) != MppeVerdict.DECRYPTED) {
                lost++;
                sender.requestFlush();
            }
        }
        assertThat(lost).isLessThan(10);
    }

    @Test
    void takesAPacketThatOnlySeemedLostBecauseOfAForgedOne() {
        StatefulPeer sender = new StatefulPeer(Kind.RFC, MppeStrength.BITS_128, START_KEY);
        byte[] first = sender.encrypt(IPV4);
        byte[] second = sender.encrypt(IPV4);
        assertThat(decrypt(decryptor, second)).isEqualTo(MppeVerdict.RESET_NEEDED);
        assertThat(decrypt(decryptor, first)).isEqualTo(MppeVerdict.DECRYPTED);
        assertThat(decrypt(decryptor, first)).isEqualTo(MppeVerdict.LATE);
        assertThat(decrypt(decryptor, second)).isEqualTo(MppeVerdict.DECRYPTED);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 255, 256, 700, 3_800})
    void findsTheKeyAgainAfterALongLoss(int lost) {
        for (Kind kind : Kind.values()) {
            StatefulPeer sender = new StatefulPeer(kind, MppeStrength.BITS_128, START_KEY);
            MppeDecryptor receiver = engine.decryptor(mode, START_KEY, 1500);
            for (int packet = 0; packet < lost; packet++) {
                sender.encrypt(IPV4);
            }
            sender.requestFlush();
            assertThat(decrypt(receiver, sender.encrypt(IPV4))).isEqualTo(MppeVerdict.DECRYPTED);
            assertThat(decrypt(receiver, sender.encrypt(IPV4))).isEqualTo(MppeVerdict.DECRYPTED);
        }
    }

    /** Linux has changed its key for each of them. */
    @Test
    void findsTheKeyAgainWhenFlushedPacketsOfLinuxWereLost() {
        StatefulPeer sender = new StatefulPeer(Kind.LINUX, MppeStrength.BITS_128, START_KEY);
        for (int flushes = 0; flushes < 15; flushes++) {
            sender.requestFlush();
            sender.encrypt(IPV4);
        }
        sender.requestFlush();
        assertThat(decrypt(decryptor, sender.encrypt(IPV4))).isEqualTo(MppeVerdict.DECRYPTED);
    }

    @Test
    void dropsWhatIsTruncatedOrNotEncryptedOrCompressed() {
        StatefulPeer sender = new StatefulPeer(Kind.RFC, MppeStrength.BITS_128, START_KEY);
        byte[] packet = sender.encrypt(IPV4);
        for (int octets = 0; octets < 5; octets++) {
            assertThat(decrypt(decryptor, Arrays.copyOf(packet, octets)))
                    .isEqualTo(MppeVerdict.TOO_SHORT);
        }
        byte[] changed = packet.clone();
        changed[0] = 0x00;
        assertThat(decrypt(decryptor, changed)).isEqualTo(MppeVerdict.NOT_ENCRYPTED);
        changed[0] = 0x30;
        assertThat(decrypt(decryptor, changed)).isEqualTo(MppeVerdict.BAD_FLAGS);
        assertThat(decrypt(decryptor, packet)).isEqualTo(MppeVerdict.DECRYPTED);
    }

    @Test
    void boundsWhatFlushedPacketsOfNobodyCost() {
        int tried = 0;
        for (int forged = 0; forged < 10_000; forged++) {
            byte[] packet = new byte[60];
            packet[0] = (byte) 0x9E;
            if (decrypt(decryptor, packet) == MppeVerdict.NOT_SANE) {
                tried++;
            }
        }
        // 14 "flag" packets on the way, and 15 of 17 further keys that are not free.
        assertThat(tried * 29).isBetween(9_000, 20_000);
    }

    private static byte[] frame(Random random) {
        byte[] frame = new byte[IPV4.length + random.nextInt(60)];
        random.nextBytes(frame);
        System.arraycopy(IPV4, 0, frame, 0, IPV4.length);
        frame[5] = (byte) (frame.length - 2);
        return frame;
    }

    private byte[] encrypt(MppeEncryptor state, byte[] frame) {
        ByteBuffer[] buffer = {TestFrames.withHeadroom(frame)};
        engine.encrypt(new MppeEncryptor[] {state}, buffer, 1);
        return TestFrames.octets(buffer[0]);
    }

    private MppeVerdict decrypt(MppeDecryptor state, byte[] packet) {
        return decrypt(state, TestFrames.withHeadroom(packet));
    }

    private MppeVerdict decrypt(MppeDecryptor state, ByteBuffer packet) {
        MppeVerdict[] verdict = new MppeVerdict[1];
        engine.decrypt(
                new MppeDecryptor[] {state}, new ByteBuffer[] {packet}, verdict, 1, nowNanos);
        return verdict[0];
    }
}
