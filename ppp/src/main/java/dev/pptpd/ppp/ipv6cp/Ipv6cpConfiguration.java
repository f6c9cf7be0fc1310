package dev.pptpd.ppp.ipv6cp;

import java.util.Optional;

/**
 * What IPV6CP asks for.
 *
 * @param local our interface identifier; drawn by lot where there is none
 * @param remote what the peer is told to take; its own wish where there is none
 * @param acceptsLocal whether the peer may give us another identifier than {@code local}
 * @param acceptsRemote whether the peer may keep another one than {@code remote}
 */
public record Ipv6cpConfiguration(
        Optional<InterfaceIdentifier> local,
        Optional<InterfaceIdentifier> remote,
        boolean acceptsLocal,
        boolean acceptsRemote) {
    /** Two identifiers as they come. */
    public static final Ipv6cpConfiguration DEFAULT =
            new Ipv6cpConfiguration(Optional.empty(), Optional.empty(), true, true);

    /** The same with an identifier of our own. */
    public Ipv6cpConfiguration withLocal(InterfaceIdentifier identifier) {
        return new Ipv6cpConfiguration(
                Optional.of(identifier), remote, acceptsLocal, acceptsRemote);
    }
}
