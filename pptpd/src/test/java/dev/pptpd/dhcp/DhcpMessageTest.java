package dev.pptpd.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class DhcpMessageTest {
    @Test
    void readsWhatWindowsSends() {
        DhcpMessage message = DhcpMessage.decode(WindowsInform.message()).orElseThrow();
        assertThat(message.isReply()).isFalse();
        assertThat(message.type()).isEqualTo(8);
        assertThat(message.hardware()).isEqualTo(8);
        assertThat(message.transaction()).isEqualTo(WindowsInform.TRANSACTION);
        assertThat(message.client()).isEqualTo(WindowsInform.CLIENT);
        assertThat(message.clientHardware()).isEqualTo(WindowsInform.HARDWARE);
        assertThat(message.options()).containsOnlyKeys(53, 61, 60, 55);
    }

    @Test
    void readsWhatItWrote() {
        DhcpMessage message = DhcpMessage.decode(WindowsInform.message()).orElseThrow();
        assertThat(decoded(message)).contains(message);
        assertThat(encoded(message).remaining()).isEqualTo(300);
    }

    /** RFC 3396 section 5. */
    @Test
    void joinsAnOptionInParts() {
        ByteBuffer message =
                WindowsInform.with(new int[] {53, 1, 8, 12, 2, 'a', 'b', 12, 1, 'c', 255});
        assertThat(DhcpMessage.decode(message).orElseThrow().options().get(12))
                .isEqualTo(new byte[] {'a', 'b', 'c'});
        ByteBuffer twice = WindowsInform.with(new int[] {53, 1, 8, 53, 1, 8, 255});
        assertThat(DhcpMessage.decode(twice).orElseThrow().type()).isZero();
    }

    @Test
    void refusesOptionsThatDoNotEnd() {
        assertThat(decode(53, 1, 8)).isEmpty();
        assertThat(decode(53, 1, 8, 12)).isEmpty();
        assertThat(decode(53, 1, 8, 12, 3, 1, 2)).isEmpty();
        assertThat(decode(0, 0, 53, 1, 8, 255, 77)).isPresent();
        assertThat(decode(12, 0, 255)).isPresent();
    }

    private static Optional<DhcpMessage> decode(int... options) {
        return DhcpMessage.decode(WindowsInform.with(options));
    }

    @Test
    void refusesWhatIsNoMessage() {
        assertThat(DhcpMessage.decode(WindowsInform.message().put(0, (byte) 3))).isEmpty();
        assertThat(DhcpMessage.decode(WindowsInform.message().put(2, (byte) 17))).isEmpty();
        assertThat(DhcpMessage.decode(WindowsInform.message().put(236, (byte) 0))).isEmpty();
    }

    @Test
    void refusesEveryTruncation() {
        ByteBuffer whole = WindowsInform.message();
        for (int length = 0; length < whole.limit(); length++) {
            ByteBuffer cut = ByteBuffer.allocate(length).put(0, whole, 0, length);
            assertThat(DhcpMessage.decode(cut)).as("%d octets", length).isEmpty();
        }
    }

    @Test
    void survivesNoiseAndReadsBackWhatItUnderstood() {
        Random random = new Random(11);
        ByteBuffer whole = WindowsInform.message();
        for (int round = 0; round < 100_000; round++) {
            ByteBuffer message = ByteBuffer.allocate(240 + random.nextInt(80));
            message.put(0, whole, 0, Math.min(whole.limit(), message.limit()));
            for (int changes = random.nextInt(8); changes > 0; changes--) {
                int at = 240 + random.nextInt(Math.max(1, message.limit() - 240));
                if (at < message.limit()) {
                    message.put(at, (byte) random.nextInt());
                }
            }
            DhcpMessage.decode(message)
                    .filter(read -> read.options().values().stream().allMatch(v -> v.length < 256))
                    .ifPresent(read -> assertThat(decoded(read)).contains(read));
        }
    }

    @Test
    void survivesOptionsOfNoise() {
        Random random = new Random(12);
        for (int round = 0; round < 100_000; round++) {
            int[] options = random.ints(random.nextInt(60), 0, 256).toArray();
            DhcpMessage.decode(WindowsInform.with(options));
        }
    }

    @Test
    void hasNoTypeWithoutTheOption() {
        DhcpMessage bootp =
                new DhcpMessage(
                        false,
                        1,
                        0,
                        0,
                        Ipv4Address.ANY,
                        Ipv4Address.ANY,
                        new byte[6],
                        new TreeMap<>());
        assertThat(bootp.type()).isZero();
    }

    private static Optional<DhcpMessage> decoded(DhcpMessage message) {
        return DhcpMessage.decode(encoded(message));
    }

    private static ByteBuffer encoded(DhcpMessage message) {
        ByteBuffer octets = ByteBuffer.allocate(message.octets());
        message.encode(octets);
        return octets.flip();
    }
}
