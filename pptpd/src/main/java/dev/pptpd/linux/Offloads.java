package dev.pptpd.linux;

/** Which super-packets a device and its user hand to each other. */
public enum Offloads {
    /** None: every packet is one, and whole. */
    NONE,

    /** Those of TCP: Linux before 6.2. */
    TCP,

    /** Those of TCP and UDP. */
    TCP_AND_UDP
}
