package dev.pptpd.discovery;

import dev.pptpd.ppp.ipv6cp.Ipv6Address;
import dev.pptpd.ppp.ipv6cp.Ipv6Identifiers;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The host's end: asks when IPv6 comes up, and takes what the router says.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc4861#section-6.3 RFC 4861 section 6.3
 */
public final class RouterSolicitor implements RouterDiscovery {
    /** Specification: MAX_RTR_SOLICITATIONS and RTR_SOLICITATION_INTERVAL. */
    private static final int SOLICITATIONS = 3;

    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(4);

    private static final int SOLICITATION_OCTETS = 8;

    private Ipv6Address source = Ipv6Address.ALL_NODES;
    private Ipv6Address router = Ipv6Address.ALL_NODES;
    private boolean due;
    private int sent;
    private long deadlineNanos = Long.MAX_VALUE;
    private Optional<RouterAdvertisement> news = Optional.empty();
    private Optional<RouterAdvertisement> latest = Optional.empty();

    @Override
    public void begin(Ipv6Identifiers identifiers, long nowNanos) {
        source = identifiers.local().linkLocal();
        router = identifiers.peer().linkLocal();
        sent = 0;
        latest = Optional.empty();
        deadlineNanos = nowNanos;
        onTimeout(nowNanos);
    }

    @Override
    public void end() {
        due = false;
        deadlineNanos = Long.MAX_VALUE;
    }

    @Override
    public void receive(ByteBuffer packet, long nowNanos) {
        Optional<RouterAdvertisement> heard =
                RouterAdvertisement.decode(packet)
                        .filter(_ -> Icmpv6.source(packet).equals(router));
        if (heard.isPresent()) {
            deadlineNanos = Long.MAX_VALUE;
            if (!heard.equals(latest)) {
                latest = heard;
                news = heard;
            }
        }
    }

    /** What the router says anew, once. */
    public Optional<RouterAdvertisement> takeNews() {
        Optional<RouterAdvertisement> taken = news;
        news = Optional.empty();
        return taken;
    }

    @Override
    public long nextDeadlineNanos() {
        return deadlineNanos;
    }

    @Override
    public void onTimeout(long nowNanos) {
        if (deadlineNanos - nowNanos <= 0 && deadlineNanos != Long.MAX_VALUE) {
            due = true;
            deadlineNanos = ++sent < SOLICITATIONS ? nowNanos + INTERVAL_NANOS : Long.MAX_VALUE;
        }
    }

    @Override
    public byte @Nullable [] poll() {
        if (!due) {
            return null;
        }
        due = false;
        ByteBuffer message = ByteBuffer.allocate(SOLICITATION_OCTETS);
        message.put(0, (byte) Icmpv6.ROUTER_SOLICITATION);
        return Icmpv6.encode(source, Ipv6Address.ALL_ROUTERS, message);
    }
}
