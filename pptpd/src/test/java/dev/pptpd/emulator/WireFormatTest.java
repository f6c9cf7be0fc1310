package dev.pptpd.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class WireFormatTest {
    private static final Octets PAYLOAD = Octets.ofHex("c0210101 0004");

    @Test
    void writesTheThreeGrePacketsSeenOnTheWire() {
        assertThat(gre(OptionalInt.of(7), OptionalInt.empty(), PAYLOAD).encode())
                .isEqualTo(Octets.ofHex("3001880b 0006abcd 00000007").plus(PAYLOAD));
        assertThat(gre(OptionalInt.of(7), OptionalInt.of(-1), PAYLOAD).encode())
                .isEqualTo(Octets.ofHex("3081880b 0006abcd 00000007 ffffffff").plus(PAYLOAD));
        assertThat(gre(OptionalInt.empty(), OptionalInt.of(9), Octets.EMPTY).encode())
                .isEqualTo(Octets.ofHex("2081880b 0000abcd 00000009"));
    }

    @Test
    void readsTheGrePacketsItWrites() {
        for (OptionalInt sequence : List.of(OptionalInt.empty(), OptionalInt.of(0x80000001))) {
            for (OptionalInt acknowledgment : List.of(OptionalInt.empty(), OptionalInt.of(5))) {
                GrePacket packet = gre(sequence, acknowledgment, PAYLOAD);
                assertThat(GrePacket.decode(packet.encode().plus(PAYLOAD))).contains(packet);
            }
        }
    }

    @Test
    void takesNoGrePacketThatIsCutShort() {
        Octets whole = gre(OptionalInt.of(7), OptionalInt.of(8), PAYLOAD).encode();
        for (int length = 0; length < whole.length(); length++) {
            assertThat(GrePacket.decode(whole.slice(0, length))).isEmpty();
        }
    }

    @Test
    void readsAllFourFormsOfAFrame() {
        var frame = new PppFrame(PppFrame.COMPRESSED, PAYLOAD);
        assertThat(frame.encode(false, false)).isEqualTo(Octets.ofHex("ff0300fd").plus(PAYLOAD));
        assertThat(frame.encode(true, true)).isEqualTo(Octets.ofHex("fd").plus(PAYLOAD));
        for (boolean address : List.of(true, false)) {
            for (boolean protocol : List.of(true, false)) {
                assertThat(PppFrame.decode(frame.encode(address, protocol))).contains(frame);
            }
        }
        assertThat(PppFrame.decode(Octets.EMPTY)).isEmpty();
        assertThat(PppFrame.decode(Octets.ofHex("ff03"))).isEmpty();
        assertThat(PppFrame.decode(Octets.ofHex("ff03c0"))).isEmpty();
    }

    @Test
    void takesNoPppPacketThatIsCutShort() {
        Octets whole = new PppPacket(1, 2, PAYLOAD).encode();
        for (int length = 0; length < whole.length(); length++) {
            assertThat(PppPacket.decode(whole.slice(0, length))).isEmpty();
        }
        assertThat(PppPacket.decode(whole.plus(PAYLOAD))).contains(new PppPacket(1, 2, PAYLOAD));
    }

    @Test
    void complainsAboutMalformedOptions() {
        assertThatThrownBy(() -> ConfigurationOption.decode(Octets.ofHex("0104057801")))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ConfigurationOption.decode(Octets.ofHex("0100")))
                .isInstanceOf(IllegalStateException.class);
        assertThat(ConfigurationOption.decode(Octets.ofHex("0104057807020802")))
                .containsExactly(
                        ConfigurationOption.u16(1, 1400),
                        ConfigurationOption.flag(7),
                        ConfigurationOption.flag(8));
    }

    @Test
    void sendsMessagesOfTheSpecifiedLengths() {
        var profile = ClientProfiles.WINDOWS_10;
        PptpMessage start = PptpMessage.startControlConnectionRequest(profile.start());
        assertThat(start.octets().length()).isEqualTo(156).isEqualTo(start.octets().u16(0));
        PptpMessage call = PptpMessage.outgoingCallRequest(profile.call(), 17, 3);
        assertThat(call.octets().length()).isEqualTo(168);
        assertThat(call.octets().u16(32)).isEqualTo(64);
        assertThat(PptpMessage.setLinkInfo(1, 0, -1).octets())
                .isEqualTo(Octets.ofHex("001800011a2b3c4d000f0000 00010000 00000000 ffffffff"));
        assertThat(PptpMessage.echoReply(5).octets().length()).isEqualTo(20);
        assertThat(PptpMessage.callClearRequest(5).octets().length()).isEqualTo(16);
        assertThat(PptpMessage.stopControlConnectionRequest(1).octets().length()).isEqualTo(16);
    }

    @Test
    void cutsAStreamIntoMessagesWhereverItWasSplit() {
        PptpMessage first = PptpMessage.echoRequest(1);
        PptpMessage second = PptpMessage.callClearRequest(2);
        Octets both = first.octets().plus(second.octets());
        for (int cut = 0; cut <= both.length(); cut++) {
            var stream = new MessageStream();
            var messages = new ArrayList<>(stream.receive(both.slice(0, cut)));
            messages.addAll(stream.receive(both.from(cut)));
            assertThat(messages).containsExactly(first, second);
        }
    }

    @Test
    void answersAnEchoWithTheSameData() {
        var request = new IcmpEcho(true, 3, 4, PAYLOAD);
        Ipv4Packet packet = request.between(0x0a630001, 0x0a63000a);
        assertThat(Ipv4Packet.decode(packet.encode())).contains(packet);
        assertThat(IcmpEcho.in(packet)).contains(request);
        assertThat(IcmpEcho.in(request.reply().between(1, 2)))
                .contains(new IcmpEcho(false, 3, 4, PAYLOAD));
        assertThat(Ipv4Packet.internetChecksum(packet.encode().slice(0, 20))).isZero();
    }

    @Test
    void survivesRandomOctets() {
        var random = new SplittableRandom(1);
        int understood = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] octets = new byte[random.nextInt(64)];
            random.nextBytes(octets);
            Octets input = Octets.of(octets);
            understood += PppFrame.decode(input).isPresent() ? 1 : 0;
            understood += GrePacket.decode(input).isPresent() ? 1 : 0;
            understood += PppPacket.decode(input).isPresent() ? 1 : 0;
            understood += Ipv4Packet.decode(input).flatMap(IcmpEcho::in).isPresent() ? 1 : 0;
        }
        assertThat(understood).isPositive();
    }

    private static GrePacket gre(OptionalInt sequence, OptionalInt acknowledgment, Octets payload) {
        return new GrePacket(0xabcd, sequence, acknowledgment, payload);
    }
}
