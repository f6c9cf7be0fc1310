package dev.pptpd.ppp.auth;

/**
 * A Response to an MS-CHAPv2 Challenge. The arrays are the request's own and are not changed.
 *
 * @param peerName the Name field of the Response
 * @param authenticatorChallenge 16 octets, ours
 * @param peerChallenge 16 octets, the peer's
 * @param ntResponse 24 octets
 * @spec https://www.rfc-editor.org/rfc/rfc2759#section-4 RFC 2759 section 4
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; lives for one login
public record MsChapV2Request(
        PeerName peerName, byte[] authenticatorChallenge, byte[] peerChallenge, byte[] ntResponse)
        implements AuthenticationRequest {
    /** Never the challenges or the response. */
    @Override
    public String toString() {
        return "MsChapV2Request[" + peerName + "]";
    }
}
