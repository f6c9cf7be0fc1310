package dev.pptpd.lab;

/** What a pppd, client or server, insists on when CCP is negotiated. */
public enum PppdEncryption {
    MPPE_128("require-mppe-128"),
    MPPE_40("require-mppe-40 nomppe-128"),
    /** Stateless is still asked for first; the peer has to want stateful. */
    STATEFUL_128("require-mppe-128 mppe-stateful"),
    STATEFUL_40("require-mppe-40 nomppe-128 mppe-stateful"),
    NONE("nomppe");

    private final String options;

    PppdEncryption(String options) {
        this.options = options;
    }

    /** The words of pppd's command line or options file. */
    String options() {
        return options;
    }
}
