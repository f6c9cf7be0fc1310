package dev.pptpd.ppp.auth;

/**
 * A login that came in packets of EAP.
 *
 * @param method of EAP, in words for a log
 * @param login what was in them
 */
public record EapRequest(String method, AuthenticationRequest login)
        implements AuthenticationRequest {
    @Override
    public PeerName peerName() {
        return login.peerName();
    }

    @Override
    public boolean isDecidableBy(KnownPassword password) {
        return login.isDecidableBy(password);
    }

    @Override
    public AuthenticationResult verify(KnownPassword password) {
        return login.verify(password);
    }
}
