/** Enhanced GRE: the pure protocol, and in {@code linux} the system calls that carry it. */
module dev.pptpd.gre {
    requires static org.jspecify;

    exports dev.pptpd.gre;
}
