package dev.pptpd.auth;

import dev.pptpd.ppp.auth.AuthenticationRequest;
import dev.pptpd.ppp.auth.AuthenticationResult;
import dev.pptpd.ppp.auth.KnownPassword;
import dev.pptpd.ppp.auth.NtPasswordHash;
import dev.pptpd.ppp.auth.PapRequest;
import dev.pptpd.ppp.auth.PeerName;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
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
    private final Optional<ChapSecrets> papSecrets;
    private final LoginRules rules;
    private final byte[] decoy;

    /** An authenticator over one file, whose users cannot change their passwords. */
    public SecretsAuthenticator(
            ChapSecrets secrets, String serverName, boolean stripDomain, byte[] decoy) {
        this(secrets, PasswordStore.NONE, serverName, stripDomain, decoy);
    }

    /** An authenticator over one file for all methods, by this host's clock. */
    public SecretsAuthenticator(
            ChapSecrets secrets,
            PasswordStore store,
            String serverName,
            boolean stripDomain,
            byte[] decoy) {
        this(
                secrets,
                Optional.empty(),
                store,
                new LoginRules(
                        serverName,
                        new LookupNames(stripDomain, false),
                        Clock.system(ZoneId.systemDefault())),
                decoy);
    }

    /**
     * An authenticator over the lines of files, which stay the caller's.
     *
     * @param papSecrets for logins by PAP; where there are none, the others are for these, too
     * @param store keeps the passwords that users change
     * @param decoy random octets that nobody knows
     */
    public SecretsAuthenticator(
            ChapSecrets secrets,
            Optional<ChapSecrets> papSecrets,
            PasswordStore store,
            LoginRules rules,
            byte[] decoy) {
        this.secrets = secrets;
        this.papSecrets = papSecrets;
        this.changes = new PasswordChanges(store);
        this.rules = rules;
        this.decoy = Arrays.copyOf(decoy, DECOY_OCTETS);
    }

    /** Decides one login; takes some tens of microseconds. */
    public LoginDecision decide(AuthenticationRequest request) {
        ChapSecrets file = request instanceof PapRequest ? papSecrets.orElse(secrets) : secrets;
        List<String> names = rules.names().of(request.peerName().text());
        Optional<ChapSecret> line = file.find(names, rules.serverName());
        KnownPassword password =
                line.map(found -> password(found.credential()))
                        .orElseGet(() -> KnownPassword.ofText(decoy));
        AuthenticationResult result = request.verify(password);
        boolean isDecidable = request.isDecidableBy(password);
        password.wipe();
        if (line.isEmpty()) {
            return refused(
                    result, file.knows(names) ? LoginFault.OTHER_SERVER : LoginFault.UNKNOWN_USER);
        }
        if (!(result instanceof AuthenticationResult.Accepted accepted)) {
            return refused(result, isDecidable ? LoginFault.WRONG_PASSWORD : LoginFault.HASH_ONLY);
        }
        PeerName user = user(line.get(), names);
        UserSettings settings = line.get().settings();
        return settings.account()
                .fault(LocalDateTime.now(rules.clock()))
                .map(fault -> refused(result, fault))
                .orElseGet(() ->
                        new LoginDecision(accepted.as(user), line.get().addresses(), settings));
    }

    /** One name for whoever has this line; of a line for all, the part that they are told by. */
    private static PeerName user(ChapSecret line, List<String> names) {
        String name = names.contains(line.client()) ? line.client() : names.getLast();
        return new PeerName(name.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Decides a login with another password, which takes as long as the disk does. The next login
     * finds the other password, also in this process.
     */
    public synchronized PasswordChanges.Decision change(AuthenticationRequest request) {
        List<String> names = rules.names().of(request.peerName().text());
        Optional<ChapSecret> line = secrets.find(names, rules.serverName());
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
                // The old secret is not overwritten: a login on another thread may have found its
                // line already and would then be compared with zeros. It is out of reach from here
                // on, and the owner of the lines overwrites it with all others.
                secrets = secrets.with(changed, line.get());
                yield new PasswordChanges.Decision(
                        new LoginDecision(
                                result.as(user(changed, names)),
                                changed.addresses(),
                                changed.settings()),
                        Optional.empty());
            }
        };
    }

    private static LoginDecision refused(AuthenticationResult result, LoginFault fault) {
        if (result instanceof AuthenticationResult.Accepted accepted) {
            accepted.wipe();
        }
        return LoginDecision.refused(fault);
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
