package dev.pptpd.ppp.link;

import dev.pptpd.ppp.cbcp.CallbackServer;
import dev.pptpd.ppp.frame.PppProtocol;
import dev.pptpd.ppp.fsm.ControlProtocol;
import dev.pptpd.ppp.fsm.Identifiers;
import dev.pptpd.ppp.ipcp.AddressNegotiation;
import dev.pptpd.ppp.ipcp.Ipv4Assignment;
import dev.pptpd.ppp.ipv6cp.Ipv6cpConfiguration;
import dev.pptpd.ppp.ipv6cp.Ipv6cpOptions;
import dev.pptpd.ppp.link.LinkEnd.Cause;
import dev.pptpd.ppp.packet.ControlPacket;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * CBCP where the peer asked for it, CCP, IPCP and IPV6CP after the login, and when IP may flow.
 *
 * <p>The peer's requests for its addresses are answered at once. Our own are held back until CCP is
 * settled or the peer's have come: pppd answers one that comes too early with Terminate-Ack and
 * then waits for its timer, and Windows does not wait for CCP itself.
 *
 * <p>A network protocol that ends leaves the link to the other one; the last one ends the link. To
 * a client it is IPv4 that the tunnel is for.
 */
final class NetworkPhase {
    private final Encryption encryption;
    private final boolean isClient;
    private final boolean wantsVj;
    private final @Nullable CallbackServer callback;
    private final Outbox outbox;
    private final int peerMruBytes;
    private final CcpLayer ccp;
    private final Ipv4Flow ipv4;
    private final NetworkLayer ipcp;

    /** Null while no address is in question. */
    private @Nullable AddressQuestion question;

    private final @Nullable Ipv6Flow ipv6;

    /** CBCP comes first, where the peer asked for it. */
    private boolean started;

    /** Whether the client that we are was told what it does not get. */
    private boolean lacksAreTold;

    /** IPCP, and IPV6CP where it is configured. An array: to go through one allocates nothing. */
    private final NetworkLayer[] layers;

    NetworkPhase(
            LinkConfiguration configuration,
            Encryption encryption,
            AddressNegotiation addresses,
            Identifiers identifiers,
            Outbox outbox,
            int peerMruBytes,
            boolean peerWantsCallback,
            RandomGenerator entropy) {
        this.encryption = encryption;
        this.callback = peerWantsCallback ? new CallbackServer() : null;
        this.outbox = outbox;
        this.peerMruBytes = peerMruBytes;
        this.isClient = configuration.role() instanceof LinkRole.Client;
        this.wantsVj = configuration.network().vj().isPresent();
        this.ccp = new CcpLayer(configuration, encryption, identifiers, outbox, peerMruBytes);
        this.ipv4 = new Ipv4Flow(addresses, outbox);
        this.ipcp =
                new NetworkLayer(
                        PppProtocol.IPCP,
                        "IPCP",
                        new ControlProtocol(addresses, configuration.ipcpTimer(), identifiers),
                        ipv4,
                        outbox,
                        peerMruBytes);
        Optional<Ipv6cpConfiguration> wanted = configuration.network().ipv6();
        if (wanted.isPresent()) {
            Ipv6cpOptions options = new Ipv6cpOptions(wanted.get(), entropy);
            ipv6 = new Ipv6Flow(options, outbox);
            NetworkLayer ipv6cp =
                    new NetworkLayer(
                            PppProtocol.IPV6CP,
                            "IPV6CP",
                            new ControlProtocol(
                                    options, configuration.network().ipv6cpTimer(), identifiers),
                            ipv6,
                            outbox,
                            peerMruBytes);
            layers = new NetworkLayer[] {ipcp, ipv6cp};
        } else {
            ipv6 = null;
            layers = new NetworkLayer[] {ipcp};
        }
    }

    void start(long nowNanos) {
        if (callback == null) {
            startNetworks(nowNanos);
        } else {
            callback.start(nowNanos);
            drain(nowNanos);
        }
    }

    private void startNetworks(long nowNanos) {
        started = true;
        ccp.start(nowNanos);
        if (ccp.obstacle().isPresent()) {
            return;
        }
        for (NetworkLayer layer : layers) {
            layer.start(ccp.goesFirst(), nowNanos);
        }
        drain(nowNanos);
    }

    /** Whether IPv4 flows, and how; null while it does not. */
    @Nullable Ipv4Flow ipv4() {
        return ipv4.isUp() ? ipv4 : null;
    }

    /** Whether IPv6 flows. */
    boolean carriesIpv6() {
        return ipv6 != null && ipv6.isUp();
    }

    /** Why the link must end; empty while it need not. */
    Optional<LinkEnd> obstacle() {
        if (callback != null && callback.failure().isPresent()) {
            return callback.failure().map(why -> new LinkEnd(Cause.NEGOTIATION_FAILED, why));
        }
        Optional<LinkEnd> obstacle = ccp.obstacle();
        return obstacle.isPresent() ? obstacle : endOfAll();
    }

    private Optional<LinkEnd> endOfAll() {
        Optional<String> detail = ipcp.end();
        boolean isOver = detail.isPresent();
        for (NetworkLayer layer : layers) {
            isOver &= isClient || layer.end().isPresent();
        }
        if (!isOver) {
            return Optional.empty();
        }
        // To a client it is the address that is missing, whatever happened to IPCP.
        Cause cause = isClient ? Cause.ADDRESS_FAILED : Cause.NEGOTIATION_FAILED;
        return detail.map(why -> new LinkEnd(cause, why));
    }

