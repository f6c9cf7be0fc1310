package dev.pptpd.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ControlMessageFuzzTest {
    private static final int MAXIMUM = ControlMessageDecoder.DEFAULT_MAXIMUM_LENGTH_OCTETS;

    /** Every length with every type: the echo behind it is found, or the stream is refused. */
    @Test
    void everyLengthOfEveryTypeIsAnsweredOrRefused() {
        var echo = ControlMessageEncoder.encode(new EchoRequest(1)).array();
        var stream = ByteBuffer.allocate(0xFFFF + echo.length);
        for (int type = 0; type <= 20; type++) {
            for (int length = 0; length <= 0xFFFF; length++) {
                stream.clear().put(ControlMessageDecoderTest.header(length, 1, 0x1A2B3C4D, type));
                int end = Math.max(length, ControlHeader.OCTETS);
                stream.put(end, echo).position(0).limit(end + echo.length);

                var last = decodeToTheEnd(new ControlMessageDecoder(), stream);

                if (isSound(type, length)) {
                    assertThat(last).isEqualTo(new DecodedMessage.Known(new EchoRequest(1)));
                } else {
                    assertThat(last).isInstanceOf(DecodedMessage.Malformed.class);
                }
            }
        }
    }

    @Test
    void damagedStreamsAreAlwaysConsumed() {
        var random = new Random(2637);
        for (int round = 0; round < 200_000; round++) {
            var samples = SampleMessages.oneOfEach();
            var wire = ControlMessageEncoder.encode(samples.get(random.nextInt(samples.size())));
            for (int damage = random.nextInt(4); damage > 0; damage--) {
                wire.put(random.nextInt(wire.capacity()), (byte) random.nextInt());
            }
            var decoder = new ControlMessageDecoder();
            int cut = random.nextInt(wire.capacity());
            decodeToTheEnd(decoder, wire.slice(0, cut));
            decodeToTheEnd(decoder, wire.slice(cut, wire.capacity() - cut));
        }
    }

    private static boolean isSound(int type, int length) {
        return ControlMessageType.of(type)
                .map(known -> known.lengthOctets() == length)
                .orElse(length >= ControlHeader.OCTETS && length <= MAXIMUM);
    }

    /** What was found last. Fails where the decoder does not advance. */
    private static DecodedMessage decodeToTheEnd(ControlMessageDecoder decoder, ByteBuffer stream) {
        DecodedMessage last = new DecodedMessage.Incomplete();
        while (stream.hasRemaining()) {
            int before = stream.position();
            last = decoder.decode(stream);
            if (stream.position() <= before) {
                throw new AssertionError("stuck at " + before);
            }
        }
        return last;
    }
}
