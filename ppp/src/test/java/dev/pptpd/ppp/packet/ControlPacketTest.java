package dev.pptpd.ppp.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class ControlPacketTest {
    /** The first Configure-Request of a Windows client. */
    private static final byte[] WINDOWS_REQUEST =
            HexFormat.of().parseHex("0100001501040578050631d67a6e070208020d0306");

    @Test
    void decodesWhatItEncodes() {
        ControlPacket packet = ControlPacket.decode(ByteBuffer.wrap(WINDOWS_REQUEST)).orElseThrow();
        assertThat(packet.code()).isEqualTo(Code.CONFIGURE_REQUEST);
        assertThat(packet.identifier()).isZero();
        assertThat(packet.octets()).isEqualTo(WINDOWS_REQUEST.length);
        assertThat(packet.encode()).isEqualTo(WINDOWS_REQUEST);
        assertThat(ControlPacket.decode(ByteBuffer.wrap(packet.encode()))).contains(packet);
    }

    @Test
    void rejectsEveryTruncation() {
        for (int length = 0; length < WINDOWS_REQUEST.length; length++) {
            assertThat(ControlPacket.decode(ByteBuffer.wrap(WINDOWS_REQUEST, 0, length)))
                    .as("%d octets", length)
                    .isEmpty();
        }
    }

    @Test
    void leavesPaddingAndTheBufferAlone() {
        ByteBuffer buffer = ByteBuffer.allocate(64).position(8);
        buffer.put(WINDOWS_REQUEST).position(8);
        assertThat(ControlPacket.decode(buffer).orElseThrow().encode()).isEqualTo(WINDOWS_REQUEST);
        assertThat(buffer.position()).isEqualTo(8);
        assertThat(buffer.limit()).isEqualTo(64);
    }

    @Test
    void rejectsLengthsBelowTheHeaderAndBeyondTheFrame() {
        for (int length : new int[] {0, 1, 2, 3, 9, 0x7FFF, 0x8000, 0xFFFF}) {
            ByteBuffer buffer = ByteBuffer.allocate(8).putShort(2, (short) length);
            assertThat(ControlPacket.decode(buffer)).as("length %d", length).isEmpty();
        }
        for (int length = 4; length <= 8; length++) {
            ByteBuffer buffer = ByteBuffer.allocate(8).putShort(2, (short) length);
            assertThat(ControlPacket.decode(buffer).orElseThrow().octets()).isEqualTo(length);
        }
    }

    @Test
    void keepsCodeAndIdentifierToOneOctet() {
        ControlPacket packet = new ControlPacket(0x1FF, -1, new byte[0]);
        assertThat(packet.code()).isEqualTo(255);
        assertThat(packet.identifier()).isEqualTo(255);
    }

    @Test
    void doesNotShareItsData() {
        byte[] data = {1, 2, 3};
        ControlPacket packet = new ControlPacket(1, 1, data);
        Arrays.fill(data, (byte) 9);
        Arrays.fill(packet.data(), (byte) 9);
        assertThat(packet.data()).containsExactly(1, 2, 3);
    }

    @Test
    void isEqualByAllThatIsOnTheWire() {
        ControlPacket packet = new ControlPacket(2, 1, new byte[] {1});
        ControlPacket same = new ControlPacket(2, 1, new byte[] {1});
        assertThat(packet).isEqualTo(same).hasSameHashCodeAs(same);
        assertThat(packet)
                .isNotEqualTo(new ControlPacket(3, 1, new byte[] {1}))
                .isNotEqualTo(new ControlPacket(2, 2, new byte[] {1}))
                .isNotEqualTo(new ControlPacket(2, 1, new byte[] {2}));
    }

    @Test
    void neverPrintsItsData() {
        assertThat(new ControlPacket(2, 1, new byte[] {0x41, 0x42}))
                .hasToString("ControlPacket[code=2 id=1 length=6]");
    }
}
