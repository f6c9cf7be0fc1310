package dev.pptpd.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ControlMessageCodecTest {
    static List<ControlMessage> messages() {
        return SampleMessages.oneOfEach();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void decodesWhatItEncodes(ControlMessage message) {
        var wire = ControlMessageEncoder.encode(message);

        assertThat(wire.remaining()).isEqualTo(message.type().lengthOctets());
        assertThat(new ControlMessageDecoder().decode(wire))
                .isEqualTo(new DecodedMessage.Known(message));
        assertThat(wire.hasRemaining()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void waitsForTheRestAtEveryLength(ControlMessage message) {
        var wire = ControlMessageEncoder.encode(message);
        for (int length = 0; length < wire.capacity(); length++) {
            var decoder = new ControlMessageDecoder();

            assertThat(decoder.decode(wire.slice(0, length)))
                    .isEqualTo(new DecodedMessage.Incomplete());
            assertThat(decoder.decode(wire.slice(length, wire.capacity() - length)))
                    .isEqualTo(new DecodedMessage.Known(message));
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void leavesTheReceivedBufferAsItWas(ControlMessage message) {
        var wire = ControlMessageEncoder.encode(message).asReadOnlyBuffer();

        assertThat(new ControlMessageDecoder().decode(wire))
                .isInstanceOf(DecodedMessage.Known.class);
    }

    @Test
    void hasEveryTypeOnce() {
        assertThat(messages())
                .extracting(ControlMessage::type)
                .containsExactly(ControlMessageType.values());
    }

    @Test
    void writesAnOutgoingCallReplyAsInTheFigure() {
        var reply = new OutgoingCallReply(0x1234, 0x5678, 1, 2, 3, 100_000_000, 64, 5, 6);

        assertThat(hex(ControlMessageEncoder.encode(reply)))
                .isEqualTo(
                        "00200001"
                                + "1a2b3c4d"
                                + "00080000"
                                + "12345678"
                                + "01020003"
                                + "05f5e100"
                                + "00400005"
                                + "00000006");
    }

    @Test
    void writesACallDisconnectNotifyAsInTheFigure() {
        var notify = new CallDisconnectNotify(0xABCD, 4, 0, 9, TextField.of("x"));

        assertThat(hex(ControlMessageEncoder.encode(notify)))
                .startsWith("009400011a2b3c4d000d0000" + "abcd0400" + "00090000" + "7800")
                .hasSize(2 * 148);
    }

    @Test
    void readsTheFieldsOfAWindowsCallRequest() {
        var wire = ByteBuffer.allocate(168);
        wire.put(HexFormat.of().parseHex("00a800011a2b3c4d00070000" + "9d490001" + "0000012c"));
        wire.put(HexFormat.of().parseHex("05f5e100" + "00000003" + "00000003" + "0040" + "0000"));
        wire.put(104, HexFormat.of().parseHex("00112233445566778899aabbccddeeff")).rewind();

        var decoded = new ControlMessageDecoder().decode(wire);

        assertThat(decoded)
                .isEqualTo(
                        new DecodedMessage.Known(
                                new OutgoingCallRequest(
                                        40265,
                                        1,
                                        300,
                                        100_000_000,
                                        3,
                                        3,
                                        64,
                                        0,
                                        TextField.EMPTY,
                                        Subaddress.of(
                                                HexFormat.of()
                                                        .parseHex(
                                                                "00112233445566778899aabbccddeeff")))));
    }

    @Test
    void ignoresReservedFields() {
        var wire = ControlMessageEncoder.encode(new SetLinkInfo(1, 2, 3));
        wire.putShort(10, (short) -1).putShort(14, (short) 41366);

        assertThat(new ControlMessageDecoder().decode(wire))
                .isEqualTo(new DecodedMessage.Known(new SetLinkInfo(1, 2, 3)));
    }

    @Test
    void takesNoMoreOfAPhoneNumberThanTheFieldHolds() {
        var wire = ControlMessageEncoder.encode(SampleMessages.CALL);
        wire.putShort(36, (short) 0xFFFF);

        var known = (DecodedMessage.Known) new ControlMessageDecoder().decode(wire);

        assertThat(((OutgoingCallRequest) known.message()).phoneNumber().length()).isEqualTo(64);
    }

    @Test
    void refusesToBuildWhatDoesNotFit() {
        assertThatThrownBy(() -> new CallClearRequest(65536))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("callId");
        assertThatThrownBy(() -> new EchoRequest(1L << 32))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new StopControlConnectionRequest(-1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Subaddress.of(new byte[65]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void showsHostileNamesInOneLineOfAscii() {
        var hostile = new byte[64];
        for (int base = 0; base < 256; base += 64) {
            for (int i = 0; i < 64; i++) {
                hostile[i] = (byte) (base + i);
            }
            var shown = TextField.counted(hostile, 64).toString();

            assertThat(shown).matches("[ !#-\\[\\]-~]*(\\\\x[0-9A-F]{2}|[ !#-\\[\\]-~])*");
            assertThat(shown.length()).isLessThanOrEqualTo(256);
        }
    }

    @Test
    void showsPlainNamesAsTheyAreAndCutsLongOnes() {
        var octets = "A".repeat(128).getBytes(StandardCharsets.US_ASCII);

        assertThat(TextField.of("Microsoft Windows NT")).hasToString("Microsoft Windows NT");
        assertThat(TextField.counted(octets, 128)).hasToString("A".repeat(64) + "...");
        assertThat(TextField.zeroTerminated(new byte[] {'a', 0, 'b'})).hasToString("a");
        assertThat(Subaddress.of(new byte[] {1, -1, 0})).hasToString("01ff");
    }

    private static String hex(ByteBuffer wire) {
        var octets = new byte[wire.remaining()];
        wire.get(octets);
        return HexFormat.of().formatHex(octets);
    }
}
