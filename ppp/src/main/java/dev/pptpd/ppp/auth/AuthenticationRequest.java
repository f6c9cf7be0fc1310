package dev.pptpd.ppp.auth;

/**
 * What a peer presented to log in. The link asks with it and waits for {@link
 * AuthenticationResult}.
 */
public sealed interface AuthenticationRequest permits MsChapV2Request {
    /** The name the peer gave. */
    PeerName peerName();
}
