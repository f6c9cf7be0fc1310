package dev.pptpd.ppp.eap;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * The data of one packet of EAP-MSCHAPv2: a packet of CHAP but for the order of its fields. The
 * array is its own and is not changed.
 *
 * @param operation one of the constants, else anything
 * @param identifier of MS-CHAPv2, which says nothing that EAP's does not
 * @param data what a packet of CHAP would have behind its header
 * @spec https://datatracker.ietf.org/doc/html/draft-kamath-pppext-eap-mschapv2-00#section-2
 *     draft-kamath-pppext-eap-mschapv2-00 section 2
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record MsChapV2Packet(int operation, int identifier, byte[] data) {
    static final int CHALLENGE = 1;
    static final int RESPONSE = 2;
    static final int SUCCESS = 3;
    static final int FAILURE = 4;
    static final int CHANGE_PASSWORD = 7;

    private static final int HEADER_OCTETS = 4;

    /**
     * Reads what follows the type. The Response to a Success or a Failure is one octet, and more
     * than that says no more. Octets beyond MS-Length are padding.
     */
    static Optional<MsChapV2Packet> decode(byte[] octets) {
        if (octets.length == 0) {
            return Optional.empty();
        }
        int operation = octets[0] & 0xFF;
        if (octets.length < HEADER_OCTETS) {
            return operation == SUCCESS || operation == FAILURE
                    ? Optional.of(new MsChapV2Packet(operation, 0, new byte[0]))
                    : Optional.empty();
        }
        int length = ByteBuffer.wrap(octets).getShort(2) & 0xFFFF;
        if (length < HEADER_OCTETS || length > octets.length) {
            return Optional.empty();
        }
        byte[] data = Arrays.copyOfRange(octets, HEADER_OCTETS, length);
        return Optional.of(new MsChapV2Packet(operation, octets[1] & 0xFF, data));
    }

    /** The Response to a Success or a Failure. */
    static byte[] acknowledgment(int operation) {
        return new byte[] {(byte) operation};
    }

    /** What follows the type. */
    byte[] encode() {
        return ByteBuffer.allocate(HEADER_OCTETS + data.length)
                .put((byte) operation)
                .put((byte) identifier)
                .putShort((short) (HEADER_OCTETS + data.length))
                .put(data)
                .array();
    }

    /** The operation alone: the rest may be a challenge or a response. */
    @Override
    public String toString() {
        return "MsChapV2Packet[operation=" + operation + " length=" + data.length + "]";
    }
}
