package dev.pptpd.ppp.notation;

import dev.pptpd.ppp.packet.ControlPacket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * CHAP packets without their secrets. What does not look as MS-CHAP or MD5 has it is not shown at
 * all: a response in the wrong place is still a response.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2759#section-3 RFC 2759 sections 3 to 6
 */
final class ChapNotation {
    private static final int CHALLENGE = 1;
    private static final int RESPONSE = 2;
    private static final int SUCCESS = 3;
    private static final int FAILURE = 4;

    /** MS-CHAPv1; MS-CHAPv2 and MD5; pppd's MD5 takes up to 24. */
    private static final Set<Integer> CHALLENGE_OCTETS =
            Set.of(8, 16, 17, 18, 19, 20, 21, 22, 23, 24);

    /** MD5; both forms of MS-CHAP. */
    private static final Set<Integer> RESPONSE_OCTETS = Set.of(16, 49);

    /** Error, retry and version: numbers that say nothing of a password. */
    private static final Pattern OPEN_FIELD = Pattern.compile("[ERV]=[0-9]{1,10}");

    private static final String MESSAGE = "M=";

    private ChapNotation() {}

    static void describe(ControlPacket packet, NotationLine line) {
        byte[] data = packet.data();
        switch (packet.code()) {
            case CHALLENGE -> named("Challenge", packet, CHALLENGE_OCTETS, line);
            case RESPONSE -> named("Response", packet, RESPONSE_OCTETS, line);
            case SUCCESS -> verdict("Success", packet, line);
            case FAILURE -> verdict("Failure", packet, line);
            default ->
                    line.add(" code=")
                            .hexNumber(packet.code())
                            .add(" id=")
                            .hexNumber(packet.identifier())
                            .add(" ")
                            .octets(data.length);
        }
    }

    private static void named(
            String name, ControlPacket packet, Set<Integer> sizes, NotationLine line) {
        byte[] data = packet.data();
        line.add(" ").add(name).add(" id=").hexNumber(packet.identifier()).add(" ");
        int valueOctets = data.length == 0 ? 0 : data[0];
        if (data.length > valueOctets && sizes.contains(valueOctets)) {
            line.octets(valueOctets).add(", name = ").text(data, 1 + valueOctets);
        } else {
            line.octets(data.length);
        }
    }

    private static void verdict(String name, ControlPacket packet, NotationLine line) {
        line.add(" ").add(name).add(" id=").hexNumber(packet.identifier());
        fields(packet.data(), line);
    }

    /**
     * The words of a verdict, each after a space: what is open in them, and the length of the rest.
     */
    static void fields(byte[] data, NotationLine line) {
        int at = 0;
        while (at < data.length) {
            int end = at;
            while (end < data.length && data[end] != ' ') {
                end++;
            }
            line.add(" ");
            String word = new String(data, at, end - at, StandardCharsets.ISO_8859_1);
            if (word.startsWith(MESSAGE)) {
                line.add(MESSAGE).text(data, at + MESSAGE.length());
                return;
            }
            field(word, line);
            at = end + 1;
        }
    }

    private static void field(String word, NotationLine line) {
        if (OPEN_FIELD.matcher(word).matches()) {
            line.add(word);
        } else if (word.startsWith("S=") || word.startsWith("C=")) {
            line.add(word.substring(0, 2)).octets(word.length() - 2);
        } else {
            line.octets(word.length());
        }
    }
}
