/** Enhanced GRE: the pure protocol, and in {@code linux} the system calls that carry it. */
@SuppressWarnings("module") // dev.pptpd is compiled after this module.
module dev.pptpd.gre {
    requires static org.jspecify;

    exports dev.pptpd.gre;
    exports dev.pptpd.gre.linux to
            dev.pptpd;
}
