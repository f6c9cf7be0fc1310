/** Microsoft Point-to-Point Encryption: keys, key changes and the packet cipher. Pure. */
module dev.pptpd.mppe {
    requires static org.jspecify;

    exports dev.pptpd.mppe;
}
