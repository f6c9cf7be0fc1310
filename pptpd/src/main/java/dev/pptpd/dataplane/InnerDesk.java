package dev.pptpd.dataplane;

import dev.pptpd.dhcp.DhcpDesk;
import dev.pptpd.dhcp.DhcpInquiry;
import dev.pptpd.dhcp.DhcpPacket;
import dev.pptpd.dhcp.DhcpTerms;
import dev.pptpd.inner.MssClamp;
import dev.pptpd.inner.NeighbourSearch;
import dev.pptpd.inner.TooBig;
import dev.pptpd.linux.PacketDevice;
import dev.pptpd.linux.PacketMemory;
import dev.pptpd.offload.VirtioNetHeader;
import dev.pptpd.session.Session;
import dev.pptpd.session.SessionTerms;
import java.nio.ByteBuffer;

/**
 * What is done about the packets of a tunnel besides carrying them: TCP is kept to segments that
 * fit, DHCPINFORM is answered, searches for neighbours are relayed or end here, and who sends what
 * is too big hears of it. Allocates nothing for a packet that only passes.
 */
final class InnerDesk {
    private final OutgoingBatch outgoing;
    private final BroadcastInlet broadcasts;
    private final ByteBuffer tooBig =
            PacketMemory.allocate(VirtioNetHeader.OCTETS + TooBig.MAX_OCTETS);

    private long neighbourSearches;
    private long dhcpAnswers;
    private long tooBigPackets;
    private long relayedBroadcasts;
    private long refusedBroadcasts;

    /** Where an answer goes on its way into the tunnel. */
    interface Sender {
        /** Takes a packet in a slot of the batch. */
        void send(Session session, ByteBuffer packet, long nowNanos);
    }

    InnerDesk(OutgoingBatch outgoing, BroadcastInlet broadcasts) {
        this.outgoing = outgoing;
        this.broadcasts = broadcasts;
    }

    /**
     * Looks at a whole IPv4 packet that came out of the tunnel.
     *
     * @return whether it goes on to the device; if not, the session may have something to tell
     */
    boolean takesIn(Session session, ByteBuffer packet, Sender sender, long nowNanos) {
        SessionTerms terms = session.terms();
        clamp(terms, packet);
        if (terms.endsSearches()) {
            if (broadcasts.wants(packet)) {
                relay(session, packet, nowNanos);
                // A service of this host may be meant as well.
                return true;
            }
            if (NeighbourSearch.matches(packet)) {
                neighbourSearches++;
                return false;
            }
        }
        DhcpInquiry inquiry = session.inquiry();
        if (inquiry != null && inquiry.receive(packet)) {
            return false;
        }
        DhcpTerms dhcp = terms.dhcp();
        return dhcp == null
                || !DhcpPacket.isForServer(packet, dhcp.server().value())
                || !answers(session, packet, dhcp, sender, nowNanos);
    }

    private void relay(Session session, ByteBuffer packet, long nowNanos) {
        if (!session.broadcasts().take(nowNanos)) {
            refusedBroadcasts++;
            return;
        }
        byte[] copy = new byte[packet.remaining()];
        packet.get(packet.position(), copy);
        if (broadcasts.offer(session.callId(), copy)) {
            relayedBroadcasts++;
        } else {
            refusedBroadcasts++;
        }
    }

    /** Looks at a whole IPv6 packet that came out of the tunnel. */
    void takesInIpv6(Session session, ByteBuffer packet) {
        clamp(session.terms(), packet);
    }

    /** Looks at an IP packet that goes into the tunnel. */
    void takesOut(Session session, ByteBuffer packet) {
        clamp(session.terms(), packet);
    }

    private static void clamp(SessionTerms terms, ByteBuffer packet) {
        if (terms.clampsMss()) {
            MssClamp.clamp(packet, terms.mtuBytes());
        }
    }

    private boolean answers(
            Session session, ByteBuffer packet, DhcpTerms dhcp, Sender sender, long nowNanos) {
        if (!session.answers().take(nowNanos)) {
            return true;
        }
        ByteBuffer slot = outgoing.slot(nowNanos);
        // A full batch is sent for the slot, and what fails then may be this very session.
        if (session.isEnded()) {
            return true;
        }
        boolean answered = DhcpDesk.answer(packet, dhcp, slot);
        if (answered) {
            dhcpAnswers++;
            sender.send(session, slot, nowNanos);
        }
        return answered;
    }

    /** The far end takes no packet as large as this one. The device's MTU stops most before. */
    void refuseTooBig(Session session, ByteBuffer packet) {
        tooBigPackets++;
        PacketDevice device = session.device();
        int farEnd = session.terms().farEnd().value();
        int largest = session.link().peerMruBytes();
        if (device != null
                && TooBig.answer(
                        packet, largest, farEnd, tooBig.clear().position(VirtioNetHeader.OCTETS))) {
            device.write(tooBig);
        }
    }

    /** Searches that ended here. */
    long neighbourSearches() {
        return neighbourSearches;
    }

    /** Answers to DHCPINFORM. */
    long dhcpAnswers() {
        return dhcpAnswers;
    }

    /** Packets that were too big for the far end. */
    long tooBigPackets() {
        return tooBigPackets;
    }

    /** Broadcasts that were handed to the relay. */
    long relayedBroadcasts() {
        return relayedBroadcasts;
    }

    /** Broadcasts that the relay was spared, because one client had too many or all together. */
    long refusedBroadcasts() {
        return refusedBroadcasts;
    }
}
