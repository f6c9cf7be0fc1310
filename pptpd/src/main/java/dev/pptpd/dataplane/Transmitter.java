package dev.pptpd.dataplane;

import dev.pptpd.linux.Offloads;
import dev.pptpd.linux.PacketDevice;
import dev.pptpd.linux.PacketMemory;
import dev.pptpd.offload.Segmentation;
import dev.pptpd.session.CloseReason;
import dev.pptpd.session.CloseReason.Kind;
import dev.pptpd.session.Session;
import java.nio.ByteBuffer;

/** From the TUN devices to the raw socket. Allocates nothing per packet. */
final class Transmitter {
    /** Packets taken from one device before the next has its turn. */
    private static final int BUDGET = 64;

    private final OutgoingBatch outgoing;
    private final SessionOwner owner;
    private final InnerDesk desk;
    private final Segmentation segments =
            new Segmentation(PacketMemory.allocate(Segmentation.BUFFER_OCTETS));
    private long rateLimitedPackets;
    private long turn = 1;

    Transmitter(OutgoingBatch outgoing, SessionOwner owner, InnerDesk desk) {
        this.outgoing = outgoing;
        this.owner = owner;
        this.desk = desk;
    }

    /** Takes what waits at the session's device, up to a budget; the rest has its turn later. */
    void transmit(Session session, long nowNanos) {
        try {
            if (session.tunnel().isSendingLimited()) {
                transmitWithinWindow(session, nowNanos);
            } else {
                transmitByTurns(session, nowNanos);
            }
        } catch (RuntimeException mistake) {
            owner.onFailure(session, mistake, nowNanos);
        }
    }

    /** The window counts what has a number, and packets get theirs when the batch is sent. */
    private void transmitWithinWindow(Session session, long nowNanos) {
        outgoing.flush(nowNanos);
        transmit(session, Math.min(BUDGET, session.tunnel().sendCredit()), nowNanos);
        outgoing.flush(nowNanos);
        if (session.isEnded()) {
            return;
        }
        if (session.tunnel().sendCredit() == 0) {
            owner.onWindowClosed(session, nowNanos);
        } else {
            owner.onTouched(session, nowNanos);
        }
    }

    /**
     * A super-packet of small segments may be many turns' worth: then it is others' turn as often.
     */
    private void transmitByTurns(Session session, long nowNanos) {
        int left = BUDGET - session.turnsDebt();
        int taken = 0;
        if (left > 0) {
            taken =
                    isOneExpected(session)
                            ? transmitOnce(session, nowNanos)
                            : transmit(session, left, nowNanos);
            session.onTransmitted(turn, taken);
        }
        session.owesTurns(Math.max(0, taken - left));
    }

    /**
     * A read that finds nothing costs as much as one of a short packet. A device that had a single
     * packet last time, such as that of a session which only acknowledges what it downloads, is
     * asked for one and no more. Unless it is ready again in the very next turn: then it had more.
     */
    private boolean isOneExpected(Session session) {
        return session.hadOnePacket() && session.lastTransmission() != turn - 1;
    }

    /** All devices that were ready had their turn. */
    void endTurn() {
        turn++;
    }

    /** Returns how many packets were taken, at least the budget unless no more were there. */
    private int transmit(Session session, int budget, long nowNanos) {
        int taken = 0;
        int last = 1;
        while (last > 0 && taken < budget) {
            last = transmitOnce(session, nowNanos);
            taken += last;
        }
        return taken;
    }

    /** Reads once; returns how many packets that were, 0 where there is none. */
    private int transmitOnce(Session session, long nowNanos) {
        PacketDevice device = session.device();
        if (session.isEnded() || device == null) {
            return 0;
        }
        return device.offloads() == Offloads.NONE
                ? transmitNext(session, device, nowNanos)
                : transmitSegments(session, device, nowNanos);
    }

