package dev.pptpd.mppe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With either SHA-1: packet for packet and verdict for verdict what the reference engine does. */
@ParameterizedClass
@EnumSource(Sha1Kind.class)
final class PairedMppeEngineTest {
    private static final List<MppeStrength> STRENGTHS =
            List.of(MppeStrength.BITS_128, MppeStrength.BITS_40, MppeStrength.BITS_56);

    private static final int SESSIONS = 5;
    private static final int BATCHES = 1_500;
    private static final int MAX_BATCH = 9;
    private static final int HEADROOM = 40;

    private final MppeEngine reference = new ReferenceMppeEngine();
    private final MppeEngine paired;
    private final List<MppeEncryptor> referenceSenders = new ArrayList<>();
    private final List<MppeEncryptor> pairedSenders = new ArrayList<>();
    private final List<MppeDecryptor> referenceReceivers = new ArrayList<>();
    private final List<MppeDecryptor> pairedReceivers = new ArrayList<>();
    private final Map<MppeVerdict, Integer> seen = new EnumMap<>(MppeVerdict.class);
    private long nowNanos = Long.MAX_VALUE - 1_000;

    PairedMppeEngineTest(Sha1Kind sha1) {
        paired = TestEngines.paired(sha1);
    }

    /** A packet on its way: of that session, encrypted. */
    private record Wire(int session, ByteBuffer packet) {
        Wire(int session, byte[] octets) {
            this(session, ByteBuffer.wrap(octets));
        }

        byte[] octets() {
            return TestFrames.octets(packet);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void doesWhatTheReferenceDoes(long seed) {
        Random random = new Random(seed);
        makeSessions(random);
        for (int batch = 0; batch < BATCHES; batch++) {
            List<Wire> sent = sendBatch(random);
            receiveBatch(spoiled(sent, random));
            nowNanos += random.nextInt(20_000_000);
        }
        assertThat(seen)
                .containsKeys(
                        MppeVerdict.DECRYPTED,
                        MppeVerdict.TOO_SHORT,
                        MppeVerdict.NOT_ENCRYPTED,
                        MppeVerdict.BAD_FLAGS,
                        MppeVerdict.LATE,
                        MppeVerdict.OVER_BUDGET,
                        MppeVerdict.NOT_SANE);
        assertThat(seen.get(MppeVerdict.DECRYPTED)).isGreaterThan(BATCHES);
    }

    /** All strengths, and one session of a mode that goes one by one. */
    private void makeSessions(Random random) {
        for (int session = 0; session < SESSIONS; session++) {
            MppeStrength strength = STRENGTHS.get(session % STRENGTHS.size());
            MppeMode mode = MppeMode.stateless(strength);
            if (session == 4) {
                mode = mode.withCompression();
            }
            byte[] startKey = new byte[16];
            random.nextBytes(startKey);
            referenceSenders.add(reference.encryptor(mode, startKey));
            pairedSenders.add(paired.encryptor(mode, startKey));
            referenceReceivers.add(reference.decryptor(mode, startKey, 1_500));
            pairedReceivers.add(paired.decryptor(mode, startKey, 1_500));
        }
    }

    private List<Wire> sendBatch(Random random) {
        int count = 1 + random.nextInt(MAX_BATCH);
        MppeEncryptor[] theirs = new MppeEncryptor[count];
        MppeEncryptor[] ours = new MppeEncryptor[count];
        ByteBuffer[] expected = new ByteBuffer[count];
        ByteBuffer[] frames = new ByteBuffer[count];
        int[] sessions = new int[count];
        int busy = random.nextInt(SESSIONS);
        for (int n = 0; n < count; n++) {
            sessions[n] = random.nextInt(3) == 0 ? random.nextInt(SESSIONS) : busy;
            byte[] frame = frame(random);
            theirs[n] = referenceSenders.get(sessions[n]);
            ours[n] = pairedSenders.get(sessions[n]);
            expected[n] = buffer(frame, false);
            frames[n] = buffer(frame, random.nextBoolean());
        }
        reference.encrypt(theirs, expected, count);
        paired.encrypt(ours, frames, count);
        List<Wire> sent = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            byte[] octets = TestFrames.octets(frames[n]);
            assertThat(octets).isEqualTo(TestFrames.octets(expected[n]));
            sent.add(new Wire(sessions[n], octets));
        }
        return sent;
    }

