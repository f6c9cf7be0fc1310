package dev.pptpd.emulator;

import java.util.List;
import java.util.Optional;

/**
 * The packet shape that LCP, CHAP and the network control protocols share.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc1661#section-5 RFC 1661 section 5
 */
public record PppPacket(int code, int identifier, Octets data) {
    public static final int CONFIGURE_REQUEST = 1;
    public static final int CONFIGURE_ACK = 2;
    public static final int CONFIGURE_NAK = 3;
    public static final int CONFIGURE_REJECT = 4;
    public static final int TERMINATE_REQUEST = 5;
    public static final int TERMINATE_ACK = 6;
    public static final int CODE_REJECT = 7;
    public static final int PROTOCOL_REJECT = 8;
    public static final int ECHO_REQUEST = 9;
    public static final int ECHO_REPLY = 10;
    public static final int IDENTIFICATION = 12;
    public static final int CHALLENGE = 1;
    public static final int RESPONSE = 2;
    public static final int SUCCESS = 3;
    public static final int FAILURE = 4;

    private static final int HEADER_LENGTH = 4;

    static PppPacket of(int code, int identifier, List<ConfigurationOption> options) {
        return new PppPacket(code, identifier, ConfigurationOption.encode(options));
    }

    List<ConfigurationOption> options() {
        return ConfigurationOption.decode(data);
    }

    Octets encode() {
        return new OctetWriter()
                .u8(code)
                .u8(identifier)
                .u16(HEADER_LENGTH + data.length())
                .octets(data)
                .toOctets();
    }

    /** Decodes the packet without its padding, or nothing when it is cut short. */
    static Optional<PppPacket> decode(Octets packet) {
        if (packet.length() < HEADER_LENGTH
                || packet.u16(2) < HEADER_LENGTH
                || packet.u16(2) > packet.length()) {
            return Optional.empty();
        }
        return Optional.of(
                new PppPacket(
                        packet.u8(0), packet.u8(1), packet.slice(HEADER_LENGTH, packet.u16(2))));
    }
}
