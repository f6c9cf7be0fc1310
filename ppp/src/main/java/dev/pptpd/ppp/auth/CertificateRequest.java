package dev.pptpd.ppp.auth;

import dev.pptpd.mppe.MppeStartKeys;
import dev.pptpd.ppp.auth.AuthenticationResult.FailureCode;
import java.util.List;
import java.util.Optional;

/**
 * A peer that has proven itself by a certificate that our authority vouches for. What is left to
 * decide is whether it is who it says, and whether it may come in.
 *
 * @param method in words for a log
 * @param peerName who it says it is
 * @param certificateNames who its certificate says it is
 * @param startKeys for MPPE; owned by the one who decides
 */
public record CertificateRequest(
        String method,
        PeerName peerName,
        List<String> certificateNames,
        Optional<MppeStartKeys> startKeys)
        implements AuthenticationRequest {
    /** Copies the list. */
    public CertificateRequest {
        certificateNames = List.copyOf(certificateNames);
    }

    /** Whether the certificate names the peer, as pppd wants it; the password has no part in it. */
    @Override
    public AuthenticationResult verify(KnownPassword password) {
        if (certificateNames.contains(peerName.text())) {
            return new AuthenticationResult.Accepted("", startKeys, peerName);
        }
        startKeys.ifPresent(MppeStartKeys::wipe);
        return new AuthenticationResult.Rejected(FailureCode.AUTHENTICATION_FAILURE);
    }
}
