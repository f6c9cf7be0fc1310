package dev.pptpd.auth;

/**
 * One line of a secrets file.
 *
 * @param client the user, {@value #WILDCARD} for any
 * @param server the server that the line is for, {@value #WILDCARD} for any
 * @param credential what proves that a client is this user; owned by the {@link ChapSecrets}
 * @param addresses what the user may have
 * @param settings what the words behind {@code --} settle for this user alone
 */
public record ChapSecret(
        String client,
        String server,
        Credential credential,
        AddressPermissions addresses,
        UserSettings settings) {
    /** Stands for every client or every server. */
    public static final String WILDCARD = "*";

    private static final int NO_MATCH = -1;
    private static final int CLIENT_NAMED = 2;
    private static final int SERVER_NAMED = 1;

    /** How well the line fits: 0 by wildcards alone, 3 by both names, negative not at all. */
    int score(String clientName, String serverName) {
        boolean clientFits = isAnyClient() || client.equals(clientName);
        if (!clientFits || !isFor(serverName)) {
            return NO_MATCH;
        }
        return (isAnyClient() ? 0 : CLIENT_NAMED) + (isAnyServer() ? 0 : SERVER_NAMED);
    }

    /** Whether the line is for this server. */
    public boolean isFor(String serverName) {
        return isAnyServer() || server.equals(serverName);
    }

    /** The same line after its user has changed the password. */
    ChapSecret with(Credential changed) {
        return new ChapSecret(
                client,
                server,
                changed,
                addresses,
                settings.with(settings.account().withNewPassword()));
    }

    private boolean isAnyClient() {
        return client.equals(WILDCARD);
    }

    private boolean isAnyServer() {
        return server.equals(WILDCARD);
    }
}
