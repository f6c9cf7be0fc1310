package dev.pptpd.ppp.auth;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A Response to an MS-CHAPv2 Challenge. The arrays are the request's own and are not changed.
 *
 * @param peerName the Name field of the Response
 * @param authenticatorChallenge 16 octets, of the one who asks
 * @param peerChallenge 16 octets, of the one who answers
 * @param ntResponse 24 octets
 * @spec https://www.rfc-editor.org/rfc/rfc2759#section-4 RFC 2759 section 4
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; lives for one login
public record MsChapV2Request(
        PeerName peerName, byte[] authenticatorChallenge, byte[] peerChallenge, byte[] ntResponse)
        implements AuthenticationRequest {
    // Specification
    private static final int VALUE_OCTETS = 49;
    private static final int RESERVED_OCTETS = 8;
    private static final int MAX_NAME_OCTETS = 256;

    /**
     * Reads the data of a Response packet: Value-Size, peer challenge 16, reserved 8, NT-Response
     * 24, flags 1, then the name. Empty when a length is wrong.
     *
     * @param authenticatorChallenge what it answers; copied
     */
    public static Optional<MsChapV2Request> decode(byte[] data, byte[] authenticatorChallenge) {
        int nameOctets = data.length - 1 - VALUE_OCTETS;
        if (nameOctets < 0 || nameOctets > MAX_NAME_OCTETS || data[0] != VALUE_OCTETS) {
            return Optional.empty();
        }
        byte[] peerChallenge = new byte[MsChapV2.CHALLENGE_OCTETS];
        byte[] ntResponse = new byte[MsChapV2.NT_RESPONSE_OCTETS];
        byte[] peerName = new byte[nameOctets];
        ByteBuffer in = ByteBuffer.wrap(data, 1, data.length - 1).get(peerChallenge);
        in.position(in.position() + RESERVED_OCTETS).get(ntResponse).get();
        in.get(peerName);
        return Optional.of(
                new MsChapV2Request(
                        new PeerName(peerName),
                        authenticatorChallenge.clone(),
                        peerChallenge,
                        ntResponse));
    }

    /** The data of a Response packet. */
    public byte[] encode() {
        byte[] name = peerName.octets();
        return ByteBuffer.allocate(1 + VALUE_OCTETS + name.length)
                .put((byte) VALUE_OCTETS)
                .put(peerChallenge)
                .put(new byte[RESERVED_OCTETS])
                .put(ntResponse)
                .put((byte) 0)
                .put(name)
                .array();
    }

    @Override
    public String method() {
        return LoginMethod.MS_CHAP_V2.label();
    }

    @Override
    public AuthenticationResult verify(KnownPassword password) {
        return MsChapV2.verify(this, password.ntHash());
    }

    /** Never the challenges or the response. */
    @Override
    public String toString() {
        return "MsChapV2Request[" + peerName + "]";
    }
}
