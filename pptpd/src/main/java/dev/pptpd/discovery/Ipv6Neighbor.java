package dev.pptpd.discovery;

import dev.pptpd.address.Ipv6Network;
import dev.pptpd.ppp.ipv6cp.Ipv6Address;
import dev.pptpd.ppp.ipv6cp.Ipv6Identifiers;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The far end of a tunnel as IPv6 sees it: what it may send, and router discovery with it. Nobody
 * may make himself the router of a server, nor lead its packets elsewhere. One thread.
 */
public final class Ipv6Neighbor {
    private static final int SOURCE = 8;
    private static final int PAYLOAD_LENGTH = 4;

    private final boolean isRouter;
    private final Optional<Ipv6Network> prefix;
    private final @Nullable RouterDiscovery discovery;
    private boolean up;
    private long identifier;

    /** What becomes of a packet of the far end. */
    public enum Verdict {
        /** It goes on to the device, without what lies behind its end. */
        PASSES,
        /** It was for router discovery. */
        TAKEN,
        /** It is malformed, or must not come from there. */
        REFUSED
    }

    private Ipv6Neighbor(
            boolean isRouter, Optional<Ipv6Network> prefix, @Nullable RouterDiscovery discovery) {
        this.isRouter = isRouter;
        this.prefix = prefix;
        this.discovery = discovery;
    }

    /** The far end where we have a role. */
    public static Ipv6Neighbor of(Ipv6Role ours) {
        return switch (ours) {
            case Ipv6Role.Router(var prefix, var advertisement) ->
                    new Ipv6Neighbor(
                            false, prefix, advertisement.map(RouterAdvertiser::new).orElse(null));
            case Ipv6Role.Host _ -> new Ipv6Neighbor(true, Optional.empty(), new RouterSolicitor());
        };
    }

    /** IPv6 flows from now on. */
    public void begin(Ipv6Identifiers identifiers, long nowNanos) {
        up = true;
        identifier = identifiers.peer().value();
        if (discovery != null) {
            discovery.begin(identifiers, nowNanos);
        }
    }

    /** IPv6 flows no longer. */
    public void end() {
        up = false;
        if (discovery != null) {
            discovery.end();
        }
    }

    /** Judges the packet between position and limit. Allocates nothing for what passes. */
    public Verdict receive(ByteBuffer packet, long nowNanos) {
        if (!up || !isWhole(packet)) {
            return Verdict.REFUSED;
        }
        int type = Icmpv6.type(packet);
        return switch (type) {
            case Icmpv6.BAD, Icmpv6.REDIRECT -> Verdict.REFUSED;
            case Icmpv6.ROUTER_SOLICITATION ->
                    isRouter ? Verdict.REFUSED : discover(packet, nowNanos, Verdict.PASSES);
            case Icmpv6.ROUTER_ADVERTISEMENT ->
                    isRouter ? discover(packet, nowNanos, Verdict.REFUSED) : Verdict.REFUSED;
            default -> mayComeFromThere(packet, type) ? Verdict.PASSES : Verdict.REFUSED;
        };
    }

    private Verdict discover(ByteBuffer packet, long nowNanos, Verdict otherwise) {
        if (discovery == null) {
            return otherwise;
        }
        discovery.receive(packet, nowNanos);
        return Verdict.TAKEN;
    }

    /** Padding behind the packet is cut off. */
    private static boolean isWhole(ByteBuffer packet) {
        int at = packet.position();
        if (packet.remaining() < Icmpv6.IPV6_OCTETS || (packet.get(at) & 0xF0) != 0x60) {
            return false;
        }
        int octets = Icmpv6.IPV6_OCTETS + (packet.getShort(at + PAYLOAD_LENGTH) & 0xFFFF);
        if (octets > packet.remaining()) {
            return false;
        }
        packet.limit(at + octets);
        return true;
    }

    /**
     * A host has the address that was negotiated and those of its prefix; and none while it looks
     * whether somebody has the one it wants. A router passes on packets from everywhere.
     */
    private boolean mayComeFromThere(ByteBuffer packet, int type) {
        long high = packet.getLong(packet.position() + SOURCE);
        long low = packet.getLong(packet.position() + SOURCE + Long.BYTES);
        if (high == Ipv6Address.LINK_LOCAL) {
            return low == identifier;
        }
        if (isRouter) {
            return true;
        }
        boolean looks = type == Icmpv6.NEIGHBOR_SOLICITATION && high == 0 && low == 0;
        return looks || (prefix.isPresent() && prefix.get().contains(high));
    }

    /** When {@link #onTimeout} wants to be called; {@link Long#MAX_VALUE} for never. */
    public long nextDeadlineNanos() {
        return discovery == null ? Long.MAX_VALUE : discovery.nextDeadlineNanos();
    }

    /** To be called when the deadline has come; earlier does no harm. */
    public void onTimeout(long nowNanos) {
        if (discovery != null) {
            discovery.onTimeout(nowNanos);
        }
    }

    /** The next packet to send to the far end, or null. */
    public byte @Nullable [] poll() {
        return discovery == null ? null : discovery.poll();
    }

    /** What our router says anew, once. */
    public Optional<RouterAdvertisement> takeNews() {
        return discovery instanceof RouterSolicitor solicitor
                ? solicitor.takeNews()
                : Optional.empty();
    }
}
