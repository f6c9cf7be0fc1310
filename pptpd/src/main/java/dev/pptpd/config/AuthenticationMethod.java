package dev.pptpd.config;

import dev.pptpd.ppp.auth.LoginMethod;
import java.util.Arrays;
import java.util.Optional;

/** The ways to log in that the options file knows, by their words behind {@code require-}. */
public enum AuthenticationMethod {
    PAP("pap", Optional.of(LoginMethod.PAP)),
    CHAP_MD5("chap", Optional.of(LoginMethod.CHAP_MD5)),
    MS_CHAP_V1("mschap", Optional.of(LoginMethod.MS_CHAP_V1)),
    MS_CHAP_V2("mschap-v2", Optional.of(LoginMethod.MS_CHAP_V2)),
    EAP("eap", Optional.of(LoginMethod.EAP));

    private final String word;
    private final Optional<LoginMethod> method;

    AuthenticationMethod(String word, Optional<LoginMethod> method) {
        this.word = word;
        this.method = method;
    }

    /** What it is in PPP; empty for what this version does not speak. */
    public Optional<LoginMethod> method() {
        return method;
    }

    /** The method of a word such as {@code mschap-v2}; empty for others. */
    public static Optional<AuthenticationMethod> of(String word) {
        return Arrays.stream(values()).filter(method -> method.word.equals(word)).findFirst();
    }

    /** What stands behind {@code require-} or {@code refuse-}. */
    public String word() {
        return word;
    }
}
