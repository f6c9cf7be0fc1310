/** The Point-to-Point Protocol: frames, automata and the link that joins them. Pure. */
module dev.pptpd.ppp {
    requires static org.jspecify;
    requires org.bouncycastle.provider;
    requires transitive dev.pptpd.mppe;

    exports dev.pptpd.ppp.auth;
    exports dev.pptpd.ppp.ccp;
    exports dev.pptpd.ppp.eap;
    exports dev.pptpd.ppp.fsm;
    exports dev.pptpd.ppp.ipcp;
    exports dev.pptpd.ppp.ipv6cp;
    exports dev.pptpd.ppp.lcp;
    exports dev.pptpd.ppp.link;
    exports dev.pptpd.ppp.notation;
    exports dev.pptpd.ppp.vj;
}
