package dev.pptpd.discovery;

import dev.pptpd.ppp.ipv6cp.Ipv6Address;
import dev.pptpd.ppp.ipv6cp.Ipv6Identifiers;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The router's end: advertises when IPv6 comes up, when a host asks, and now and then.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc4861#section-6.2 RFC 4861 section 6.2
 */
public final class RouterAdvertiser implements RouterDiscovery {
    /** Specification: MAX_INITIAL_RTR_ADVERTISEMENTS and MAX_INITIAL_RTR_ADVERT_INTERVAL. */
    private static final int INITIAL = 3;

    private static final long INITIAL_NANOS = TimeUnit.SECONDS.toNanos(16);

    /** Specification: MaxRtrAdvInterval. Tunnels come up at different times: no lot is needed. */
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(600);

    /** A host that asks more often gets no answer to each. */
    private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final int SOLICITATION_OCTETS = 8;

    private final RouterAdvertisement advertisement;
    private Ipv6Address source = Ipv6Address.ALL_NODES;
    private boolean running;
    private boolean due;
    private int sent;
    private boolean answered;
    private long answeredNanos;
    private long deadlineNanos = Long.MAX_VALUE;

    /** Advertises always the same. */
    public RouterAdvertiser(RouterAdvertisement advertisement) {
        this.advertisement = advertisement;
    }

    @Override
    public void begin(Ipv6Identifiers identifiers, long nowNanos) {
        source = identifiers.local().linkLocal();
        running = true;
        sent = 0;
        answered = false;
        deadlineNanos = nowNanos;
        onTimeout(nowNanos);
    }

    @Override
    public void end() {
        running = false;
        due = false;
        deadlineNanos = Long.MAX_VALUE;
    }

    @Override
    public void receive(ByteBuffer packet, long nowNanos) {
        boolean tooSoon = answered && nowNanos - answeredNanos < ANSWER_NANOS;
        if (running && !tooSoon && isSolicitation(packet)) {
            answered = true;
            answeredNanos = nowNanos;
            due = true;
        }
    }

    /** RFC 4861 section 6.1.1. */
    private static boolean isSolicitation(ByteBuffer packet) {
        int at = packet.position() + Icmpv6.IPV6_OCTETS;
        return packet.remaining() >= Icmpv6.IPV6_OCTETS + SOLICITATION_OCTETS
                && Icmpv6.isOfNeighbor(packet)
                && (packet.get(at) & 0xFF) == Icmpv6.ROUTER_SOLICITATION
                && packet.get(at + 1) == 0;
    }

    @Override
    public long nextDeadlineNanos() {
        return deadlineNanos;
    }

    @Override
    public void onTimeout(long nowNanos) {
        if (running && deadlineNanos - nowNanos <= 0) {
            due = true;
            deadlineNanos = nowNanos + (++sent < INITIAL ? INITIAL_NANOS : INTERVAL_NANOS);
        }
    }

    @Override
    public byte @Nullable [] poll() {
        if (!due) {
            return null;
        }
        due = false;
        return advertisement.encode(source);
    }
}
