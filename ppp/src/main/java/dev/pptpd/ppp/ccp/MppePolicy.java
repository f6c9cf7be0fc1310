package dev.pptpd.ppp.ccp;

/** Whether a link is encrypted. */
public enum MppePolicy {
    /** No data without MPPE; no agreement ends the link. */
    REQUIRE,
    /** MPPE is asked for; a peer that will not have it goes on in clear text. */
    PREFER,
    /** MPPE when the peer wants it too: a server waits to be asked, a client offers it. */
    ALLOW,
    /** Never. */
    DENY
}
