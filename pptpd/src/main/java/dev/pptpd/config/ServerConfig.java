package dev.pptpd.config;

import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.nio.file.Path;
import java.util.Optional;

/**
 * All that the administrator's files and the command line say, without the secrets themselves.
 *
 * @param listen where TCP 1723 is opened; {@link Ipv4Address#ANY} for everywhere
 * @param addresses what sessions get; their number limits the sessions
 * @param ipv6 what sessions get of IPv6
 * @param broadcasts what the broadcast relay does; empty for none
 * @param firstMessageTimeoutSeconds how long a new connection may stay silent
 * @param chapSecretsFile where the secrets are
 */
public record ServerConfig(
        Ipv4Address listen,
        AddressSlots addresses,
        Ipv6Prefixes ipv6,
        Optional<BroadcastOptions> broadcasts,
        int firstMessageTimeoutSeconds,
        boolean debug,
        Path pidFile,
        PptpOptions pptp,
        PppOptions ppp,
        Path chapSecretsFile) {}
