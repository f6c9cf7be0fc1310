package dev.pptpd.auth;

import dev.pptpd.ppp.auth.AuthenticationResult.FailureCode;

/**
 * Why a login was refused: all of it for the log, and of that as much for the peer as it may know.
 * Who does not know the password is told nothing about the account.
 */
public enum LoginFault {
    UNKNOWN_USER("unknown-user", FailureCode.AUTHENTICATION_FAILURE),
    /** The user has lines, and none of them is for this server. */
    OTHER_SERVER("other-server", FailureCode.AUTHENTICATION_FAILURE),
    WRONG_PASSWORD("wrong-password", FailureCode.AUTHENTICATION_FAILURE),
    /** The file has an NT hash, and the peer logs in by a method that needs the password. */
    HASH_ONLY("hash-only", FailureCode.AUTHENTICATION_FAILURE),
    DISABLED("disabled", FailureCode.ACCOUNT_DISABLED),
    ACCOUNT_EXPIRED("account-expired", FailureCode.ACCOUNT_DISABLED),
    NO_DIALIN("no-dialin", FailureCode.NO_DIALIN_PERMISSION),
    OUTSIDE_HOURS("outside-hours", FailureCode.RESTRICTED_LOGON_HOURS),
    PASSWORD_EXPIRED("password-expired", FailureCode.PASSWORD_EXPIRED);

    private final String word;
    private final FailureCode code;

    LoginFault(String word, FailureCode code) {
        this.word = word;
        this.code = code;
    }

    /** In the log. */
    public String word() {
        return word;
    }

    /** For the peer. */
    FailureCode code() {
        return code;
    }
}
