package dev.pptpd.broadcast;

import dev.pptpd.gre.Ipv4Header;
import dev.pptpd.gre.Ipv4Verdict;
import java.nio.ByteBuffer;

/**
 * Decides about each packet that came from the network or out of a tunnel, and readdresses those
 * that pass. Each direction has its own budget, so that a noisy network does not silence clients.
 * One thread.
 */
public final class BroadcastRelay {
    private final RecentPackets recent = new RecentPackets();
    private final BroadcastBudget networkBudget;
    private final BroadcastBudget tunnelBudget;
    private long fromNetwork;
    private long fromTunnels;
    private long repeated;
    private long tooMany;

    /** A relay that passes on so many packets in a second in each direction, at least 1. */
    public BroadcastRelay(int perSecond) {
        this.networkBudget = new BroadcastBudget(perSecond);
        this.tunnelBudget = new BroadcastBudget(perSecond);
    }

    /**
     * Takes what the network's hardware delivered to everybody.
     *
     * @param packet octets from the IP header on between position and limit, perhaps with padding
     *     behind them, which is cut off; readdressed for the tunnels where it is to be relayed
     * @param directed the broadcast addresses of the network, as 32 bits
     */
    public BroadcastVerdict fromNetwork(ByteBuffer packet, int[] directed, long nowNanos) {
        if (Ipv4Header.decode(packet) != Ipv4Verdict.VALID) {
            return BroadcastVerdict.OTHER;
        }
        packet.limit(packet.position() + Ipv4Header.totalOctets(packet));
        if (!Broadcast.matches(packet, directed)) {
            return BroadcastVerdict.OTHER;
        }
        BroadcastVerdict verdict = judge(packet, networkBudget, nowNanos);
        if (verdict == BroadcastVerdict.RELAY) {
            fromNetwork++;
        }
        return verdict;
    }

    /**
     * Takes what {@link Broadcast#matches} found; readdressed for the other tunnels where it is to
     * be relayed.
     */
    public BroadcastVerdict fromTunnel(ByteBuffer packet, long nowNanos) {
        BroadcastVerdict verdict = judge(packet, tunnelBudget, nowNanos);
        if (verdict == BroadcastVerdict.RELAY) {
            fromTunnels++;
        }
        return verdict;
    }

    private BroadcastVerdict judge(ByteBuffer packet, BroadcastBudget budget, long nowNanos) {
        // In this order: what goes in a circle must not use up the budget of others.
        if (!recent.isNew(packet, nowNanos)) {
            repeated++;
            return BroadcastVerdict.REPEATED;
        }
        if (!budget.take(nowNanos)) {
            tooMany++;
            return BroadcastVerdict.TOO_MANY;
        }
        Broadcast.age(packet);
        Broadcast.readdress(packet, Broadcast.EVERYBODY);
        return BroadcastVerdict.RELAY;
    }

    /**
     * Readdresses what {@link #fromTunnel} relayed once more, for the network: not every host there
     * listens to the limited broadcast address.
     *
     * @param directed the broadcast addresses of the network, as 32 bits; the first one is used
     */
    public static void towardsNetwork(ByteBuffer packet, int[] directed) {
        Broadcast.readdress(packet, directed.length == 0 ? Broadcast.EVERYBODY : directed[0]);
    }

    /** What it did so far. */
    public BroadcastCounters counters() {
        return new BroadcastCounters(fromNetwork, fromTunnels, repeated, tooMany);
    }
}
