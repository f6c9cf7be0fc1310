package dev.pptpd.ppp.ccp;

/** Whether a link is encrypted. */
public enum MppePolicy {
    /** No data without MPPE; no agreement ends the link. */
    REQUIRE,
    /** MPPE when the peer asks for it. */
    ALLOW,
    /** Never. */
    DENY
}
