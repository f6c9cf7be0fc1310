package dev.pptpd.limit;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Limits that hold for one user instead of those of all; what is empty stays as it is for all.
 *
 * @param idleSeconds 0 for no limit, as below
 * @param rates there are none for all
 */
public record LimitChanges(
        OptionalInt idleSeconds,
        OptionalInt maxConnectSeconds,
        OptionalLong maxOctets,
        Optional<OctetDirection> direction,
        RateLimits rates) {
    /** The user is as all are. */
    public static final LimitChanges NONE =
            new LimitChanges(
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    OptionalLong.empty(),
                    Optional.empty(),
                    RateLimits.NONE);

    /** What holds for the user; the very limits of all where nothing is changed. */
    public SessionLimits over(SessionLimits ofAll) {
        SessionLimits changed =
                new SessionLimits(
                        idleSeconds.orElse(ofAll.idleSeconds()),
                        maxConnectSeconds.orElse(ofAll.maxConnectSeconds()),
                        maxOctets.orElse(ofAll.maxOctets()),
                        direction.orElse(ofAll.direction()),
                        ofAll.octetsCheckSeconds());
        return changed.equals(ofAll) ? ofAll : changed;
    }
}
