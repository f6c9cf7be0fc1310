package dev.pptpd.ppp.notation;

import dev.pptpd.ppp.frame.PppFrame;
import dev.pptpd.ppp.frame.PppProtocol;
import dev.pptpd.ppp.packet.ControlPacket;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A control packet as pppd prints it, such as {@code [LCP ConfReq id=0x1 <mru 1400> <pcomp>]}: one
 * line of printable ASCII, at most 1,010 characters. Challenges, responses and what proves that
 * somebody knows a password are never shown, only their length: {@code <16 octets>}.
 */
public final class PacketNotation {
    /** Below are the packets of users. */
    private static final int FIRST_CONTROL_PROTOCOL = 0x8000;

    /** From here on protocols may carry credentials. */
    private static final int FIRST_LINK_PROTOCOL = 0xC000;

    private PacketNotation() {}

    /**
     * The control packet in the PPP frame between position and limit, which stay where they are.
     * Empty for data and for what has no protocol number.
     */
    public static Optional<String> ofFrame(ByteBuffer frame) {
        ByteBuffer packet = frame.duplicate();
        int protocol = PppFrame.decodeProtocol(packet);
        return protocol < FIRST_CONTROL_PROTOCOL
                ? Optional.empty()
                : Optional.of(ofPacket(protocol, packet));
    }

    private static String ofPacket(int protocol, ByteBuffer octets) {
        NotationLine line = new NotationLine().add("[").add(name(protocol));
        switch (protocol) {
            case PppProtocol.LCP,
                    PppProtocol.CCP,
                    PppProtocol.IPCP,
                    PppProtocol.IPV6CP,
                    PppProtocol.PAP,
                    PppProtocol.CHAP,
                    PppProtocol.EAP -> {
                Optional<ControlPacket> packet = ControlPacket.decode(octets);
                if (packet.isEmpty()) {
                    line.add(" malformed ").octets(octets.remaining());
                } else {
                    describe(protocol, packet.get(), line);
                }
            }
            default -> contents(protocol, remaining(octets), 0, line);
        }
        return line.close();
    }

    private static void describe(int protocol, ControlPacket packet, NotationLine line) {
        switch (protocol) {
            case PppProtocol.CHAP -> ChapNotation.describe(packet, line);
            case PppProtocol.PAP -> PapNotation.describe(packet, line);
            case PppProtocol.EAP -> EapNotation.describe(packet, line);
            default -> NegotiationNotation.describe(protocol, packet, line);
        }
    }

    /** What was said in a protocol that is not taken apart here: in hex, if it is no secret. */
    static void contents(int protocol, byte[] octets, int start, NotationLine line) {
        if (protocol >= FIRST_CONTROL_PROTOCOL && protocol < FIRST_LINK_PROTOCOL) {
            line.hex(octets, start);
        } else {
            line.add(" ").octets(octets.length - start);
        }
    }

    private static byte[] remaining(ByteBuffer buffer) {
        byte[] octets = new byte[buffer.remaining()];
        buffer.get(octets);
        return octets;
    }

    private static String name(int protocol) {
        return switch (protocol) {
            case PppProtocol.LCP -> "LCP";
            case PppProtocol.CHAP -> "CHAP";
            case PppProtocol.CCP -> "CCP";
            case PppProtocol.IPCP -> "IPCP";
            case PppProtocol.IPV6CP -> "IPV6CP";
            case PppProtocol.PAP -> "PAP";
            case PppProtocol.CBCP -> "CBCP";
            case PppProtocol.EAP -> "EAP";
            default -> "proto=0x" + Integer.toHexString(protocol);
        };
    }
}
