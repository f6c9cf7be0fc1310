package dev.pptpd.ppp.auth;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A Response to an MS-CHAPv1 Challenge. The arrays are the request's own and are not changed.
 *
 * @param peerName the Name field of the Response
 * @param challenge 8 octets
 * @param ntResponse 24 octets
 * @param usesNtResponse the Use-NT flag: without it the peer knows LAN Manager only
 * @spec https://www.rfc-editor.org/rfc/rfc2433#section-6 RFC 2433 section 6
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; lives for one login
public record MsChapV1Request(
        PeerName peerName, byte[] challenge, byte[] ntResponse, boolean usesNtResponse)
        implements AuthenticationRequest {
    // Specification
    private static final int VALUE_OCTETS = 49;
    private static final int LM_RESPONSE_OCTETS = 24;
    private static final int MAX_NAME_OCTETS = 256;

    /**
     * Reads the data of a Response packet: Value-Size, LAN Manager response 24, NT response 24,
     * Use-NT flag 1, then the name. Empty when a length is wrong.
     *
     * @param challenge what it answers; copied
     */
    static Optional<MsChapV1Request> decode(byte[] data, byte[] challenge) {
        int nameOctets = data.length - 1 - VALUE_OCTETS;
        if (nameOctets < 0 || nameOctets > MAX_NAME_OCTETS || data[0] != VALUE_OCTETS) {
            return Optional.empty();
        }
        byte[] ntResponse = new byte[MsChapV2.NT_RESPONSE_OCTETS];
        byte[] peerName = new byte[nameOctets];
        ByteBuffer in = ByteBuffer.wrap(data, 1 + LM_RESPONSE_OCTETS, data.length - 25);
        boolean usesNtResponse = in.get(ntResponse).get() == 1;
        in.get(peerName);
        return Optional.of(
                new MsChapV1Request(
                        new PeerName(peerName), challenge.clone(), ntResponse, usesNtResponse));
    }

    /** The data of a Response packet. */
    byte[] encode() {
        byte[] name = peerName.octets();
        return ByteBuffer.allocate(1 + VALUE_OCTETS + name.length)
                .put((byte) VALUE_OCTETS)
                .put(new byte[LM_RESPONSE_OCTETS])
                .put(ntResponse)
                .put((byte) (usesNtResponse ? 1 : 0))
                .put(name)
                .array();
    }

    @Override
    public String method() {
        return LoginMethod.MS_CHAP_V1.label();
    }

    @Override
    public AuthenticationResult verify(KnownPassword password) {
        return MsChapV1.verify(this, password);
    }

    /** Never the challenge or the response. */
    @Override
    public String toString() {
        return "MsChapV1Request[" + peerName + "]";
    }
}
