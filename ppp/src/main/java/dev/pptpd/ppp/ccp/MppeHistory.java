package dev.pptpd.ppp.ccp;

/** Which of the two modes of MPPE and MPPC is agreed to. */
public enum MppeHistory {
    /** Every packet stands alone. What a tunnel over the Internet wants. */
    STATELESS,
    /** Stateless is asked for, but a peer that wants a history gets one. */
    STATELESS_FIRST,
    /** Key stream and history run on from packet to packet, and one lost packet costs several. */
    STATEFUL;

    boolean allows(boolean stateless) {
        return this == STATELESS_FIRST || (this == STATELESS) == stateless;
    }

    boolean asksForStateless() {
        return this != STATEFUL;
    }
}
