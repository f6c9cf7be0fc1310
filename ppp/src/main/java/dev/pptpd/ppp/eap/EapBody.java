package dev.pptpd.ppp.eap;

import dev.pptpd.ppp.auth.PeerName;
import dev.pptpd.ppp.packet.ControlPacket;
import java.util.Arrays;
import java.util.Optional;

/**
 * What follows the header of a Request or a Response. The array is its own and is not changed.
 *
 * @param type 0..255
 * @param data what follows the type
 * @spec https://www.rfc-editor.org/rfc/rfc3748#section-4.1 RFC 3748 section 4.1
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record EapBody(int type, byte[] data) {
    private static final int MAX_NAME_OCTETS = 256;

    /** Reads a Request or a Response; empty where the type is missing. */
    static Optional<EapBody> decode(ControlPacket packet) {
        byte[] octets = packet.data();
        return octets.length == 0
                ? Optional.empty()
                : Optional.of(
                        new EapBody(
                                octets[0] & 0xFF, Arrays.copyOfRange(octets, 1, octets.length)));
    }

    /** A body without data. */
    static EapBody empty(EapMethod method) {
        return new EapBody(method.type(), new byte[0]);
    }

    /**
     * Who the peer says it is, in an answer to who it is; empty for another answer, or a name that
     * is too long. What follows a NUL in it are options.
     *
     * @spec https://www.rfc-editor.org/rfc/rfc3748#section-5.1 RFC 3748 section 5.1
     */
    Optional<PeerName> identity() {
        int octets = 0;
        while (octets < data.length && data[octets] != 0) {
            octets++;
        }
        return type == EapType.IDENTITY && octets <= MAX_NAME_OCTETS
                ? Optional.of(new PeerName(Arrays.copyOf(data, octets)))
                : Optional.empty();
    }

    ControlPacket request(int identifier) {
        return packet(EapCode.REQUEST, identifier);
    }

    ControlPacket response(int identifier) {
        return packet(EapCode.RESPONSE, identifier);
    }

    private ControlPacket packet(int code, int identifier) {
        byte[] octets = new byte[1 + data.length];
        octets[0] = (byte) type;
        System.arraycopy(data, 0, octets, 1, data.length);
        return new ControlPacket(code, identifier, octets);
    }

    /** The type alone: the rest may be a challenge or a response. */
    @Override
    public String toString() {
        return "EapBody[" + EapType.describe(type) + ", " + data.length + " octets]";
    }
}
