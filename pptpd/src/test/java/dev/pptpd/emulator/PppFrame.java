package dev.pptpd.emulator;

import java.util.Optional;

/**
 * One PPP frame as it travels inside GRE: no flags, no check sequence, no escaping.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc1661#section-2 RFC 1661 section 2
 */
public record PppFrame(int protocol, Octets information) {
    public static final int IP = 0x0021;
    public static final int COMPRESSED = 0x00FD;
    public static final int IPCP = 0x8021;
    public static final int IPV6CP = 0x8057;
    public static final int CCP = 0x80FD;
    public static final int LCP = 0xC021;
    public static final int CHAP = 0xC223;

    private static final int ALL_STATIONS_UNNUMBERED = 0xFF03;

    static PppFrame of(int protocol, PppPacket packet) {
        return new PppFrame(protocol, packet.encode());
    }

    /** The wire form; {@code compressAddress} leaves out FF 03, {@code compressProtocol} 00. */
    Octets encode(boolean compressAddress, boolean compressProtocol) {
        var writer = new OctetWriter();
        if (!compressAddress) {
            writer.u16(ALL_STATIONS_UNNUMBERED);
        }
        if (compressProtocol && protocol < 0x100) {
            writer.u8(protocol);
        } else {
            writer.u16(protocol);
        }
        return writer.octets(information).toOctets();
    }

    /** Decodes any of the four forms, or nothing when the frame ends before its protocol does. */
    static Optional<PppFrame> decode(Octets frame) {
        int at = frame.length() >= 2 && frame.u16(0) == ALL_STATIONS_UNNUMBERED ? 2 : 0;
        if (frame.length() > at && (frame.u8(at) & 1) == 1) {
            return Optional.of(new PppFrame(frame.u8(at), frame.from(at + 1)));
        }
        if (frame.length() < at + 2) {
            return Optional.empty();
        }
        return Optional.of(new PppFrame(frame.u16(at), frame.from(at + 2)));
    }
}
