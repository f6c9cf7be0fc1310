package dev.pptpd.ppp.link;

import dev.pptpd.ppp.ipv6cp.Ipv6Identifiers;
import dev.pptpd.ppp.ipv6cp.Ipv6cpOptions;
import java.util.Optional;

/** What comes of IPV6CP: whether IPv6 flows. */
final class Ipv6Flow implements NetworkLayer.Flow {
    private final Ipv6cpOptions options;
    private final Outbox outbox;
    private boolean up;

    Ipv6Flow(Ipv6cpOptions options, Outbox outbox) {
        this.options = options;
        this.outbox = outbox;
    }

    boolean isUp() {
        return up;
    }

    @Override
    public Optional<String> onAgreed() {
        return options.identifiers().isPresent()
                ? Optional.empty()
                : Optional.of("the peer has no interface identifier");
    }

    @Override
    public void onVoid() {
        // The two identifiers are asked for again with the next request.
    }

    /** Says once that IPv6 flows, and once that it no longer does. */
    void announce(boolean mayFlow) {
        Optional<Ipv6Identifiers> identifiers = options.identifiers();
        boolean flows = mayFlow && identifiers.isPresent();
        if (flows && !up) {
            outbox.add(new LinkAction.Ipv6Up(identifiers.get()));
        } else if (!flows && up) {
            outbox.add(new LinkAction.Ipv6Down());
        }
        up = flows;
    }
}
