package dev.pptpd.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
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

    /** The fields behind the header, as RFC 2637 section 2 draws them. */
    static List<Arguments> figures() {
        return List.of(
                figure(new StopControlConnectionRequest(3), "03000000"),
                figure(new StopControlConnectionReply(1, 2), "01020000"),
                figure(new EchoRequest(0x01020304), "01020304"),
                figure(new EchoReply(0x01020304, 5, 6), "01020304" + "05060000"),
                figure(
                        new IncomingCallReply(0x0102, 0x0304, 5, 6, 0x0708, 0x090A),
                        "01020304" + "05060708" + "090a0000"),
                figure(
                        new IncomingCallConnected(0x0102, 0x03040506, 0x0708, 0x090A, 0x0B0C0D0E),
                        "01020000" + "03040506" + "0708090a" + "0b0c0d0e"),
                figure(new CallClearRequest(0x0102), "01020000"),
                figure(
                        new WanErrorNotify(0x0102, new WanErrorCounters(1, 2, 3, 4, 5, 6)),
                        "01020000"
                                + "00000001"
                                + "00000002"
                                + "00000003"
                                + "00000004"
                                + "00000005"
                                + "00000006"),
                figure(
                        new SetLinkInfo(0x0102, 0x03040506, 0x0708090AL),
                        "01020000" + "03040506" + "0708090a"),
                figure(
                        new StartControlConnectionReply(
                                0x0100, 2, 3, 4, 5, 6, 7, TextField.of("h"), TextField.of("v")),
                        "01000203"
                                + "00000004"
                                + "00000005"
                                + "00060007"
                                + "68"
                                + "00".repeat(63)
                                + "76"
                                + "00".repeat(63)),
                figure(
                        new StartControlConnectionRequest(
                                0x0100, 4, 5, 6, 7, TextField.of("h"), TextField.of("v")),
                        "01000000"
                                + "00000004"
                                + "00000005"
                                + "00060007"
                                + "68"
                                + "00".repeat(63)
                                + "76"
                                + "00".repeat(63)),
                figure(
                        new IncomingCallRequest(
                                0x0102,
                                0x0304,
                                5,
                                6,
                                TextField.of("12"),
                                TextField.of("345"),
                                Subaddress.of(new byte[] {9})),
                        "01020304"
                                + "00000005"
                                + "00000006"
                                + "00020003"
                                + "3132"
                                + "00".repeat(62)
                                + "333435"
                                + "00".repeat(61)
                                + "09"
                                + "00".repeat(63)));
    }

    private static Arguments figure(ControlMessage message, String fields) {
        return Arguments.of(message, fields);
    }

    @ParameterizedTest
    @MethodSource("figures")
    void writesEveryFieldWhereTheFigureHasIt(ControlMessage message, String fields) {
        var header =
                "%04x00011a2b3c4d%04x0000"
                        .formatted(message.type().lengthOctets(), message.type().number());

        assertThat(hex(ControlMessageEncoder.encode(message))).isEqualTo(header + fields);
    }

    /** Results, errors and causes that no RFC lists come out as they went in. */
    @Test
    void keepsEveryValueOfACodeA08() {
        for (int code = 0; code <= 0xFF; code++) {
            for (var message :
                    List.of(
                            new StartControlConnectionReply(
                                    code, code, code, 1, 1, 1, 1, TextField.EMPTY, TextField.EMPTY),
                            new StopControlConnectionRequest(code),
                            new StopControlConnectionReply(code, code),
                            new EchoReply(1, code, code),
                            new OutgoingCallReply(1, 2, code, code, code << 8, 1, 1, 1, 1),
                            new IncomingCallReply(1, 2, code, code, 1, 1),
                            new CallDisconnectNotify(1, code, code, code << 8, TextField.EMPTY))) {
                assertThat(
                                new ControlMessageDecoder()
                                        .decode(ControlMessageEncoder.encode(message)))
                        .isEqualTo(new DecodedMessage.Known(message));
            }
        }
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