    /**
     * Why a peer leaves: what it says, and where no data flowed what both sides want of encryption.
     * A peer that leaves over that does not say what it was offered; the log should.
     */
    String reasonOfPeer(String said) {
        return ipv4() == null && !carriesIpv6()
                ? ccp.disagreement().map(bits -> said + "; MPPE: " + bits).orElse(said)
                : said;
    }

    long nextDeadlineNanos() {
        long deadline = ccp.nextDeadlineNanos();
        if (callback != null) {
            deadline = Math.min(deadline, callback.nextDeadlineNanos());
        }
        for (NetworkLayer layer : layers) {
            deadline = Math.min(deadline, layer.nextDeadlineNanos());
        }
        return deadline;
    }

    void onTimeout(long nowNanos) {
        if (callback != null) {
            callback.onTimeout(nowNanos);
        }
        ccp.onTimeout(nowNanos);
        for (NetworkLayer layer : layers) {
            layer.onTimeout(nowNanos);
        }
        drain(nowNanos);
    }

    /** Takes a packet of a control protocol; false when it is not used here. */
    boolean receive(int protocol, ControlPacket packet, long nowNanos) {
        if (protocol == PppProtocol.CBCP) {
            if (callback == null) {
                return false;
            }
            callback.receive(packet, nowNanos);
        } else if (protocol == PppProtocol.CCP) {
            if (!ccp.receive(packet, nowNanos)) {
                return false;
            }
        } else {
            Optional<NetworkLayer> layer = layer(protocol);
            if (layer.isEmpty()) {
                return false;
            }
            receive(layer.get(), packet, nowNanos);
        }
        drain(nowNanos);
        return true;
    }

    /** A network that is up keeps its addresses. */
    private void receive(NetworkLayer layer, ControlPacket packet, long nowNanos) {
        if (layer != ipcp || ipcp.isOpened() || !isHeld(packet)) {
            layer.receive(packet, nowNanos);
        }
    }

    private boolean isHeld(ControlPacket packet) {
        AddressQuestion asked = question == null ? ipv4.question() : question;
        boolean held = asked.holds(packet);
        question = asked.isOpen() ? asked : null;
        return held;
    }

    /** Somebody has decided about the address that the peer asked for. */
    void addressDecided(Ipv4Assignment assignment, long nowNanos) {
        AddressQuestion asked = question == null ? ipv4.question() : question;
        question = null;
        ControlPacket waited = asked.decided(assignment);
        if (waited != null) {
            receive(ipcp, waited, nowNanos);
            drain(nowNanos);
        }
    }

    private Optional<NetworkLayer> layer(int protocol) {
        return Arrays.stream(layers).filter(layer -> layer.number() == protocol).findFirst();
    }

    /** The peer does not know this protocol. */
    void protocolRejected(int protocol, long nowNanos) {
        if (protocol == PppProtocol.CCP) {
            ccp.protocolRejected(nowNanos);
        } else {
            layer(protocol).ifPresent(NetworkLayer::protocolRejected);
        }
        drain(nowNanos);
    }

    /** The link leaves this phase. */
    void stop(long nowNanos) {
        ccp.stop(nowNanos);
        for (NetworkLayer layer : layers) {
            layer.stop(nowNanos);
        }
        drain(nowNanos);
        encryption.suspend();
    }

    private void drain(long nowNanos) {
        drainCallback(nowNanos);
        boolean settled = ccp.drain(nowNanos);
        for (NetworkLayer layer : layers) {
            if (settled) {
                layer.stopWaiting(nowNanos);
            }
            layer.drain(nowNanos);
        }
        if (obstacle().isEmpty()) {
            for (NetworkLayer layer : layers) {
                layer.giveUp(nowNanos);
                layer.drain(nowNanos);
            }
        }
        announce();
    }

    private void drainCallback(long nowNanos) {
        if (callback == null) {
            return;
        }
        for (ControlPacket packet = callback.poll(); packet != null; packet = callback.poll()) {
            outbox.send(PppProtocol.CBCP, packet, peerMruBytes);
        }
        if (callback.isDone() && !started) {
            startNetworks(nowNanos);
        }
    }

    private void announce() {
        boolean mayFlow = ccp.letsDataFlow();
        ipv4.announce(mayFlow && ipcp.isOpened(), ccp);
        if (ipv6 != null) {
            ipv6.announce(mayFlow && layers[layers.length - 1].isOpened());
        }
        if (isClient && !lacksAreTold && ipv4.isUp()) {
            tellLacks();
        }
    }

    /** Once everything that was asked for is there or has come to nothing. */
    private void tellLacks() {
        NetworkLayer last = layers[layers.length - 1];
        if (ipv6 != null && !ipv6.isUp() && last.end().isEmpty()) {
            return;
        }
        lacksAreTold = true;
        if (ipv6 != null) {
            last.end().ifPresent(why -> outbox.add(new LinkAction.NotGiven("ipv6", why)));
        }
        if (wantsVj && ipv4.compressor() == null && ipv4.decompressor() == null) {
            String why = "the server does not compress headers of TCP/IP";
            outbox.add(new LinkAction.NotGiven("vj", why));
        }
    }
}
