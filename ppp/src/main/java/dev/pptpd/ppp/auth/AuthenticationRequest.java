package dev.pptpd.ppp.auth;

/**
 * What a peer presented to log in. The link asks with it and waits for {@link
 * AuthenticationResult}.
 */
public sealed interface AuthenticationRequest
        permits MsChapV2Request,
                MsChapV1Request,
                ChapMd5Request,
                PapRequest,
                ChangesPassword,
                EapRequest,
                CertificateRequest {
    /** The name the peer gave. */
    PeerName peerName();

    /** How it logs in, in words for a log. */
    String method();

    /** Whether what is known of the password can decide it at all; else {@link #verify} refuses. */
    default boolean isDecidableBy(KnownPassword password) {
        return true;
    }

    /**
     * Decides it: whether the one who sent it knows the password. Takes the same time whatever it
     * says. Pure; any thread.
     */
    AuthenticationResult verify(KnownPassword password);
}