    /** Takes one packet, straight into its slot; returns how many were taken. */
    private int transmitNext(Session session, PacketDevice device, long nowNanos) {
        // First: a full batch is sent for it, and what fails then may be this very session.
        ByteBuffer slot = outgoing.slot(nowNanos);
        if (session.isEnded() || !isRead(session, device, device.read(slot), nowNanos)) {
            return 0;
        }
        if (slot.remaining() >= InnerPacket.MIN_HEADER_OCTETS
                && !isTunnel(slot, session.peerAddress())) {
            forward(session, slot, nowNanos);
        }
        return 1;
    }

    /** Takes one packet or super-packet; returns how many it was, all of which are sent. */
    private int transmitSegments(Session session, PacketDevice device, long nowNanos) {
        ByteBuffer source = segments.source();
        if (!isRead(session, device, device.read(source), nowNanos)) {
            return 0;
        }
        boolean passes = segments.begin() && !isTunnel(source, session.peerAddress());
        int taken = 1;
        while (passes && segments.hasNext()) {
            ByteBuffer slot = outgoing.slot(nowNanos);
            if (session.isEnded()) {
                return taken;
            }
            if (segments.next(slot)) {
                forward(session, slot, nowNanos);
            }
            taken++;
        }
        return taken;
    }

    /** A packet of the host, which is dropped if it comes too fast. */
    private void forward(Session session, ByteBuffer packet, long nowNanos) {
        if (session.isWithinDownRate(packet.remaining(), nowNanos)) {
            desk.takesOut(session, packet);
            send(session, packet, nowNanos);
        } else {
            rateLimitedPackets++;
        }
    }

    /** Packets that came too fast for their session. */
    long rateLimitedPackets() {
        return rateLimitedPackets;
    }

    private boolean isRead(Session session, PacketDevice device, int octets, long nowNanos) {
        if (octets < 0) {
            CloseReason reason = new CloseReason(Kind.DEVICE_FAILED, device.name() + " is gone");
            owner.end(session, reason, nowNanos);
        }
        return octets > 0;
    }

    /** The outer packets are of IPv4 alone. */
    private static boolean isTunnel(ByteBuffer packet, int tunnelEnd) {
        return packet.get(packet.position()) >> 4 == 4 && InnerPacket.isTunnel(packet, tunnelEnd);
    }

    /** Sends an IP packet of our own making that answers one of the client. */
    void send(Session session, byte[] packet, long nowNanos) {
        ByteBuffer slot = outgoing.slot(nowNanos);
        slot.put(slot.position(), packet).limit(slot.position() + packet.length);
        send(session, slot, nowNanos);
    }

    /** Sends a broadcast of somebody else, if the session has a network and the packet fits. */
    void sendBroadcast(Session session, byte[] packet, long nowNanos) {
        if (session.device() == null || packet.length > session.terms().mtuBytes()) {
            return;
        }
        try {
            sendUnasked(session, packet, nowNanos);
        } catch (RuntimeException mistake) {
            owner.onFailure(session, mistake, nowNanos);
        }
    }

    /**
     * Sends an IP packet that the client did not cause, such as a router's advertisement. It keeps
     * no idle session alive.
     */
    void sendUnasked(Session session, byte[] packet, long nowNanos) {
        ByteBuffer slot = outgoing.slot(nowNanos);
        // A full batch is sent for the slot, and what fails then may be this very session.
        if (session.isEnded()) {
            return;
        }
        slot.put(slot.position(), packet).limit(slot.position() + packet.length);
        if (enqueue(session, slot)) {
            session.countUnaskedOut(packet.length);
        }
    }

    private boolean enqueue(Session session, ByteBuffer packet) {
        return switch (session.link().prepare(packet)) {
            case DROPPED -> false;
            case READY -> {
                outgoing.addFrame(session);
                yield true;
            }
            case ENCRYPT -> {
                outgoing.addToEncrypt(session);
                yield true;
            }
        };
    }

    /** Sends an IP packet that lies in a slot of the batch. */
    void send(Session session, ByteBuffer packet, long nowNanos) {
        int octets = packet.remaining();
        if (enqueue(session, packet)) {
            session.countOut(octets, nowNanos);
        } else if (octets > session.link().peerMruBytes()) {
            desk.refuseTooBig(session, packet);
        }
    }
}