    /** What a path and an attacker make of it: lost, doubled, forged, out of order. */
    private static List<Wire> spoiled(List<Wire> sent, Random random) {
        List<Wire> arriving = new ArrayList<>();
        for (Wire wire : sent) {
            switch (random.nextInt(14)) {
                case 0, 1 -> {}
                case 2 -> {
                    arriving.add(wire);
                    arriving.add(wire);
                }
                case 3 -> arriving.add(new Wire(wire.session(), noise(wire.octets(), random)));
                case 4 -> {
                    arriving.add(new Wire(wire.session(), forged(wire.octets(), random)));
                    arriving.add(wire);
                }
                default -> arriving.add(wire);
            }
        }
        if (random.nextInt(100) == 0) {
            arriving.addAll(jumping(sent.getFirst(), random));
        }
        if (random.nextInt(10) == 0) {
            Collections.shuffle(arriving, random);
        }
        return arriving;
    }

    /** So many keys to skip that a session may not. */
    private static List<Wire> jumping(Wire sent, Random random) {
        List<Wire> jumping = new ArrayList<>();
        for (int n = 0; n < 8; n++) {
            byte[] octets = noise(new byte[1_000], random);
            if (octets.length > 4) {
                octets[0] = (byte) (0x90 | ((sent.octets()[0] + 6) & 0xF));
                octets[1] = sent.octets()[1];
                jumping.add(new Wire(sent.session(), octets));
            }
        }
        return jumping;
    }

    private static byte[] noise(byte[] octets, Random random) {
        byte[] noise = new byte[random.nextInt(octets.length)];
        random.nextBytes(noise);
        return noise;
    }

    /** Flags and count that are believed, most of the time, before octets that are not. */
    private static byte[] forged(byte[] octets, Random random) {
        byte[] forged = octets.clone();
        if (random.nextInt(4) == 0) {
            forged[0] ^= (byte) (1 << random.nextInt(8));
        }
        forged[2 + random.nextInt(forged.length - 2)] ^= (byte) (1 + random.nextInt(255));
        forged[2] ^= (byte) random.nextInt(2);
        return forged;
    }

    private void receiveBatch(List<Wire> arriving) {
        int count = arriving.size();
        MppeDecryptor[] theirs = new MppeDecryptor[count];
        MppeDecryptor[] ours = new MppeDecryptor[count];
        ByteBuffer[] expected = new ByteBuffer[count];
        ByteBuffer[] frames = new ByteBuffer[count];
        MppeVerdict[] expectedVerdicts = new MppeVerdict[count];
        MppeVerdict[] verdicts = new MppeVerdict[count];
        for (int n = 0; n < count; n++) {
            Wire wire = arriving.get(n);
            theirs[n] = referenceReceivers.get(wire.session());
            ours[n] = pairedReceivers.get(wire.session());
            expected[n] = buffer(wire.octets(), false);
            frames[n] = buffer(wire.octets(), n % 2 == 0);
        }
        reference.decrypt(theirs, expected, expectedVerdicts, count, nowNanos);
        paired.decrypt(ours, frames, verdicts, count, nowNanos);
        assertThat(verdicts).isEqualTo(expectedVerdicts);
        for (int n = 0; n < count; n++) {
            seen.merge(verdicts[n], 1, Integer::sum);
            if (verdicts[n] == MppeVerdict.DECRYPTED) {
                assertThat(TestFrames.octets(frames[n])).isEqualTo(TestFrames.octets(expected[n]));
            } else {
                assertThat(frames[n].position()).isEqualTo(HEADROOM);
            }
        }
    }

