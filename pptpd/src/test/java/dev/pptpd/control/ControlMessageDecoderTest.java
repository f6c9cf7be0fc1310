package dev.pptpd.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ControlMessageDecoderTest {
    private final ControlMessageDecoder decoder = new ControlMessageDecoder();

    @Test
    void findsAllMessagesOfOneSegment() {
        assertThat(decodeAll(stream())).isEqualTo(known(SampleMessages.oneOfEach()));
    }

    @Test
    void findsTheSameMessagesOctetByOctet() {
        var found = new ArrayList<DecodedMessage>();
        for (byte octet : stream().array()) {
            found.add(decoder.decode(ByteBuffer.wrap(new byte[] {octet})));
        }
        found.removeIf(decoded -> decoded instanceof DecodedMessage.Incomplete);

        assertThat(found).isEqualTo(known(SampleMessages.oneOfEach()));
    }

    @Test
    void findsTheSameMessagesCutAtEachOffset() {
        var stream = stream();
        for (int cut = 1; cut < stream.capacity(); cut++) {
            var found = new ArrayList<>(decodeAll(stream.slice(0, cut)));
            found.addAll(decodeAll(stream.slice(cut, stream.capacity() - cut)));
            found.removeIf(decoded -> decoded instanceof DecodedMessage.Incomplete);

            assertThat(found).as("cut at %d", cut).isEqualTo(known(SampleMessages.oneOfEach()));
        }
    }

    @Test
    void rejectsALengthOfZeroWithItsSecondOctet() {
        assertThat(decoder.decode(ByteBuffer.wrap(new byte[] {0})))
                .isEqualTo(new DecodedMessage.Incomplete());
        assertThat(decoder.decode(ByteBuffer.wrap(new byte[] {0})))
                .isEqualTo(new DecodedMessage.Malformed(ControlFault.LENGTH_BELOW_MINIMUM));
    }

    @Test
    void rejectsALengthAboveTheMaximum() {
        assertThat(decoder.decode(header(1025, 1, 0x1A2B3C4D, 99)))
                .isEqualTo(new DecodedMessage.Malformed(ControlFault.LENGTH_ABOVE_MAXIMUM));
    }

    @Test
    void rejectsTheWrongLengthForAType() {
        assertThat(decoder.decode(header(20, 1, 0x1A2B3C4D, 5)))
                .isEqualTo(new DecodedMessage.Malformed(ControlFault.LENGTH_WRONG_FOR_TYPE));
    }

    @Test
    void rejectsManagementMessages() {
        assertThat(decoder.decode(header(16, 2, 0x1A2B3C4D, 5)))
                .isEqualTo(new DecodedMessage.Malformed(ControlFault.NOT_A_CONTROL_MESSAGE));
    }

    @Test
    void rejectsABadMagicCookie() {
        assertThat(decoder.decode(header(16, 1, 0x1A2B3C4C, 5)))
                .isEqualTo(new DecodedMessage.Malformed(ControlFault.BAD_MAGIC_COOKIE));
    }

    @Test
    void discardsEverythingAfterAFault() {
        var stream =
                ByteBuffer.allocate(512)
                        .put(header(11, 1, 0x1A2B3C4D, 5))
                        .put(stream().array(), 0, 300)
                        .flip();

        var malformed = new DecodedMessage.Malformed(ControlFault.LENGTH_BELOW_MINIMUM);
        assertThat(decoder.decode(stream)).isEqualTo(malformed);
        assertThat(stream.hasRemaining()).isFalse();
        assertThat(decoder.decode(stream())).isEqualTo(malformed);
    }

    @Test
    void skipsUnknownMessagesWhereverTheyAreCut() {
        var echo = new EchoRequest(5);
        var stream = ByteBuffer.allocate(100 + 16);
        stream.put(header(100, 1, 0x1A2B3C4D, 16))
                .put(100, ControlMessageEncoder.encode(echo).array())
                .clear();
        for (int cut = 0; cut <= stream.capacity(); cut++) {
            var found = new ArrayList<>(decodeAll(stream.slice(0, cut)));
            found.addAll(decodeAll(stream.slice(cut, stream.capacity() - cut)));
            found.removeIf(decoded -> decoded instanceof DecodedMessage.Incomplete);

            assertThat(found)
                    .as("cut at %d", cut)
                    .containsExactly(
                            new DecodedMessage.Unknown(16, 100), new DecodedMessage.Known(echo));
        }
    }

    @Test
    void acceptsAnUnknownMessageThatIsAllHeader() {
        assertThat(decoder.decode(header(12, 1, 0x1A2B3C4D, 0)))
                .isEqualTo(new DecodedMessage.Unknown(0, 12));
        assertThat(decoder.decode(ControlMessageEncoder.encode(SampleMessages.CLEAR)))
                .isEqualTo(new DecodedMessage.Known(SampleMessages.CLEAR));
    }

    @Test
    void mustNotBeToldToRefuseMessagesOfTheRfc() {
        assertThatThrownBy(() -> new ControlMessageDecoder(219))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private List<DecodedMessage> decodeAll(ByteBuffer stream) {
        var found = new ArrayList<DecodedMessage>();
        while (stream.hasRemaining()) {
            found.add(decoder.decode(stream));
        }
        return found;
    }

    private static List<DecodedMessage> known(List<ControlMessage> messages) {
        return messages.stream().<DecodedMessage>map(DecodedMessage.Known::new).toList();
    }

    private static ByteBuffer stream() {
        int length = 0;
        for (var message : SampleMessages.oneOfEach()) {
            length += message.type().lengthOctets();
        }
        var stream = ByteBuffer.allocate(length);
        SampleMessages.oneOfEach().forEach(m -> stream.put(ControlMessageEncoder.encode(m)));
        return stream.flip();
    }

    static ByteBuffer header(int length, int messageType, int cookie, int controlType) {
        return ByteBuffer.allocate(12)
                .putShort((short) length)
                .putShort((short) messageType)
                .putInt(cookie)
                .putShort((short) controlType)
                .putShort((short) 0)
                .flip();
    }
}
