package dev.pptpd.config;

import java.util.Map;
import java.util.Optional;

/**
 * What the broadcast relay does.
 *
 * @param device the network device whose network is joined with the tunnels
 * @param perSecond how many broadcasts pass in a second, in each direction
 */
public record BroadcastOptions(String device, int perSecond) {
    /** A network of a few hundred hosts says as much at its busiest. */
    private static final int DEFAULT_PER_SECOND = 50;

    private static final int MAX_PER_SECOND = 1_000;

    /** Reads {@code bcrelay} and {@code bcrelayrate}. */
    static Optional<BroadcastOptions> read(
            Map<ServerKey, Setting> settings, HostResolver host, Findings findings) {
        Setting rate = settings.get(ServerKey.BCRELAYRATE);
        int perSecond =
                rate == null
                        ? DEFAULT_PER_SECOND
                        : rate.number(findings, "broadcasts in a second", 1, MAX_PER_SECOND)
                                .orElse(DEFAULT_PER_SECOND);
        Setting relay = settings.get(ServerKey.BCRELAY);
        if (relay == null) {
            if (rate != null) {
                rate.warning(findings, "of no effect without bcrelay");
            }
            return Optional.empty();
        }
        if (!host.hasInterface(relay.value())) {
            String problem = relay.shown() + " is no network interface of this host";
            relay.error(findings, problem, "the one of the network, such as eth1");
        }
        return Optional.of(new BroadcastOptions(relay.value(), perSecond));
    }
}
