package dev.pptpd.ppp.notation;

import dev.pptpd.ppp.option.Option;
import dev.pptpd.ppp.option.OptionList;
import dev.pptpd.ppp.packet.Code;
import dev.pptpd.ppp.packet.ControlPacket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** Packets of the protocols that share the codes of RFC 1661: LCP and the network protocols. */
final class NegotiationNotation {
    private static final int MAGIC_OCTETS = 4;
    private static final int PROTOCOL_OCTETS = 2;

    private NegotiationNotation() {}

    static void describe(int protocol, ControlPacket packet, NotationLine line) {
        line.add(" ").add(name(packet.code())).add(" id=").hexNumber(packet.identifier());
        byte[] data = packet.data();
        switch (packet.code()) {
            case Code.CONFIGURE_REQUEST,
                    Code.CONFIGURE_ACK,
                    Code.CONFIGURE_NAK,
                    Code.CONFIGURE_REJECT ->
                    options(protocol, data, line);
            case Code.TERMINATE_REQUEST, Code.TERMINATE_ACK -> reason(data, line);
            case Code.PROTOCOL_REJECT -> rejected(data, line);
            case Code.ECHO_REQUEST, Code.ECHO_REPLY, Code.DISCARD_REQUEST ->
                    line.hex(data, magic(data, line));
            case Code.IDENTIFICATION -> identification(data, line);
            case Code.TIME_REMAINING -> timeRemaining(data, line);
            default -> line.hex(data, 0);
        }
    }

    private static String name(int code) {
        return switch (code) {
            case Code.CONFIGURE_REQUEST -> "ConfReq";
            case Code.CONFIGURE_ACK -> "ConfAck";
            case Code.CONFIGURE_NAK -> "ConfNak";
            case Code.CONFIGURE_REJECT -> "ConfRej";
            case Code.TERMINATE_REQUEST -> "TermReq";
            case Code.TERMINATE_ACK -> "TermAck";
            case Code.CODE_REJECT -> "CodeRej";
            case Code.PROTOCOL_REJECT -> "ProtRej";
            case Code.ECHO_REQUEST -> "EchoReq";
            case Code.ECHO_REPLY -> "EchoRep";
            case Code.DISCARD_REQUEST -> "DiscReq";
            case Code.IDENTIFICATION -> "Ident";
            case Code.TIME_REMAINING -> "TimeRem";
            case Code.RESET_REQUEST -> "ResetReq";
            case Code.RESET_ACK -> "ResetAck";
            default -> "code=0x" + Integer.toHexString(code);
        };
    }

    private static void options(int protocol, byte[] data, NotationLine line) {
        Optional<OptionList> options = OptionList.decode(data);
        if (options.isEmpty()) {
            line.hex(data, 0);
            return;
        }
        for (Option option : options.get().options()) {
            line.add(" <");
            OptionNotation.describe(protocol, option, line);
            line.add(">");
        }
    }

    /** A text, or what Windows puts there: its magic number, a mark and an error code. */
    private static void reason(byte[] data, NotationLine line) {
        if (data.length > 0 && data[0] >= ' ' && data[0] < 0x7F) {
            line.add(" ").text(data, 0);
        } else {
            line.hex(data, 0);
        }
    }

    /** The number first, in hex as the rest; the rest may be somebody's password or packet. */
    private static void rejected(byte[] data, NotationLine line) {
        if (data.length < PROTOCOL_OCTETS) {
            line.hex(data, 0);
            return;
        }
        int protocol = ByteBuffer.wrap(data).getShort() & 0xFFFF;
        line.hex(Arrays.copyOf(data, PROTOCOL_OCTETS), 0);
        PacketNotation.contents(protocol, data, PROTOCOL_OCTETS, line);
    }

    private static void identification(byte[] data, NotationLine line) {
        int start = magic(data, line);
        if (start < data.length) {
            line.add(" ").text(data, start);
        }
    }

    private static void timeRemaining(byte[] data, NotationLine line) {
        int start = magic(data, line);
        if (data.length - start >= Integer.BYTES) {
            int seconds = ByteBuffer.wrap(data).getInt(start);
            line.add(" seconds=" + Integer.toUnsignedString(seconds));
            start += Integer.BYTES;
        }
        if (start < data.length) {
            line.add(" ").text(data, start);
        }
    }

    /** The magic number, if there is one; returns where what follows it begins. */
    private static int magic(byte[] data, NotationLine line) {
        if (data.length < MAGIC_OCTETS) {
            return 0;
        }
        line.add(" magic=").hexNumber(ByteBuffer.wrap(data).getInt());
        return MAGIC_OCTETS;
    }
}
