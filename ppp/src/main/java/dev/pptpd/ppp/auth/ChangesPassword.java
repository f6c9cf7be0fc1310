package dev.pptpd.ppp.auth;

import dev.pptpd.ppp.auth.AuthenticationResult.FailureCode;
import java.util.Arrays;
import java.util.Optional;

/** A login that brings another password with it, in one of the two packets there are for that. */
public sealed interface ChangesPassword extends AuthenticationRequest
        permits ChangePasswordRequest, MsChapV1ChangeRequest {
    /** 516 octets: the new password under the hash of the old one. */
    byte[] encryptedPassword();

    /** 16 octets: the hash of the old password under that of the new one. */
    byte[] encryptedHash();

    /** The login with the new password that is in it, decided by that password. */
    AuthenticationResult verifyLogin(char[] newPassword);

    /**
     * Whether the one who sent it knows the old password, and the new one is all there; the keys
     * are of the new one. It is for whoever keeps the passwords to take {@link
     * PasswordChange#newPassword} into use.
     */
    @Override
    default AuthenticationResult verify(KnownPassword oldPassword) {
        Optional<char[]> password = PasswordChange.newPassword(this, oldPassword.ntHash());
        if (password.isEmpty()) {
            return new AuthenticationResult.Rejected(FailureCode.CHANGING_PASSWORD);
        }
        AuthenticationResult result = verifyLogin(password.get());
        Arrays.fill(password.get(), '\0');
        return result instanceof AuthenticationResult.Accepted
                ? result
                : new AuthenticationResult.Rejected(FailureCode.CHANGING_PASSWORD);
    }
}