    /** Of all lengths, also beyond the window of a key stream. */
    private static byte[] frame(Random random) {
        int octets =
                switch (random.nextInt(8)) {
                    case 0 -> 3 + random.nextInt(10);
                    case 1 -> 3 + random.nextInt(2_900);
                    case 2 -> KeyStreams.WINDOW_OCTETS - 2 + random.nextInt(5);
                    case 3, 4 -> 40 + random.nextInt(40);
                    default -> 1_300 + random.nextInt(150);
                };
        byte[] frame = new byte[octets];
        random.nextBytes(frame);
        frame[0] = 0;
        frame[1] = 0x21;
        frame[2] = 0x45;
        return frame;
    }

    private static ByteBuffer buffer(byte[] octets, boolean direct) {
        int capacity = HEADROOM + octets.length + 1_600;
        ByteBuffer buffer =
                direct ? ByteBuffer.allocateDirect(capacity) : ByteBuffer.allocate(capacity);
        return buffer.put(HEADROOM, octets).position(HEADROOM).limit(HEADROOM + octets.length);
    }

    /** More sessions than streams can be made ahead for: some lose theirs, none a packet. */
    @Test
    void carriesMoreSessionsThanItCanPrepareFor() {
        int sessions = 1_200;
        Random random = new Random(9);
        MppeEncryptor[] senders = new MppeEncryptor[sessions];
        MppeDecryptor[] receivers = new MppeDecryptor[sessions];
        for (int n = 0; n < sessions; n++) {
            byte[] startKey = new byte[16];
            random.nextBytes(startKey);
            senders[n] = paired.encryptor(MppeMode.stateless(MppeStrength.BITS_128), startKey);
            receivers[n] =
                    paired.decryptor(MppeMode.stateless(MppeStrength.BITS_128), startKey, 1_500);
        }
        for (int packet = 0; packet < 20_000; packet++) {
            int session = random.nextInt(sessions);
            byte[] frame = frame(random);
            ByteBuffer[] buffer = {buffer(frame, true)};
            paired.encrypt(new MppeEncryptor[] {senders[session]}, buffer, 1);
            MppeVerdict[] verdict = new MppeVerdict[1];
            paired.decrypt(new MppeDecryptor[] {receivers[session]}, buffer, verdict, 1, nowNanos);
            assertThat(verdict[0]).isEqualTo(MppeVerdict.DECRYPTED);
            assertThat(TestFrames.octets(buffer[0])).isEqualTo(frame);
            if (random.nextInt(50) == 0) {
                senders[session].wipe();
                receivers[session].wipe();
                byte[] startKey = new byte[16];
                random.nextBytes(startKey);
                MppeMode mode = MppeMode.stateless(MppeStrength.BITS_128);
                senders[session] = paired.encryptor(mode, startKey);
                receivers[session] = paired.decryptor(mode, startKey, 1_500);
            }
        }
    }

    @Test
    void wantsItsKernel() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PairedMppeEngine(new byte[10], Sha1Kind.PLATFORM));
    }

    @Test
    void leavesNoPacketOfABatchThatFailed() {
        MppeMode mode = MppeMode.stateless(MppeStrength.BITS_128);
        MppeEncryptor sender = paired.encryptor(mode, new byte[16]);
        ByteBuffer good = buffer(new byte[] {0, 0x21, 0x45, 0}, true);
        ByteBuffer without = ByteBuffer.allocate(3);
        MppeEncryptor[] senders = {sender, sender};
        assertThatIllegalArgumentException()
                .isThrownBy(() -> paired.encrypt(senders, new ByteBuffer[] {good, without}, 2));

        byte[] untouched = TestFrames.octets(good);
        ByteBuffer[] next = {buffer(new byte[] {0, 0x21, 0x45, 0}, true)};
        paired.encrypt(senders, next, 1);
        assertThat(TestFrames.octets(good)).isEqualTo(untouched);
    }
}
