package dev.pptpd.mppe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What every engine does in stateless mode. */
@ParameterizedClass
@MethodSource("dev.pptpd.mppe.TestEngines#all")
final class MppeEngineTest {
    private static final byte[] START_KEY =
            HexFormat.of().parseHex("8b7cdc149b993a1ba118cb153f56dccb");
    private static final byte[] IPV4 = HexFormat.of().parseHex("0021450000140001000040010000");
    private static final byte[] IPV6 = HexFormat.of().parseHex("0057600000000000");
    private static final byte[] IPX = HexFormat.of().parseHex("002bffff00220011");

    /** Largest number of lost packets before one that lies in the window. */
    private static final int MOST_LOST = 2_047;

    private static final long SECOND_NANOS = 1_000_000_000L;

    private final MppeEngine engine;
    private final MppeDecryptor decryptor;
    private final JdkMppe peer = new JdkMppe(MppeStrength.BITS_128, START_KEY);
    private long nowNanos = Long.MAX_VALUE - SECOND_NANOS / 2;

    MppeEngineTest(Supplier<MppeEngine> maker) {
        engine = maker.get();
        decryptor = engine.decryptor(MppeMode.stateless(MppeStrength.BITS_128), START_KEY, 1500);
    }

    @Test
    void countsFromZeroAndWrapsAt4096WithFlagsSet() {
        MppeEncryptor[] encryptor = {
            engine.encryptor(MppeMode.stateless(MppeStrength.BITS_128), START_KEY)
        };
        for (int sent = 0; sent < 2 * 4096 + 3; sent++) {
            ByteBuffer[] frame = {TestFrames.withHeadroom(IPV4)};
            engine.encrypt(encryptor, frame, 1);
            int header = frame[0].getShort(frame[0].position()) & 0xFFFF;
            assertThat(header).isEqualTo(0x9000 | sent % 4096);
        }
    }

    @Test
    void decryptsAcrossTheWrapOfTheCount() {
        for (int sent = 0; sent < 2 * 4096 + 3; sent++) {
            assertThat(receive(peer.encrypt(IPV4))).isEqualTo(MppeVerdict.DECRYPTED);
        }
    }

    @Test
    void leavesTheOctetsAroundTheFrameAlone() {
        MppeEncryptor[] encryptor = {
            engine.encryptor(MppeMode.stateless(MppeStrength.BITS_128), START_KEY)
        };
        ByteBuffer buffer = ByteBuffer.allocateDirect(64).position(20).limit(20 + IPV4.length);
        buffer.put(20, IPV4);
        engine.encrypt(encryptor, new ByteBuffer[] {buffer}, 1);
        assertThat(buffer.position()).isEqualTo(18);
        assertThat(buffer.limit()).isEqualTo(20 + IPV4.length);
        buffer.clear();
        byte[] all = TestFrames.octets(buffer);
        assertThat(Arrays.copyOf(all, 18)).containsOnly(0);
        assertThat(Arrays.copyOfRange(all, 20 + IPV4.length, 64)).containsOnly(0);
    }

    @Test
    void refusesAFrameWithoutHeadroom() {
        MppeEncryptor[] encryptor = {
            engine.encryptor(MppeMode.stateless(MppeStrength.BITS_128), START_KEY)
        };
        ByteBuffer[] frame = {ByteBuffer.wrap(IPV4.clone()).position(1)};
        assertThatIllegalArgumentException().isThrownBy(() -> engine.encrypt(encryptor, frame, 1));
    }

