package dev.pptpd.ppp.notation;

import dev.pptpd.ppp.packet.ControlPacket;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * EAP packets without their secrets. Of a type whose data is not taken apart here, and of a value
 * that has not the length its type has, no more than the length is shown.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc3748#section-4 RFC 3748 sections 4 and 5
 */
final class EapNotation {
    private static final int REQUEST = 1;
    private static final int RESPONSE = 2;
    private static final int SUCCESS = 3;
    private static final int FAILURE = 4;

    private static final int IDENTITY = 1;
    private static final int NOTIFICATION = 2;
    private static final int NAK = 3;
    private static final int MD5_CHALLENGE = 4;
    private static final int TLS = 13;
    private static final int MSCHAP_V2 = 26;

    /** The flags of TLS in front, then the length of the whole message. */
    private static final int LENGTH_INCLUDED = 0x80;

    private static final int MORE_FRAGMENTS = 0x40;
    private static final int START = 0x20;

    /** Of MSCHAPv2: operation, identifier, length. */
    private static final int MSCHAP_HEADER_OCTETS = 4;

    /** RFC 1994 leaves the length of a challenge open; pppd's has up to 24, all others' 16. */
    private static final Set<Integer> MD5_OCTETS = Set.of(16, 17, 18, 19, 20, 21, 22, 23, 24);

    private static final Set<Integer> MSCHAP_CHALLENGE_OCTETS = Set.of(16);
    private static final Set<Integer> MSCHAP_RESPONSE_OCTETS = Set.of(49);

    private EapNotation() {}

    static void describe(ControlPacket packet, NotationLine line) {
        byte[] data = packet.data();
        boolean isRequest = packet.code() == REQUEST;
        line.add(" ").add(name(packet.code())).add(" id=").hexNumber(packet.identifier());
        if (!isRequest && packet.code() != RESPONSE) {
            rest(data, line);
        } else if (data.length == 0) {
            line.add(" <missing type>");
        } else {
            int type = data[0] & 0xFF;
            line.add(" ").add(typeName(type).orElse("type=0x" + Integer.toHexString(type)));
            typed(type, isRequest, Arrays.copyOfRange(data, 1, data.length), line);
        }
    }

    private static String name(int code) {
        return switch (code) {
            case REQUEST -> "Request";
            case RESPONSE -> "Response";
            case SUCCESS -> "Success";
            case FAILURE -> "Failure";
            default -> "code=0x" + Integer.toHexString(code);
        };
    }

    private static Optional<String> typeName(int type) {
        return switch (type) {
            case IDENTITY -> Optional.of("Identity");
            case NOTIFICATION -> Optional.of("Notification");
            case NAK -> Optional.of("Nak");
            case MD5_CHALLENGE -> Optional.of("MD5-Challenge");
            case 5 -> Optional.of("OTP");
            case 6 -> Optional.of("Generic-Token");
            case TLS -> Optional.of("TLS");
            case 21 -> Optional.of("TTLS");
            case 25 -> Optional.of("PEAP");
            case MSCHAP_V2 -> Optional.of("MSCHAPv2");
            default -> Optional.empty();
        };
    }

    private static void typed(int type, boolean isRequest, byte[] data, NotationLine line) {
        switch (type) {
            case IDENTITY, NOTIFICATION -> text(isRequest ? "Message" : "Name", data, line);
            case NAK -> nak(data, line);
            case MD5_CHALLENGE -> md5(data, line);
            case TLS -> tls(data, line);
            case MSCHAP_V2 -> msChapV2(isRequest, data, line);
            default -> rest(data, line);
        }
    }

    private static void text(String label, byte[] data, NotationLine line) {
        if (data.length > 0) {
            line.add(" <").add(label).add(" ").text(data, 0).add(">");
        } else if (label.equals("Message")) {
            line.add(" <No message>");
        }
    }

    /** pppd names the first and leaves the others in hex. */
    private static void nak(byte[] data, NotationLine line) {
        if (data.length == 0) {
            line.add(" <missing hint>");
            return;
        }
        line.add(String.format(Locale.ROOT, " <Suggested-type %02X", data[0]));
        typeName(data[0] & 0xFF).ifPresent(name -> line.add(" (").add(name).add(")"));
        line.add(">").hex(data, 1);
    }

    /** Value-Size, the value, a name. */
    private static void md5(byte[] data, NotationLine line) {
        int octets = data.length == 0 ? 0 : data[0] & 0xFF;
        if (data.length <= octets || !MD5_OCTETS.contains(octets)) {
            rest(data, line);
            return;
        }
        line.add(" <Value " + octets + " octets> ");
        name(data, 1 + octets, line);
    }

    private static void name(byte[] data, int start, NotationLine line) {
        if (start < data.length) {
            line.add("<Name ").text(data, start).add(">");
        } else {
            line.add("<No name>");
        }
    }

    private static void tls(byte[] data, NotationLine line) {
        int flags = data.length == 0 ? 0 : data[0];
        if (data.length <= 1 && flags == 0) {
            line.add(" Ack");
            return;
        }
        line.add((flags & LENGTH_INCLUDED) != 0 ? " L" : " -");
        line.add((flags & MORE_FRAGMENTS) != 0 ? "M" : "-");
        line.add((flags & START) != 0 ? "S" : "-");
        rest(Arrays.copyOfRange(data, 1, data.length), line);
    }

    /** A packet of CHAP within; the one that tells of a Success or a Failure has no more to say. */
    private static void msChapV2(boolean isRequest, byte[] data, NotationLine line) {
        int operation = data.length == 0 ? 0 : data[0] & 0xFF;
        if (!isRequest && data.length == 1 && (operation == SUCCESS || operation == FAILURE)) {
            line.add(operation == SUCCESS ? " Success" : " Failure");
            return;
        }
        if (data.length < MSCHAP_HEADER_OCTETS) {
            rest(data, line);
            return;
        }
        byte[] inner = Arrays.copyOfRange(data, MSCHAP_HEADER_OCTETS, data.length);
        switch (operation) {
            case REQUEST -> msChapValue("Challenge", MSCHAP_CHALLENGE_OCTETS, inner, line);
            case RESPONSE -> msChapValue("Response", MSCHAP_RESPONSE_OCTETS, inner, line);
            case SUCCESS -> msChapMessage("Success", inner, line);
            case FAILURE -> msChapMessage("Failure", inner, line);
            default -> {
                line.add(" opcode=").hexNumber(operation);
                rest(inner, line);
            }
        }
    }

    private static void msChapValue(
            String label, Set<Integer> sizes, byte[] data, NotationLine line) {
        line.add(" ").add(label);
        int octets = data.length == 0 ? 0 : data[0] & 0xFF;
        if (data.length <= octets || !sizes.contains(octets)) {
            rest(data, line);
            return;
        }
        line.add(" ").octets(octets).add(", ");
        name(data, 1 + octets, line);
    }

    private static void msChapMessage(String label, byte[] data, NotationLine line) {
        line.add(" ").add(label).add(" <Message");
        ChapNotation.fields(data, line);
        line.add(">");
    }

    private static void rest(byte[] data, NotationLine line) {
        if (data.length > 0) {
            line.add(" ").octets(data.length);
        }
    }
}
