package dev.pptpd.mppe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Compression and decompression without anything around them. */
final class MppcTest {
    private static final int PACKETS = 10_000;
    private static final int BUFFER_OCTETS = 2_048;
    private static final int HEADROOM = 40;
    private static final int MRU = 1_500;

    private final MppcCompressor compressor = new MppcCompressor();
    private final MppcDecompressor decompressor = new MppcDecompressor(MRU);
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_OCTETS);
    private int compressedPackets;
    private long octetsBefore;
    private long octetsAfter;

    @Test
    void bringsBackTenThousandRandomPackets() {
        exchange(Payloads::random, false);
        assertThat(octetsAfter).isLessThanOrEqualTo(octetsBefore);
    }

    @Test
    void bringsBackTenThousandPacketsOfText() {
        exchange(Payloads::text, false);
        assertThat(compressedPackets).isGreaterThan(PACKETS * 95 / 100);
        assertThat(octetsAfter).isLessThan(octetsBefore / 2);
    }

    @Test
    void bringsBackPacketsThatStandAlone() {
        exchange(Payloads::text, true);
        assertThat(compressedPackets).isGreaterThan(PACKETS * 9 / 10);
        assertThat(octetsAfter).isLessThan(octetsBefore * 2 / 3);
    }

    @Test
    void bringsBackAnyMixture() {
        exchange(
                random ->
                        switch (random.nextInt(3)) {
                            case 0 -> Payloads.random(random);
                            case 1 -> Payloads.text(random);
                            default -> Payloads.monotonous(random);
                        },
                false);
    }

    private void exchange(Function<Random, byte[]> payload, boolean alone) {
        Random random = new Random(2118);
        for (int sent = 0; sent < PACKETS; sent++) {
            byte[] frame = payload.apply(random);
            int header = send(frame, alone);
            octetsBefore += frame.length;
            octetsAfter += buffer.remaining();
            compressedPackets += (header & MppeHeader.COMPRESSED) != 0 ? 1 : 0;
            assertThat(decompressor.expand(buffer, header)).as("packet %d", sent).isTrue();
            assertThat(TestFrames.octets(buffer)).as("packet %d", sent).isEqualTo(frame);
        }
    }

    private int send(byte[] frame, boolean alone) {
        int header = 0;
        if (alone || compressor.isSpoiled()) {
            compressor.flush();
            header = MppeHeader.FLUSHED;
        }
        buffer.clear().position(HEADROOM).put(HEADROOM, frame).limit(HEADROOM + frame.length);
        return header | compressor.compress(buffer);
    }

    @Test
    void sendsWhatDoesNotShrinkAsItIsAndThenStartsOver() {
        byte[] noise = Payloads.random(new Random(1));
        byte[] frame = noise.clone();
        assertThat(send(frame, false)).isZero();
        assertThat(TestFrames.octets(buffer)).isEqualTo(noise);
        assertThat(compressor.isSpoiled()).isTrue();
        assertThat(send(Payloads.text(new Random(2)), false))
                .isEqualTo(MppeHeader.FLUSHED | MppeHeader.AT_FRONT | MppeHeader.COMPRESSED);
        assertThat(compressor.isSpoiled()).isFalse();
    }

    @Test
    void goesBackToTheFrontOnceInEveryHistoryFull() {
        byte[] frame = Arrays.copyOf(Payloads.monotonous(new Random(3)), 1_000);
        int atFront = 0;
        for (int sent = 0; sent < 80; sent++) {
            atFront += (send(frame, false) & MppeHeader.AT_FRONT) != 0 ? 1 : 0;
        }
        assertThat(atFront).isEqualTo(10);
    }

    /** More packets than it takes for the places in the history to be counted anew. */
    @Test
    void worksForMoreFlushesThanAnIntHasRoomFor() {
        byte[] frame = Arrays.copyOf(Payloads.monotonous(new Random(4)), 40);
        for (int sent = 0; sent < 300_000; sent++) {
            int header = send(frame, true);
            assertThat(header & MppeHeader.COMPRESSED).isNotZero();
            if (sent % 1_000 < 2) {
                assertThat(decompressor.expand(buffer, header)).isTrue();
                assertThat(TestFrames.octets(buffer)).isEqualTo(frame);
            }
        }
    }

    @Test
    void losesOnlyThePacketThatIsGarbage() {
        Random random = new Random(5);
        for (int sent = 0; sent < 2_000; sent++) {
            byte[] frame = Payloads.text(random);
            int header = send(frame, false);
            byte[] packet = TestFrames.octets(buffer);
            byte[] garbage = packet.clone();
            garbage[random.nextInt(garbage.length)] ^= (byte) (1 + random.nextInt(255));
            fill(garbage);
            // Whatever a changed packet becomes, it must not be believed here.
            if (header != 0 && !decompressor.expand(buffer, header)) {
                fill(packet);
                assertThat(decompressor.expand(buffer, header)).isTrue();
                assertThat(TestFrames.octets(buffer)).isEqualTo(frame);
            } else {
                compressor.flush();
                header = MppeHeader.FLUSHED;
                fill(frame);
                assertThat(decompressor.expand(buffer, header)).isTrue();
            }
        }
    }

    @Test
    void refusesWhatWouldBeLongerThanTheMru() {
        MppcDecompressor narrow = new MppcDecompressor(100);
        byte[] frame = Arrays.copyOf(Payloads.text(new Random(6)), 102);
        assertThat(narrow.expand(buffer, send(frame, true))).isTrue();
        byte[] longer = Arrays.copyOf(Payloads.text(new Random(6)), 103);
        assertThat(narrow.expand(buffer, send(longer, true))).isFalse();
    }

    @Test
    void refusesOffsetsBeforeTheBeginning() {
        // Literals 00 21 45, then a copy of 3 from 4 octets before.
        byte[] reaching = {0x00, 0x21, 0x45, (byte) 0b1111_0001, 0b0000_0000};
        fill(reaching);
        int header = MppeHeader.FLUSHED | MppeHeader.COMPRESSED;
        assertThat(decompressor.expand(buffer, header)).isFalse();
        reaching[3] = (byte) 0b1111_0000;
        reaching[4] = (byte) 0b1100_0000;
        fill(reaching);
        assertThat(decompressor.expand(buffer, header)).isTrue();
        assertThat(TestFrames.octets(buffer)).containsExactly(0x00, 0x21, 0x45, 0x00, 0x21, 0x45);
    }

    @Test
    void dropsATruncatedPacketAtEveryLengthOrMakesItShorter() {
        byte[] frame = Payloads.text(new Random(7));
        int header = send(frame, true);
        byte[] packet = TestFrames.octets(buffer);
        for (int octets = 0; octets < packet.length; octets++) {
            fill(Arrays.copyOf(packet, octets));
            if (decompressor.expand(buffer, header)) {
                assertThat(frame).startsWith(TestFrames.octets(buffer));
                assertThat(buffer.remaining()).isLessThan(frame.length);
            }
        }
    }

    @Test
    void makesRoomByBeginningFurtherAhead() {
        byte[] frame = Arrays.copyOf(Payloads.monotonous(new Random(8)), 1_000);
        int header = send(frame, true);
        byte[] packet = TestFrames.octets(buffer);
        ByteBuffer tight = ByteBuffer.allocate(1_010).position(30).put(30, packet);
        tight.limit(30 + packet.length);
        assertThat(decompressor.expand(tight, header)).isTrue();
        assertThat(TestFrames.octets(tight)).isEqualTo(frame);
        ByteBuffer tooTight = ByteBuffer.allocate(999).put(0, packet).limit(packet.length);
        assertThat(decompressor.expand(tooTight, header)).isFalse();
    }

    /** Random octets, some of them behind the beginning of a real packet. */
    @Test
    void neverFailsOnRandomOctets() {
        Random random = new Random(19_970_301);
        for (int n = 0; n < 200_000; n++) {
            byte[] packet = new byte[random.nextInt(200)];
            random.nextBytes(packet);
            if (packet.length > 3 && random.nextBoolean()) {
                packet[0] = 0;
                packet[1] = 0x21;
                packet[2] = 0x45;
            }
            fill(packet);
            int header = random.nextInt(1 << 16) | MppeHeader.COMPRESSED;
            int position = buffer.position();
            if (decompressor.expand(buffer, header)) {
                assertThat(buffer.remaining()).isBetween(3, MRU + 2);
            } else {
                assertThat(buffer.position()).isEqualTo(position);
                assertThat(buffer.remaining()).isEqualTo(packet.length);
            }
        }
        compressor.flush();
        byte[] frame = Payloads.text(random);
        assertThat(decompressor.expand(buffer, send(frame, true))).isTrue();
        assertThat(TestFrames.octets(buffer)).isEqualTo(frame);
    }

    private void fill(byte[] packet) {
        buffer.clear().position(HEADROOM).put(HEADROOM, packet).limit(HEADROOM + packet.length);
    }
}
