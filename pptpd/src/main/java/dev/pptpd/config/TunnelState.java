package dev.pptpd.config;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.limit.OctetDirection;
import dev.pptpd.limit.SessionLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the words of {@link TunnelWords} amount to, while they are read. */
final class TunnelState {
    boolean clampsMss = TunnelOptions.DEFAULT.clampsMss();
    boolean answersDhcp = TunnelOptions.DEFAULT.answersDhcp();
    Optional<Word> acceptsRemote = Optional.empty();
    String dhcpDomain = "";
    final List<Ipv4Network> dhcpRoutes = new ArrayList<>();

    int idleSeconds;
    int maxConnectSeconds;
    long maxOctets;
    OctetDirection direction = SessionLimits.NONE.direction();
    int octetsCheckSeconds = SessionLimits.DEFAULT_OCTETS_CHECK_SECONDS;

    /** {@code domain} is the host's own, and that of clients where nothing else is said. */
    TunnelOptions build(String domain) {
        boolean usesOwn = dhcpDomain.isEmpty() && DhcpWords.isDomain(domain);
        return new TunnelOptions(
                clampsMss,
                answersDhcp,
                acceptsRemote.isPresent(),
                usesOwn ? domain : dhcpDomain,
                dhcpRoutes,
                new SessionLimits(
                        idleSeconds, maxConnectSeconds, maxOctets, direction, octetsCheckSeconds));
    }
}
