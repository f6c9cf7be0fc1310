package dev.pptpd.ppp.auth;

import dev.pptpd.mppe.MppeStartKeys;

/** The answer to an {@link AuthenticationRequest}. */
public sealed interface AuthenticationResult {
    /**
     * The peer is who it says.
     *
     * @param successMessage text of the Success packet, for MS-CHAPv2 {@code S=} and 40 hex digits
     * @param startKeys the server's MPPE start keys, owned by the link from now on
     */
    record Accepted(String successMessage, MppeStartKeys startKeys)
            implements AuthenticationResult {}

    /** The peer may not log in. */
    record Rejected(FailureCode code) implements AuthenticationResult {}

    /**
     * The reasons a Failure packet can give.
     *
     * @spec https://www.rfc-editor.org/rfc/rfc2759#section-6 RFC 2759 section 6
     */
    enum FailureCode {
        RESTRICTED_LOGON_HOURS(646),
        ACCOUNT_DISABLED(647),
        PASSWORD_EXPIRED(648),
        NO_DIALIN_PERMISSION(649),
        AUTHENTICATION_FAILURE(691),
        CHANGING_PASSWORD(709);

        private final int number;

        FailureCode(int number) {
            this.number = number;
        }

        /** The number behind {@code E=}. */
        public int number() {
            return number;
        }
    }
}
