package dev.pptpd.session;

import dev.pptpd.broadcast.BroadcastBudget;
import dev.pptpd.dhcp.DhcpInquiry;
import dev.pptpd.discovery.Ipv6Neighbor;
import dev.pptpd.gre.Deadline;
import dev.pptpd.gre.GreTunnel;
import dev.pptpd.limit.LimitWatch;
import dev.pptpd.limit.SessionLimits;
import dev.pptpd.limit.TokenBucket;
import dev.pptpd.linux.PacketDevice;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.ppp.link.LinkEnd;
import dev.pptpd.ppp.link.PppLink;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One session as its worker holds it: tunnel, link and, after the login, device. Only the worker's
 * thread touches it.
 */
public final class Session {
    private final String id;
    private final int callId;
    private final Ipv4Address peer;
    private final int peerAddress;
    private final int localAddress;
    private final GreTunnel tunnel;
    private final PppLink link;

    private @Nullable PacketDevice device;
    private InnerSources sources = InnerSources.only(Ipv4Address.ANY);
    private @Nullable CloseReason closeReason;
    private long killNanos = Deadline.NEVER;
    private boolean deviceWaits;
    private boolean ended;
    private @Nullable Ipv6Neighbor ipv6;
    private @Nullable DhcpInquiry inquiry;
    private boolean hasReceived;
    private int lastSequenceNumber;
    private SessionTerms terms = SessionTerms.NONE;

    /** Null while there are no limits. */
    private @Nullable LimitWatch limits;

    private TokenBucket downRate = TokenBucket.UNLIMITED;
    private TokenBucket upRate = TokenBucket.UNLIMITED;

    // Made for the first packet that asks for an answer, and the first broadcast.
    private @Nullable AnswerBudget answers;
    private @Nullable BroadcastBudget broadcasts;

    private int turnsDebt;
    private long lastTransmission;
    private boolean hadOnePacket;
    private long packetsIn;
    private long octetsIn;
    private long packetsOut;
    private long octetsOut;
    private long greFrames;

    /** A session without a device. */
    public Session(SessionStart start, GreTunnel tunnel, PppLink link) {
        this.id = start.id();
        this.callId = start.callId();
        this.peer = start.peer();
        this.peerAddress = start.peer().value();
        this.localAddress = start.local().value();
        this.tunnel = tunnel;
        this.link = link;
    }

    /** In the log. */
    public String id() {
        return id;
    }

    /** Our call id. */
    public int callId() {
        return callId;
    }

    /** Where GRE goes to, for the log. */
    public Ipv4Address peer() {
        return peer;
    }

    /** Where GRE goes to, as 32 bits. */
    public int peerAddress() {
        return peerAddress;
    }

    /** Where GRE comes from, as 32 bits. */
    public int localAddress() {
        return localAddress;
    }

    /** The GRE tunnel. */
    public GreTunnel tunnel() {
        return tunnel;
    }

    /** The PPP link. */
    public PppLink link() {
        return link;
    }

    /** The device, once there is one. */
    public @Nullable PacketDevice device() {
        return device;
    }

    /** The addresses that packets out of the tunnel may come from; of no use without a device. */
    public InnerSources sources() {
        return sources;
    }

    /** From now on packets go to and from this device. */
    public void attach(PacketDevice packets, InnerSources permitted) {
        device = packets;
        sources = permitted;
        deviceWaits = false;
    }

    /** Packets out of the tunnel may come from other addresses now. */
    public void permit(InnerSources permitted) {
        sources = permitted;
    }

    /**
     * What holds for its packets from now on. With the same rates as before the buckets stay: a
     * client that logs in again and again on one link must not have a full one each time.
     */
    public void agree(SessionTerms agreed, long nowNanos) {
        if (!agreed.rates().equals(terms.rates())) {
            downRate = TokenBucket.of(agreed.rates().downKilobits());
            upRate = TokenBucket.of(agreed.rates().upKilobits());
        }
        terms = agreed;
        watch(agreed.limits());
        SessionTerms.Inquiry wanted = agreed.inquiry();
        inquiry =
                wanted == null
                        ? null
                        : new DhcpInquiry(wanted.own(), wanted.transaction(), nowNanos);
    }

