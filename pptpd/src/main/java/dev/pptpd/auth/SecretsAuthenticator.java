package dev.pptpd.auth;

import dev.pptpd.ppp.auth.AuthenticationRequest;
import dev.pptpd.ppp.auth.AuthenticationResult;
import dev.pptpd.ppp.auth.AuthenticationResult.FailureCode;
import dev.pptpd.ppp.auth.KnownPassword;
import dev.pptpd.ppp.auth.NtPasswordHash;
import java.util.Arrays;
import java.util.Optional;

/**
 * Decides logins by the lines of a secrets file. An unknown user takes the same work and gets the
 * same answer as a wrong password. Safe for every thread.
 */
public final class SecretsAuthenticator {
    /** What the login of an unknown user is compared with; nobody knows a password of it. */
    private static final int DECOY_OCTETS = NtPasswordHash.OCTETS;

    private final PasswordChanges changes;
    private volatile ChapSecrets secrets;
    private final String serverName;
    private final boolean stripDomain;
    private final byte[] decoy;

    /** An authenticator whose users cannot change their passwords. */
    public SecretsAuthenticator(
            ChapSecrets secrets, String serverName, boolean stripDomain, byte[] decoy) {
        this(secrets, PasswordStore.NONE, serverName, stripDomain, decoy);
    }

    /**
     * An authenticator over the lines of a file, which stay the caller's.
     *
     * @param store keeps the passwords that users change
     * @param serverName our name in the server column
     * @param stripDomain whether to look a user up without what stands before the last backslash
     * @param decoy random octets that nobody knows
     */
    public SecretsAuthenticator(
            ChapSecrets secrets,
            PasswordStore store,
            String serverName,
            boolean stripDomain,
            byte[] decoy) {
        this.secrets = secrets;
        this.changes = new PasswordChanges(store);
        this.serverName = serverName;
        this.stripDomain = stripDomain;
        this.decoy = Arrays.copyOf(decoy, DECOY_OCTETS);
    }

    /** Decides one login; takes some tens of microseconds. */
    public LoginDecision decide(AuthenticationRequest request) {
        Optional<ChapSecret> line = secrets.find(lookupName(request), serverName);
        KnownPassword password =
                line.map(found -> password(found.credential()))
                        .orElseGet(() -> KnownPassword.ofText(decoy));
        AuthenticationResult result = request.verify(password);
        password.wipe();
        if (line.isEmpty() || result instanceof AuthenticationResult.Rejected) {
            return new LoginDecision(
                    new AuthenticationResult.Rejected(FailureCode.AUTHENTICATION_FAILURE),
                    AddressPermissions.NONE,
                    UserSettings.NONE);
        }
        return new LoginDecision(result, line.get().addresses(), line.get().settings());
    }

    /**
     * Decides a login with another password, which takes as long as the disk does. The next login
     * finds the other password, also in this process.
     */
    public synchronized PasswordChanges.Decision change(AuthenticationRequest request) {
        Optional<ChapSecret> line = secrets.find(lookupName(request), serverName);
        if (line.isEmpty()) {
            return PasswordChanges.Decision.refused("the user is gone");
        }
        KnownPassword old = password(line.get().credential());
        PasswordChanges.Outcome outcome = changes.change(request, line.get(), old);
        old.wipe();
        return switch (outcome) {
            case PasswordChanges.Outcome.Refused(String obstacle) ->
                    PasswordChanges.Decision.refused(obstacle);
            case PasswordChanges.Outcome.Changed(var result, ChapSecret changed) -> {
                secrets = secrets.with(changed, line.get());
                line.get().credential().secret().close();
                yield new PasswordChanges.Decision(
                        new LoginDecision(result, changed.addresses(), changed.settings()),
                        Optional.empty());
            }
        };
    }

    /** The name as it came; without its domain where that is configured. */
    private String lookupName(AuthenticationRequest request) {
        String name = request.peerName().text();
        return stripDomain ? name.substring(name.lastIndexOf('\\') + 1) : name;
    }

    private static KnownPassword password(Credential credential) {
        byte[] octets = credential.secret().octets();
        KnownPassword password =
                switch (credential) {
                    case Credential.Password _ -> KnownPassword.ofText(octets);
                    case Credential.NtPasswordHash _ ->
                            KnownPassword.ofHash(NtPasswordHash.ofDigest(octets));
                };
        Arrays.fill(octets, (byte) 0);
        return password;
    }
}
