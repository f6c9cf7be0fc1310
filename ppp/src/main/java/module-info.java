/** The Point-to-Point Protocol: frames, automata and the link that joins them. Pure. */
module dev.pptpd.ppp {
    requires static org.jspecify;
    requires org.bouncycastle.provider;
    requires transitive dev.pptpd.mppe;

    exports dev.pptpd.ppp.auth;
}