    private void watch(SessionLimits agreed) {
        if (limits == null && !agreed.equals(SessionLimits.NONE)) {
            limits = new LimitWatch();
        }
        if (limits != null) {
            limits.limit(agreed);
        }
    }

    /** What the far end is asked for; null for nothing. */
    public @Nullable DhcpInquiry inquiry() {
        return inquiry;
    }

    /** Does what is due besides its tunnel, its link and its limits. */
    public void onTimeout(long nowNanos) {
        if (ipv6 != null) {
            ipv6.onTimeout(nowNanos);
        }
        if (inquiry != null) {
            inquiry.onTimeout(nowNanos);
        }
    }

    /** The next IP packet of our own making to the far end; null when there is none. */
    public byte @Nullable [] pollPacket() {
        byte[] packet = ipv6 == null ? null : ipv6.poll();
        return packet != null || inquiry == null ? packet : inquiry.poll();
    }

    /** What holds for its packets. */
    public SessionTerms terms() {
        return terms;
    }

    /** It is up: what limits it runs from now on, unless it has run before. */
    public void startLimits(long nowNanos) {
        if (limits != null) {
            limits.start(nowNanos);
        }
    }

    /** How many more answers of our own its client may cause. */
    public AnswerBudget answers() {
        AnswerBudget budget = answers == null ? new AnswerBudget() : answers;
        answers = budget;
        return budget;
    }

    /** The far end as IPv6 sees it; null where the session has no IPv6. */
    public @Nullable Ipv6Neighbor ipv6() {
        return ipv6;
    }

    /** From now on IPv6 may come and go. */
    public void carryIpv6(Ipv6Neighbor neighbor) {
        ipv6 = neighbor;
    }

    /** Whether nobody watches the device, because the send window is closed. */
    public boolean isDeviceWaiting() {
        return deviceWaits;
    }

    /** Whether the device is to wait until the send window opens. */
    public void deviceWaits(boolean waits) {
        deviceWaits = waits;
    }

    /** The first reason to close stays. */
    public void closeFor(CloseReason reason) {
        if (closeReason == null) {
            closeReason = reason;
        }
    }

    /** Why it ends: what the link knows beats what the control connection knows. */
    public CloseReason closeReason() {
        Optional<LinkEnd> end = link.end();
        if (end.isPresent() && end.get().cause() != LinkEnd.Cause.LOCAL) {
            return CloseReason.of(end.get());
        }
        return closeReason != null ? closeReason : CloseReason.of(CloseReason.Kind.SHUTDOWN);
    }

    /**
     * Whether it is over: its keys are gone, its call id and device may belong to somebody else,
     * and whoever still holds it must leave it alone.
     */
    public boolean isEnded() {
        return ended;
    }

    /** It is over. */
    public void end() {
        ended = true;
    }

    /** When it ends whatever the peer says; {@link Deadline#NEVER} for not at all. */
    public long killNanos() {
        return killNanos;
    }

    /** Sets the time at which it ends whatever the peer says. */
    public void killAt(long nanos) {
        killNanos = nanos;
    }

    /** When something of it is due. */
    public long nextDeadlineNanos() {
        long deadline = Deadline.earlier(tunnel.nextDeadlineNanos(), link.nextDeadlineNanos());
        if (ipv6 != null) {
            deadline = Deadline.earlier(deadline, ipv6.nextDeadlineNanos());
        }
        if (inquiry != null) {
            deadline = Deadline.earlier(deadline, inquiry.nextDeadlineNanos());
        }
        deadline = Deadline.earlier(deadline, killNanos);
        return limits == null ? deadline : Deadline.earlier(deadline, limits.nextDeadlineNanos());
    }

