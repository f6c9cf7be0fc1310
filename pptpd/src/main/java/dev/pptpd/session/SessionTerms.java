package dev.pptpd.session;

import dev.pptpd.auth.UserSettings;
import dev.pptpd.config.TunnelOptions;
import dev.pptpd.dhcp.DhcpTerms;
import dev.pptpd.limit.RateLimits;
import dev.pptpd.limit.SessionLimits;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.ppp.ipcp.Ipv4Assignment;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the packets of one session meet between its tunnel and its device, and how long it lasts.
 *
 * @param farEnd the inner address of the tunnel's other end
 * @param mtuBytes the largest IP packet that the tunnel carries
 * @param clampsMss whether TCP connections are kept to segments that fit
 * @param endsSearches whether what the far end asks everybody on its network is dropped
 * @param dhcp what the far end is told when it asks by DHCP; null to leave that to the host
 * @param inquiry what the far end is asked for by DHCP; null for nothing
 * @param limits when the session ends
 * @param rates what is dropped because it is too fast
 */
public record SessionTerms(
        Ipv4Address farEnd,
        int mtuBytes,
        boolean clampsMss,
        boolean endsSearches,
        @Nullable DhcpTerms dhcp,
        @Nullable Inquiry inquiry,
        SessionLimits limits,
        RateLimits rates) {
    private static final int MAX_PACKET_OCTETS = 65_535;

    /** Every packet passes as it is, for ever. */
    public static final SessionTerms NONE =
            new SessionTerms(
                    Ipv4Address.ANY,
                    MAX_PACKET_OCTETS,
                    false,
                    false,
                    null,
                    null,
                    SessionLimits.NONE,
                    RateLimits.NONE);

    /**
     * That the far end is asked for the networks behind it.
     *
     * @param own our address in the tunnel
     * @param transaction a number of this inquiry alone
     */
    public record Inquiry(Ipv4Address own, int transaction) {}

    /**
     * For a client, which has no say about the far end: segments are kept small.
     *
     * @param inquiry what the far end is asked for
     */
    public static SessionTerms ofClient(
            Ipv4Assignment assignment, int mtuBytes, Optional<Inquiry> inquiry) {
        return new SessionTerms(
                assignment.peer(),
                mtuBytes,
                true,
                false,
                null,
                inquiry.orElse(null),
                SessionLimits.NONE,
                RateLimits.NONE);
    }

    /** For the session of a user. */
    static SessionTerms of(
            TunnelOptions ofAll, UserSettings ofUser, Ipv4Assignment assignment, int mtuBytes) {
        boolean hasOwnRoutes = !ofUser.dhcpRoutes().isEmpty();
        DhcpTerms dhcp =
                new DhcpTerms(
                        assignment.local(),
                        assignment.dns(),
                        assignment.wins(),
                        ofUser.dhcpDomain().orElse(ofAll.dhcpDomain()),
                        hasOwnRoutes ? ofUser.dhcpRoutes() : ofAll.dhcpRoutes());
        return new SessionTerms(
                assignment.peer(),
                mtuBytes,
                ofAll.clampsMss(),
                true,
                ofAll.answersDhcp() ? dhcp : null,
                null,
                ofUser.limits().over(ofAll.limits()),
                ofUser.limits().rates());
    }
}
