package dev.pptpd.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.session.InnerSources;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ATTACKS A37 and A38: what may come out of a tunnel. */
final class InnerPacketTest {
    private static final int CLIENT = address("10.99.0.10");
    private static final InnerSources SOURCES = InnerSources.only(new Ipv4Address(CLIENT));
    private static final int TUNNEL = address("203.0.113.1");
    private static final int UDP = 17;
    private static final int GRE = 47;

    @Test
    void passesWhatComesFromTheAssignedAddress() {
        ByteBuffer packet = packet(CLIENT, address("192.0.2.1"), UDP);
        assertThat(InnerPacket.mayPass(packet, SOURCES, TUNNEL)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.99.0.11", "10.99.0.1", "0.0.0.0", "127.0.0.1", "224.0.0.1"})
    void refusesEveryOtherSource(String source) {
        ByteBuffer packet = packet(address(source), address("192.0.2.1"), UDP);
        assertThat(InnerPacket.mayPass(packet, SOURCES, TUNNEL)).isFalse();
    }

    @Test
    void refusesTheTunnelInsideItself() {
        assertThat(InnerPacket.mayPass(packet(CLIENT, TUNNEL, GRE), SOURCES, TUNNEL)).isFalse();
        assertThat(InnerPacket.mayPass(packet(CLIENT, TUNNEL, UDP), SOURCES, TUNNEL)).isTrue();
    }

    @Test
    void passesWhatComesFromANetworkThatIsRoutedToTheClientAndNothingElse_A37() {
        InnerSources site =
                InnerSources.of(
                        new Ipv4Address(CLIENT),
                        List.of(Ipv4Network.parse("10.2.0.0/16").orElseThrow()));
        assertThat(passes("10.2.0.7", site)).isTrue();
        assertThat(passes("10.99.0.10", site)).isTrue();
        assertThat(passes("10.3.0.7", site)).isFalse();
    }

    @Test
    void refusesTheTunnelInsideItselfWhateverTheSource_A38() {
        ByteBuffer forged = packet(address("198.51.100.1"), TUNNEL, GRE);
        assertThat(InnerPacket.mayPass(forged, InnerSources.any(), TUNNEL)).isFalse();
        assertThat(passes("198.51.100.1", InnerSources.any())).isTrue();
    }

    private static boolean passes(String source, InnerSources sources) {
        ByteBuffer packet = packet(address(source), address("192.0.2.1"), UDP);
        return InnerPacket.mayPass(packet, sources, TUNNEL);
    }

    @Test
    void cutsPaddingOff() {
        ByteBuffer padded = ByteBuffer.allocate(64);
        padded.put(packet(CLIENT, TUNNEL, UDP)).rewind();
        assertThat(InnerPacket.mayPass(padded, SOURCES, TUNNEL)).isTrue();
        assertThat(padded.remaining()).isEqualTo(28);
    }

    @Test
    void refusesWhatIsCutShort() {
        ByteBuffer whole = packet(CLIENT, TUNNEL, UDP);
        for (int length = 0; length < whole.limit(); length++) {
            ByteBuffer cut = whole.duplicate().limit(length);
            assertThat(InnerPacket.mayPass(cut, SOURCES, TUNNEL)).as("%d octets", length).isFalse();
        }
    }

    @Test
    void refusesOtherVersionsAndImpossibleHeaders() {
        for (int first = 0; first < 256; first++) {
            ByteBuffer packet = packet(CLIENT, TUNNEL, UDP).put(0, (byte) first);
            boolean fits = first >> 4 == 4 && (first & 0x0F) >= 5 && (first & 0x0F) * 4 <= 28;
            assertThat(InnerPacket.mayPass(packet, SOURCES, TUNNEL))
                    .as("first octet %02X", first)
                    .isEqualTo(fits);
        }
    }

    @Test
    void neverReadsBeyondRandomOctets() {
        Random random = new Random(1);
        for (int round = 0; round < 100_000; round++) {
            byte[] octets = new byte[random.nextInt(64)];
            random.nextBytes(octets);
            ByteBuffer packet = ByteBuffer.wrap(octets);
            if (InnerPacket.mayPass(packet, SOURCES, TUNNEL)) {
                assertThat(packet.getInt(12)).isEqualTo(CLIENT);
            }
        }
    }

    private static ByteBuffer packet(int source, int destination, int protocol) {
        ByteBuffer packet = ByteBuffer.allocate(28);
        packet.put(0, (byte) 0x45).putShort(2, (short) 28).put(9, (byte) protocol);
        return packet.putInt(12, source).putInt(16, destination);
    }

    private static int address(String text) {
        return Ipv4Address.parse(text).orElseThrow().value();
    }
}
