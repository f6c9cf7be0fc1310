package dev.pptpd.auth;

import dev.pptpd.ppp.auth.AuthenticationRequest;
import dev.pptpd.ppp.auth.AuthenticationResult;
import dev.pptpd.ppp.auth.AuthenticationResult.FailureCode;
import dev.pptpd.ppp.auth.ChangesPassword;
import dev.pptpd.ppp.auth.EapRequest;
import dev.pptpd.ppp.auth.KnownPassword;
import dev.pptpd.ppp.auth.NtPasswordHash;
import dev.pptpd.ppp.auth.PasswordChange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Puts the new passwords of users into use: one that is not empty, not the old one, and on the disk
 * before the user hears of it.
 */
public final class PasswordChanges {
    /** UTF-8 of one UTF-16 unit. */
    private static final int MAX_OCTETS_OF_A_CHARACTER = 3;

    private final PasswordStore store;

    PasswordChanges(PasswordStore store) {
        this.store = store;
    }

    /**
     * What became of a login with another password.
     *
     * @param login for the session
     * @param obstacle why the password is still the old one, for the log; empty where it is not
     */
    public record Decision(LoginDecision login, Optional<String> obstacle) {
        static Decision refused(String obstacle) {
            return new Decision(
                    new LoginDecision(
                            new AuthenticationResult.Rejected(FailureCode.CHANGING_PASSWORD),
                            AddressPermissions.NONE,
                            UserSettings.NONE),
                    Optional.of(obstacle));
        }
    }

    /** What became of the password. */
    sealed interface Outcome {
        /** The line has another one now. */
        record Changed(AuthenticationResult.Accepted result, ChapSecret line) implements Outcome {}

        /** Nothing has changed. */
        record Refused(String obstacle) implements Outcome {}
    }

    /** Whether a login brings another password, so that deciding it takes as long as the disk. */
    public static boolean isOne(AuthenticationRequest request) {
        return change(request).isPresent();
    }

    private static Optional<ChangesPassword> change(AuthenticationRequest request) {
        if (request instanceof EapRequest(String _, AuthenticationRequest login)) {
            return change(login);
        }
        return request instanceof ChangesPassword change ? Optional.of(change) : Optional.empty();
    }

    /**
     * Changes the password of a line.
     *
     * @param old what the line has; stays the caller's
     */
    Outcome change(AuthenticationRequest request, ChapSecret line, KnownPassword old) {
        Optional<ChangesPassword> change = change(request);
        Optional<char[]> password =
                change.flatMap(asked -> PasswordChange.newPassword(asked, old.ntHash()));
        if (password.isEmpty()) {
            return new Outcome.Refused("the packet does not fit the old password");
        }
        try {
            return change(request, line, old, password.get());
        } finally {
            Arrays.fill(password.get(), '\0');
        }
    }

    private Outcome change(
            AuthenticationRequest request, ChapSecret line, KnownPassword old, char[] password) {
        Optional<String> objection = objection(line, old, password);
        if (objection.isPresent()) {
            return new Outcome.Refused(objection.get());
        }
        if (!(request.verify(old) instanceof AuthenticationResult.Accepted accepted)) {
            return new Outcome.Refused("the login with the new password is wrong");
        }
        Credential changed;
        try {
            changed = credential(line.credential(), password);
        } catch (CharacterCodingException e) {
            accepted.wipe();
            return new Outcome.Refused("the new password is no text");
        }
        try {
            store.replace(line, changed);
        } catch (IOException e) {
            accepted.wipe();
            changed.secret().close();
            return new Outcome.Refused("the new password could not be kept: " + e.getMessage());
        }
        return new Outcome.Changed(accepted, line.with(changed));
    }

    /** Why a password may not be the next one. */
    private static Optional<String> objection(ChapSecret line, KnownPassword old, char[] password) {
        if (line.client().equals(ChapSecret.WILDCARD)) {
            return Optional.of("the line is for every user");
        }
        if (password.length == 0) {
            return Optional.of("the new password is empty");
        }
        NtPasswordHash hash = NtPasswordHash.ofPassword(CharBuffer.wrap(password));
        boolean isOld = hash.equals(old.ntHash());
        hash.wipe();
        return isOld ? Optional.of("the new password is the old one") : Optional.empty();
    }

    private static Secret encoded(char[] password) throws CharacterCodingException {
        byte[] room = new byte[MAX_OCTETS_OF_A_CHARACTER * password.length];
        ByteBuffer out = ByteBuffer.wrap(room);
        CoderResult end =
                StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(password), out, true);
        byte[] octets = Arrays.copyOf(room, out.position());
        Arrays.fill(room, (byte) 0);
        try {
            if (end.isError()) {
                end.throwException();
            }
            return new Secret(octets);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    /** The password in the form that the line has: a hash stays a hash. */
    private static Credential credential(Credential form, char[] password)
            throws CharacterCodingException {
        return switch (form) {
            case Credential.Password _ -> new Credential.Password(encoded(password));
            case Credential.NtPasswordHash _ -> {
                NtPasswordHash hash = NtPasswordHash.ofPassword(CharBuffer.wrap(password));
                byte[] octets = hash.octets();
                hash.wipe();
                Secret secret = new Secret(octets);
                Arrays.fill(octets, (byte) 0);
                yield new Credential.NtPasswordHash(secret);
            }
        };
    }
}
