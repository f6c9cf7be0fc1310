package dev.pptpd.ppp.link;

import dev.pptpd.ppp.frame.PppProtocol;
import dev.pptpd.ppp.fsm.ControlProtocol;
import dev.pptpd.ppp.fsm.Identifiers;
import dev.pptpd.ppp.fsm.LayerAction;
import dev.pptpd.ppp.ipcp.AddressNegotiation;
import dev.pptpd.ppp.ipcp.Ipv4Assignment;
import dev.pptpd.ppp.link.LinkEnd.Cause;
import dev.pptpd.ppp.packet.ControlPacket;
import java.util.Optional;

/**
 * CCP and IPCP after the login, and when IP may flow.
 *
 * <p>The peer's IPCP requests are answered at once. Our own is held back until CCP is settled or
 * the peer's has come: pppd answers one that comes too early with Terminate-Ack and then waits for
 * its timer, and Windows does not wait for CCP itself.
 */
final class NetworkPhase {
    private final Encryption encryption;
    private final boolean isClient;
    private final AddressNegotiation addresses;
    private final Outbox outbox;
    private final int peerMruBytes;
    private final CcpLayer ccp;
    private final ControlProtocol ipcp;
    private Optional<LinkEnd> obstacle = Optional.empty();
    private boolean up;

    NetworkPhase(
            LinkConfiguration configuration,
            Encryption encryption,
            AddressNegotiation addresses,
            Identifiers identifiers,
            Outbox outbox,
            int peerMruBytes) {
        this.encryption = encryption;
        this.isClient = configuration.role() instanceof LinkRole.Client;
        this.addresses = addresses;
        this.outbox = outbox;
        this.peerMruBytes = peerMruBytes;
        this.ccp = new CcpLayer(configuration, encryption, identifiers, outbox, peerMruBytes);
        this.ipcp = new ControlProtocol(addresses, configuration.ipcpTimer(), identifiers);
    }

    void start(long nowNanos) {
        ccp.start(nowNanos);
        if (ccp.obstacle().isPresent()) {
            return;
        }
        ipcp.open(nowNanos);
        if (ccp.goesFirst()) {
            ipcp.awaitPeer();
        } else {
            ipcp.up(nowNanos);
        }
        drain(nowNanos);
    }

    /** Whether IP flows. */
    boolean isUp() {
        return up;
    }

    /** Why the link must end; empty while it need not. */
    Optional<LinkEnd> obstacle() {
        return ccp.obstacle().or(() -> obstacle);
    }

    long nextDeadlineNanos() {
        return Math.min(ccp.nextDeadlineNanos(), ipcp.nextDeadlineNanos());
    }

    void onTimeout(long nowNanos) {
        ccp.onTimeout(nowNanos);
        ipcp.onTimeout(nowNanos);
        drain(nowNanos);
    }

    /** Takes a packet of CCP or IPCP; false when the protocol is neither, or CCP is not used. */
    boolean receive(int protocol, ControlPacket packet, long nowNanos) {
        switch (protocol) {
            case PppProtocol.CCP -> {
                if (!ccp.receive(packet, nowNanos)) {
                    return false;
                }
            }
            case PppProtocol.IPCP -> {
                if (!ipcp.receive(packet, nowNanos)) {
                    ipcp.rejectCode(packet, nowNanos);
                }
            }
            default -> {
                return false;
            }
        }
        drain(nowNanos);
        return true;
    }

    /** The peer does not know this protocol. */
    void protocolRejected(int protocol, long nowNanos) {
        if (protocol == PppProtocol.IPCP) {
            failAddresses("the peer rejects IPCP");
        } else if (protocol == PppProtocol.CCP) {
            ccp.protocolRejected(nowNanos);
        }
        drain(nowNanos);
    }

    /** The link leaves this phase. */
    void stop(long nowNanos) {
        ccp.stop(nowNanos);
        ipcp.down(nowNanos);
        drain(nowNanos);
        encryption.suspend();
    }

    private void drain(long nowNanos) {
        if (ccp.drain()) {
            ipcp.stopWaiting(nowNanos);
        }
        for (LayerAction action = ipcp.pollAction(); action != null; action = ipcp.pollAction()) {
            switch (action) {
                case LayerAction.Send(ControlPacket packet) ->
                        outbox.send(PppProtocol.IPCP, packet, peerMruBytes);
                case LayerAction.Up _ -> addresses.obstacle().ifPresent(this::failAddresses);
                case LayerAction.Down _ -> {}
                case LayerAction.Finished _ -> failAddresses("IPCP ended without an address");
                case LayerAction.Unacceptable(String reason) -> failAddresses("IPCP: " + reason);
            }
        }
        announce();
    }

    /** To a client it is the address that is missing, whatever happened to IPCP. */
    private void failAddresses(String detail) {
        if (obstacle.isEmpty()) {
            Cause cause = isClient ? Cause.ADDRESS_FAILED : Cause.NEGOTIATION_FAILED;
            obstacle = Optional.of(new LinkEnd(cause, detail));
        }
    }

    /** Says once that IP flows, and once that it no longer does. */
    private void announce() {
        Optional<Ipv4Assignment> assignment = addresses.assignment();
        boolean flows = ipcp.isOpened() && assignment.isPresent() && ccp.letsDataFlow();
        if (flows && !up) {
            outbox.add(new LinkAction.NetworkUp(assignment.get(), ccp.strength()));
        } else if (!flows && up) {
            outbox.add(new LinkAction.NetworkDown());
        }
        up = flows;
    }
}
