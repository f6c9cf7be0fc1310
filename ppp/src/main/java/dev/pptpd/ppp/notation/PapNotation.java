package dev.pptpd.ppp.notation;

import dev.pptpd.ppp.packet.ControlPacket;
import java.util.Arrays;

/**
 * PAP packets without their passwords. A request whose lengths do not fit is not shown at all.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc1334#section-2.2 RFC 1334 section 2.2
 */
final class PapNotation {
    private static final int REQUEST = 1;
    private static final int ACK = 2;
    private static final int NAK = 3;

    private PapNotation() {}

    static void describe(ControlPacket packet, NotationLine line) {
        switch (packet.code()) {
            case REQUEST -> request(packet, line);
            case ACK -> verdict("AuthAck", packet, line);
            case NAK -> verdict("AuthNak", packet, line);
            default -> {
                line.add(" code=").hexNumber(packet.code());
                line.add(" id=").hexNumber(packet.identifier());
                line.add(" ").octets(packet.data().length);
            }
        }
    }

    private static void request(ControlPacket packet, NotationLine line) {
        byte[] data = packet.data();
        line.add(" AuthReq id=").hexNumber(packet.identifier()).add(" ");
        int nameEnd = data.length == 0 ? 0 : 1 + (data[0] & 0xFF);
        if (nameEnd == 0 || nameEnd >= data.length || passwordEnd(data, nameEnd) != data.length) {
            line.octets(data.length);
            return;
        }
        line.add("user=").text(Arrays.copyOf(data, nameEnd), 1).add(" password=<hidden>");
    }

    private static int passwordEnd(byte[] data, int at) {
        return at + 1 + (data[at] & 0xFF);
    }

    /** Msg-Length and message. */
    private static void verdict(String name, ControlPacket packet, NotationLine line) {
        byte[] data = packet.data();
        line.add(" ").add(name).add(" id=").hexNumber(packet.identifier());
        if (data.length > 1) {
            line.add(" ").text(data, 1);
        }
    }
}
