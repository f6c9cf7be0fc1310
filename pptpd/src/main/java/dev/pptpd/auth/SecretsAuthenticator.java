package dev.pptpd.auth;

import dev.pptpd.ppp.auth.AuthenticationResult;
import dev.pptpd.ppp.auth.AuthenticationResult.FailureCode;
import dev.pptpd.ppp.auth.MsChapV2;
import dev.pptpd.ppp.auth.MsChapV2Request;
import dev.pptpd.ppp.auth.NtPasswordHash;
import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Decides logins by the lines of a secrets file. An unknown user takes the same work and gets the
 * same answer as a wrong password. Safe for every thread.
 */
public final class SecretsAuthenticator {
    /** What the login of an unknown user is compared with; nobody knows a password of it. */
    private static final int DECOY_OCTETS = NtPasswordHash.OCTETS;

    private final ChapSecrets secrets;
    private final String serverName;
    private final boolean stripDomain;
    private final byte[] decoy;

    /**
     * An authenticator over the lines of a file, which stay the caller's.
     *
     * @param serverName our name in the server column
     * @param stripDomain whether to look a user up without what stands before the last backslash
     * @param decoy random octets that nobody knows
     */
    public SecretsAuthenticator(
            ChapSecrets secrets, String serverName, boolean stripDomain, byte[] decoy) {
        this.secrets = secrets;
        this.serverName = serverName;
        this.stripDomain = stripDomain;
        this.decoy = Arrays.copyOf(decoy, DECOY_OCTETS);
    }

    /** Decides one login; takes some tens of microseconds. */
    public LoginDecision decide(MsChapV2Request request) {
        Optional<ChapSecret> line = secrets.find(lookupName(request), serverName);
        NtPasswordHash hash =
                line.map(found -> hash(found.credential()))
                        .orElseGet(() -> NtPasswordHash.ofDigest(decoy));
        AuthenticationResult result = MsChapV2.verify(request, hash);
        hash.wipe();
        if (line.isEmpty() || result instanceof AuthenticationResult.Rejected) {
            return new LoginDecision(
                    new AuthenticationResult.Rejected(FailureCode.AUTHENTICATION_FAILURE),
                    AddressPermissions.NONE,
                    UserSettings.NONE);
        }
        return new LoginDecision(result, line.get().addresses(), line.get().settings());
    }

    /** The name as it came; without its domain where that is configured. */
    private String lookupName(MsChapV2Request request) {
        String name = request.peerName().text();
        return stripDomain ? name.substring(name.lastIndexOf('\\') + 1) : name;
    }

    private static NtPasswordHash hash(Credential credential) {
        return switch (credential) {
            case Credential.Password(Secret secret) -> hashOfPassword(secret);
            case Credential.NtPasswordHash(Secret secret) -> {
                byte[] digest = secret.octets();
                NtPasswordHash hash = NtPasswordHash.ofDigest(digest);
                Arrays.fill(digest, (byte) 0);
                yield hash;
            }
        };
    }

    private static NtPasswordHash hashOfPassword(Secret secret) {
        char[] password = secret.characters();
        NtPasswordHash hash = NtPasswordHash.ofPassword(CharBuffer.wrap(password));
        Arrays.fill(password, '\0');
        return hash;
    }
}