    /** Counts an IP packet from the client. */
    public void countIn(int packets, int octets, long nowNanos) {
        noteActivity(nowNanos);
        packetsIn += packets;
        octetsIn += octets;
    }

    private void noteActivity(long nowNanos) {
        if (limits != null) {
            limits.onPacket(nowNanos);
        }
    }

    /** So many packets were taken from the device in that turn of its worker. */
    public void onTransmitted(long turn, int packets) {
        lastTransmission = turn;
        hadOnePacket = packets == 1;
    }

    /** The turn in which the device was last asked for packets. */
    public long lastTransmission() {
        return lastTransmission;
    }

    /** Whether it had a single one then. */
    public boolean hadOnePacket() {
        return hadOnePacket;
    }

    /** Packets that were taken from the device beyond what its turns were good for. */
    public int turnsDebt() {
        return turnsDebt;
    }

    /** Sets that number. */
    public void owesTurns(int packets) {
        turnsDebt = packets;
    }

    /** Whether an IP packet to the client is within the rate; it counts as sent then. */
    public boolean isWithinDownRate(int octets, long nowNanos) {
        return downRate.take(octets, nowNanos);
    }

    /** Whether an IP packet from the client is within the rate; it counts as received then. */
    public boolean isWithinUpRate(int octets, long nowNanos) {
        return upRate.take(octets, nowNanos);
    }

    /** Counts an IP packet to the client. */
    public void countOut(int octets, long nowNanos) {
        noteActivity(nowNanos);
        packetsOut++;
        octetsOut += octets;
    }

    /** Counts an IP packet that the client did not cause: it is no sign that somebody works. */
    public void countUnaskedOut(int octets) {
        packetsOut++;
        octetsOut += octets;
    }

    /** How many more broadcasts of its client are relayed in this second. */
    public BroadcastBudget broadcasts() {
        BroadcastBudget budget =
                broadcasts == null
                        ? new BroadcastBudget(BroadcastBudget.CLIENT_PER_SECOND)
                        : broadcasts;
        broadcasts = budget;
        return budget;
    }

    /**
     * Notes the number of the frame that the link gets next.
     *
     * @return whether others before it are missing
     */
    public boolean isGapBefore(int sequenceNumber) {
        boolean gap = hasReceived && sequenceNumber - lastSequenceNumber > 1;
        hasReceived = true;
        lastSequenceNumber = sequenceNumber;
        return gap;
    }

    /** The limit that was reached, once. */
    public Optional<CloseReason> reachedLimit(long nowNanos) {
        return limits == null
                ? Optional.empty()
                : limits.check(nowNanos, octetsIn, octetsOut)
                        .map(reached -> reason(reached, octetsIn, octetsOut));
    }

    /** In pppd's words, which people search their logs for. */
    private CloseReason reason(LimitWatch.Reached reached, long in, long out) {
        return switch (reached) {
            case IDLE ->
                    new CloseReason(
                            CloseReason.Kind.IDLE,
                            "Terminating connection due to lack of activity.");
            case MAX_CONNECT ->
                    new CloseReason(CloseReason.Kind.MAX_CONNECT, "Connect time expired");
            case MAX_OCTETS ->
                    new CloseReason(
                            CloseReason.Kind.MAX_OCTETS,
                            "Traffic limit reached. Limit: %d Used: %d"
                                    .formatted(
                                            terms.limits().maxOctets(),
                                            terms.limits().direction().of(in, out)));
        };
    }

    /** Counts a PPP frame from the client. */
    public void countFrame() {
        greFrames++;
    }

    /** What it has carried so far. */
    public SessionTraffic traffic() {
        return new SessionTraffic(
                packetsIn, octetsIn, packetsOut, octetsOut, greFrames, tunnel.counters());
    }
}
