package dev.pptpd.ppp.auth;

import dev.pptpd.mppe.MppeStartKeys;
import java.util.Arrays;
import java.util.Optional;

/** The answer to an {@link AuthenticationRequest}. */
public sealed interface AuthenticationResult {
    /**
     * The peer is who it says.
     *
     * @param successMessage text of the Success packet, for MS-CHAPv2 {@code S=} and 40 hex digits
     * @param startKeys the server's MPPE start keys, owned by the link from now on; empty where the
     *     method gives none, as PAP does not
     * @param user who that is: one name for one user, however the peer words its own
     */
    record Accepted(String successMessage, Optional<MppeStartKeys> startKeys, PeerName user)
            implements AuthenticationResult {
        /** The same under the name that the user has with the one who decides. */
        public Accepted as(PeerName known) {
            return new Accepted(successMessage, startKeys, known);
        }

        /** Overwrites the keys: the login comes to nothing. */
        public void wipe() {
            startKeys.ifPresent(MppeStartKeys::wipe);
        }
    }

    /** The peer may not log in. */
    record Rejected(FailureCode code) implements AuthenticationResult {}

    /**
     * The reasons a Failure packet can give.
     *
     * @spec https://www.rfc-editor.org/rfc/rfc2759#section-6 RFC 2759 section 6
     */
    enum FailureCode {
        RESTRICTED_LOGON_HOURS(646, "no login at this hour"),
        ACCOUNT_DISABLED(647, "the account is disabled"),
        PASSWORD_EXPIRED(648, "the password has expired"),
        NO_DIALIN_PERMISSION(649, "the account has no permission to dial in"),
        AUTHENTICATION_FAILURE(691, "wrong user name or password"),
        CHANGING_PASSWORD(709, "the password could not be changed");

        private final int number;
        private final String meaning;

        FailureCode(int number, String meaning) {
            this.number = number;
            this.meaning = meaning;
        }

        /** The reason with this number; empty for one that the RFC does not have. */
        static Optional<FailureCode> of(long number) {
            return Arrays.stream(values()).filter(code -> code.number == number).findFirst();
        }

        /** The number behind {@code E=}. */
        public int number() {
            return number;
        }

        /** In words, for a log. */
        public String meaning() {
            return meaning;
        }
    }
}
