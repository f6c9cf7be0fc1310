package dev.pptpd.config;

/** The ways to log in that the options file knows, by their words behind {@code require-}. */
public enum AuthenticationMethod {
    PAP("pap"),
    CHAP_MD5("chap"),
    MS_CHAP_V1("mschap"),
    MS_CHAP_V2("mschap-v2"),
    EAP("eap");

    private final String word;

    AuthenticationMethod(String word) {
        this.word = word;
    }

    /** What stands behind {@code require-} or {@code refuse-}. */
    public String word() {
        return word;
    }
}
