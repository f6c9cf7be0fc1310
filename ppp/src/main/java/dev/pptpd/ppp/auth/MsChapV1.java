package dev.pptpd.ppp.auth;

import dev.pptpd.mppe.MppeKeys;
import dev.pptpd.mppe.MppeStartKeys;
import dev.pptpd.ppp.auth.AuthenticationResult.FailureCode;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/**
 * The arithmetic of MS-CHAPv1. Only the NT response counts; the LAN Manager response is never
 * looked at and never sent. Both ends have the same keys in both directions. Pure; any thread.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2433#appendix-A RFC 2433 appendix A
 */
final class MsChapV1 {
    /** Length of a challenge in octets. */
    static final int CHALLENGE_OCTETS = 8;

    private MsChapV1() {}

    /** Decides a login: whether the one who sent {@code request} knows the password. */
    static AuthenticationResult verify(MsChapV1Request request, KnownPassword password) {
        byte[] expected = MsChapV2.ntResponse(request.challenge(), password.ntHash());
        boolean matches = MessageDigest.isEqual(expected, request.ntResponse());
        if (!matches || !request.usesNtResponse()) {
            return new AuthenticationResult.Rejected(FailureCode.AUTHENTICATION_FAILURE);
        }
        return new AuthenticationResult.Accepted(
                "", Optional.of(startKeys(request.challenge(), password)), request.peerName());
    }

    /** The client's answer to a challenge of {@value #CHALLENGE_OCTETS} octets. */
    static MsChapV1Request respond(PeerName peerName, byte[] challenge, KnownPassword password) {
        return new MsChapV1Request(
                peerName, challenge, MsChapV2.ntResponse(challenge, password.ntHash()), true);
    }

    /**
     * The MPPE start keys of either end. Those of 40 and 56 bits need the password itself.
     *
     * @spec https://www.rfc-editor.org/rfc/rfc3079#section-2 RFC 3079 section 2
     */
    static MppeStartKeys startKeys(byte[] challenge, KnownPassword password) {
        byte[] hashed = password.ntHash().hashed();
        Optional<byte[]> lmHash = password.lmHash();
        MppeStartKeys keys = MppeKeys.ofMsChapV1(hashed, challenge, lmHash);
        Arrays.fill(hashed, (byte) 0);
        lmHash.ifPresent(hash -> Arrays.fill(hash, (byte) 0));
        return keys;
    }
}
