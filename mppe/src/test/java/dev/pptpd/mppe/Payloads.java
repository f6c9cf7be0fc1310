package dev.pptpd.mppe;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Random;

/** Frames to compress: a protocol number, an IPv4 header, and something behind it. */
final class Payloads {
    private static final int HEADER_OCTETS = 22;
    private static final int MAX_PAYLOAD_OCTETS = 1_480;
    private static final String[] WORDS =
            ("the of and to in is that for it as was with be by on not he his but at are this have"
                            + " from or had an they which one you were all her she there would GET"
                            + " HTTP/1.1 Host: Accept: text/html Content-Length: 0123456789")
                    .split(" ");

    private Payloads() {}

    /** A frame of random length whose payload does not compress. */
    static byte[] random(Random random) {
        byte[] payload = new byte[random.nextInt(MAX_PAYLOAD_OCTETS + 1)];
        random.nextBytes(payload);
        return frame(payload);
    }

    /** A frame of random length with words in it. */
    static byte[] text(Random random) {
        int octets = random.nextInt(MAX_PAYLOAD_OCTETS + 1);
        StringBuilder text = new StringBuilder();
        while (text.length() < octets) {
            text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
        }
        return frame(text.substring(0, octets).getBytes(US_ASCII));
    }

    /** A frame of one octet over and over. */
    static byte[] monotonous(Random random) {
        byte[] payload = new byte[random.nextInt(MAX_PAYLOAD_OCTETS + 1)];
        Arrays.fill(payload, (byte) random.nextInt());
        return frame(payload);
    }

    private static byte[] frame(byte[] payload) {
        byte[] frame = new byte[HEADER_OCTETS + payload.length];
        int totalOctets = frame.length - 2;
        byte[] header = {0x00, 0x21, 0x45, 0, (byte) (totalOctets >> 8), (byte) totalOctets};
        System.arraycopy(header, 0, frame, 0, header.length);
        System.arraycopy(payload, 0, frame, HEADER_OCTETS, payload.length);
        return frame;
    }
}