    @Test
    void refusesAStartKeyOfAnotherLength() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        engine.encryptor(MppeMode.stateless(MppeStrength.BITS_40), new byte[8]));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        engine.decryptor(
                                MppeMode.stateless(MppeStrength.BITS_40), new byte[17], 1500));
    }

    @Test
    void keepsSessionsOfOneBatchApart() {
        byte[] otherKey = HexFormat.of().parseHex("d5f0e9521e3ea9589645e86051c82226");
        JdkMppe otherPeer = new JdkMppe(MppeStrength.BITS_56, otherKey);
        MppeDecryptor other =
                engine.decryptor(MppeMode.stateless(MppeStrength.BITS_56), otherKey, 1500);
        MppeDecryptor[] states = {decryptor, other, decryptor, other};
        ByteBuffer[] frames = {
            TestFrames.withHeadroom(peer.encrypt(IPV4)),
            TestFrames.withHeadroom(otherPeer.encrypt(IPV6)),
            TestFrames.withHeadroom(peer.encrypt(IPX)),
            TestFrames.withHeadroom(otherPeer.encrypt(IPV4))
        };
        MppeVerdict[] verdicts = new MppeVerdict[4];
        engine.decrypt(states, frames, verdicts, 4, nowNanos);
        assertThat(verdicts).containsOnly(MppeVerdict.DECRYPTED);
        assertThat(TestFrames.octets(frames[0])).isEqualTo(IPV4);
        assertThat(TestFrames.octets(frames[1])).isEqualTo(IPV6);
        assertThat(TestFrames.octets(frames[2])).isEqualTo(IPX);
        assertThat(TestFrames.octets(frames[3])).isEqualTo(IPV4);
    }

    @Test
    void touchesOnlyTheFirstOfTheArrays() {
        MppeVerdict[] verdicts = {MppeVerdict.LATE, MppeVerdict.LATE};
        ByteBuffer[] frames = {
            TestFrames.withHeadroom(peer.encrypt(IPV4)), TestFrames.withHeadroom(peer.encrypt(IPV4))
        };
        engine.decrypt(new MppeDecryptor[] {decryptor, decryptor}, frames, verdicts, 1, nowNanos);
        assertThat(verdicts).containsExactly(MppeVerdict.DECRYPTED, MppeVerdict.LATE);
    }

    @Test
    void dropsATruncatedPacketAtEveryLength() {
        byte[] packet = peer.encrypt(IPV4);
        for (int octets = 0; octets < 5; octets++) {
            assertThat(receive(Arrays.copyOf(packet, octets))).isEqualTo(MppeVerdict.TOO_SHORT);
        }
        assertThat(receive(packet)).isEqualTo(MppeVerdict.DECRYPTED);
    }

    @Test
    void dropsEveryWrongSetOfFlags() {
        byte[] packet = peer.encrypt(IPV4);
        for (int flags = 0; flags < 16; flags++) {
            byte[] changed = packet.clone();
            changed[0] = (byte) (flags << 4);
            if ((flags & 0b0001) == 0) {
                assertThat(receive(changed)).isEqualTo(MppeVerdict.NOT_ENCRYPTED);
            } else if (flags != 0b1001 && flags != 0b1101) {
                assertThat(receive(changed)).isEqualTo(MppeVerdict.BAD_FLAGS);
            }
        }
        byte[] withBitB = packet.clone();
        withBitB[0] |= 0x40;
        assertThat(receive(withBitB)).isEqualTo(MppeVerdict.DECRYPTED);
    }

    @Test
    void dropsLatePacketsAndGoesOn() {
        List<byte[]> packets = new ArrayList<>();
        for (int sent = 0; sent < 3_000; sent++) {
            packets.add(peer.encrypt(IPV4));
        }
        assertThat(receive(packets.get(1_000))).isEqualTo(MppeVerdict.DECRYPTED);
        assertThat(receive(packets.get(2_999))).isEqualTo(MppeVerdict.DECRYPTED);
        // Of what lies behind, half of all counts is known for late.
        for (int sent = 952; sent < 3_000; sent++) {
            assertThat(receive(packets.get(sent))).isEqualTo(MppeVerdict.LATE);
        }
        assertThat(receive(peer.encrypt(IPV4))).isEqualTo(MppeVerdict.DECRYPTED);
    }

    @Test
    void followsTheLargestLossInTheWindow() {
        lose(MOST_LOST);
        assertThat(receive(peer.encrypt(IPV4))).isEqualTo(MppeVerdict.DECRYPTED);
        lose(MOST_LOST);
        assertThat(receive(peer.encrypt(IPV6))).isEqualTo(MppeVerdict.DECRYPTED);
    }

    @Test
    void takesALossBeyondTheWindowForLate() {
        lose(MOST_LOST + 1);
        assertThat(receive(peer.encrypt(IPV4))).isEqualTo(MppeVerdict.LATE);
    }

    @Test
    void believesAnyProtocolAfterAFewLossesAndOnlyIpAfterMany() {
        lose(16);
        assertThat(receive(peer.encrypt(IPX))).isEqualTo(MppeVerdict.DECRYPTED);
        lose(17);
        assertThat(receive(peer.encrypt(IPX))).isEqualTo(MppeVerdict.NOT_SANE);
        assertThat(receive(peer.encrypt(IPV6))).isEqualTo(MppeVerdict.DECRYPTED);
    }

    @Test
    void refusesProtocolsThatNoPeerEncrypts() {
        for (String protocol : List.of("001f", "0020", "0022", "00fb", "00fd", "0121", "c021")) {
            byte[] frame = HexFormat.of().parseHex(protocol + "450000");
            assertThat(receive(peer.encrypt(frame))).as(protocol).isEqualTo(MppeVerdict.NOT_SANE);
        }
        for (String protocol : List.of("0021", "002d", "0057", "00f9")) {
            byte[] frame = HexFormat.of().parseHex(protocol + "450000");
            assertThat(receive(peer.encrypt(frame))).as(protocol).isEqualTo(MppeVerdict.DECRYPTED);
        }
    }

    @Test
    void refusesPacketsOfAnotherKeyAndKeepsItsOwn() {
        JdkMppe stranger = new JdkMppe(MppeStrength.BITS_128, new byte[16]);
        for (int sent = 0; sent < 17; sent++) {
            stranger.encrypt(IPV4);
        }
        assertThat(receive(stranger.encrypt(IPV4))).isEqualTo(MppeVerdict.NOT_SANE);
        assertThat(receive(peer.encrypt(IPV4))).isEqualTo(MppeVerdict.DECRYPTED);
    }

    /** One forged packet with a far count must not make the packets of the peer late. */
    @Test
    void survivesForgedPacketsWithFarCounts() {
        Random random = new Random(17);
        for (int forged = 0; forged < 300; forged++) {
            byte[] packet = new byte[60];
            random.nextBytes(packet);
            int count = (forged + 2_000) % 4096;
            packet[0] = (byte) (0x90 | count >> 8);
            packet[1] = (byte) count;
            nowNanos += SECOND_NANOS;
            assertThat(receive(packet)).isEqualTo(MppeVerdict.NOT_SANE);
            assertThat(receive(peer.encrypt(IPV4))).isEqualTo(MppeVerdict.DECRYPTED);
        }
    }

    @Test
    void neverMovesThePositionOfAPacketItRefuses() {
        byte[] packet = peer.encrypt(HexFormat.of().parseHex("c0210000"));
        ByteBuffer buffer = TestFrames.withHeadroom(packet);
        int position = buffer.position();
        int limit = buffer.limit();
        assertThat(receive(buffer)).isEqualTo(MppeVerdict.NOT_SANE);
        assertThat(buffer.position()).isEqualTo(position);
        assertThat(buffer.limit()).isEqualTo(limit);
    }

    @Test
    void boundsTheKeysSkippedInASecondAndRecovers() {
        int skipped = 0;
        for (int jump = 0; jump < 100; jump++) {
            byte[] forged = new byte[60];
            forged[0] = (byte) (0x90 | MOST_LOST >> 8);
            forged[1] = (byte) MOST_LOST;
            MppeVerdict verdict = receive(forged);
            assertThat(verdict).isIn(MppeVerdict.NOT_SANE, MppeVerdict.OVER_BUDGET);
            skipped += verdict == MppeVerdict.NOT_SANE ? MOST_LOST : 0;
            nowNanos += SECOND_NANOS / 100;
        }
        assertThat(skipped).isBetween(10_000, 20_000);
        assertThat(receive(peer.encrypt(IPV4))).isEqualTo(MppeVerdict.DECRYPTED);
        nowNanos += SECOND_NANOS;
        lose(MOST_LOST);
        assertThat(receive(peer.encrypt(IPV4))).isEqualTo(MppeVerdict.DECRYPTED);
    }

    @Test
    void forgetsTheKeysWhenWiped() {
        byte[] packet = peer.encrypt(IPV4);
        decryptor.wipe();
        MppeEncryptor encryptor =
                engine.encryptor(MppeMode.stateless(MppeStrength.BITS_128), START_KEY);
        encryptor.wipe();
        ByteBuffer frame = TestFrames.withHeadroom(IPV4);
        engine.encrypt(new MppeEncryptor[] {encryptor}, new ByteBuffer[] {frame}, 1);
        assertThat(TestFrames.octets(frame)).isNotEqualTo(packet);
        assertThat(receive(packet)).isEqualTo(MppeVerdict.NOT_SANE);
    }

    @Test
    void leavesTheCallersStartKeyAlone() {
        byte[] startKey = START_KEY.clone();
        engine.encryptor(MppeMode.stateless(MppeStrength.BITS_40), startKey).wipe();
        engine.decryptor(MppeMode.stateless(MppeStrength.BITS_40), startKey, 1500).wipe();
        assertThat(startKey).isEqualTo(START_KEY);
    }

    private void lose(int packets) {
        for (int lost = 0; lost < packets; lost++) {
            peer.encrypt(IPV4);
        }
    }

    private MppeVerdict receive(byte[] packet) {
        return receive(TestFrames.withHeadroom(packet));
    }

    private MppeVerdict receive(ByteBuffer packet) {
        MppeVerdict[] verdict = new MppeVerdict[1];
        engine.decrypt(
                new MppeDecryptor[] {decryptor}, new ByteBuffer[] {packet}, verdict, 1, nowNanos);
        return verdict[0];
    }
}
