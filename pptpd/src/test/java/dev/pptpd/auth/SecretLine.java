package dev.pptpd.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A line of chap-secrets, for any address and without options. */
final class SecretLine {
    private SecretLine() {}

    static ChapSecret line(String client, String server, String secret) {
        return new ChapSecret(
                client,
                server,
                Credential.of(secret.getBytes(UTF_8)),
                AddressPermissions.ANY,
                UserSettings.NONE);
    }
}
