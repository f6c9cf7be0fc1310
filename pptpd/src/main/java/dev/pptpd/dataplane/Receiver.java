package dev.pptpd.dataplane;

import dev.pptpd.discovery.Ipv6Neighbor;
import dev.pptpd.gre.GreDemux;
import dev.pptpd.gre.GreHeader;
import dev.pptpd.gre.GreHeaderVerdict;
import dev.pptpd.gre.GreVerdict;
import dev.pptpd.gre.HeldFrame;
import dev.pptpd.gre.linux.ReceiveBatch;
import dev.pptpd.linux.PacketDevice;
import dev.pptpd.mppe.MppeEngine;
import dev.pptpd.mppe.MppeVerdict;
import dev.pptpd.ppp.link.FrameVerdict;
import dev.pptpd.session.Session;
import dev.pptpd.session.StrayPackets;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * From the raw socket to the TUN devices: demultiplexes, brings into sequence, decrypts in batches
 * and checks what comes out. Control frames go to their link at once; data frames of one session
 * keep their order with them. Allocates nothing per data packet.
 */
final class Receiver {
    /** Where packets come from: the raw socket. */
    interface Inlet {
        /** Fills the batch with what is waiting; returns the number of packets. */
        int receive(ReceiveBatch batch);
    }

    private final Inlet inlet;
    private final GreDemux<Session> demux;
    private final MppeEngine engine;
    private final OutgoingBatch outgoing;
    private final SessionOwner owner;
    private final StrayPackets strays;
    private final InnerDesk desk;
    private final InnerDesk.Sender answers;
    private final ReceiveBatch batch = new ReceiveBatch();

    private final EncryptedFrames waiting = new EncryptedFrames();
    private final DeviceWriter writer;
    private boolean flushing;

    private long malformedPackets;
    private long refusedInnerPackets;
    private long rateLimitedPackets;

    Receiver(
            Inlet inlet,
            GreDemux<Session> demux,
            MppeEngine engine,
            OutgoingBatch outgoing,
            SessionOwner owner,
            StrayPackets strays,
            InnerDesk desk,
            InnerDesk.Sender answers) {
        this.writer = new DeviceWriter(owner);
        this.inlet = inlet;
        this.demux = demux;
        this.engine = engine;
        this.outgoing = outgoing;
        this.owner = owner;
        this.strays = strays;
        this.desk = desk;
        this.answers = answers;
    }

    /** Takes one batch from the socket; true when more may be waiting. */
    boolean receive(long nowNanos) {
        int packets = inlet.receive(batch);
        for (int index = 0; index < packets; index++) {
            if (batch.isTruncated(index)) {
                malformedPackets++;
            } else {
                receive(batch.packet(index), batch.source(index), nowNanos);
            }
        }
        endBatch(nowNanos);
        return packets == ReceiveBatch.CAPACITY;
    }

    /** Hands on all that was received: its memory may be used again. */
    void endBatch(long nowNanos) {
        flush(nowNanos);
        writer.flush();
    }

    /**
     * Takes the GRE packet between position and limit, which must stay untouched until {@link
     * #endBatch}.
     */
    void receive(ByteBuffer packet, int source, long nowNanos) {
        if (GreHeader.decode(packet) != GreHeaderVerdict.VALID) {
            malformedPackets++;
            return;
        }
        int callId = GreHeader.callId(packet);
        Optional<Session> found = demux.find(callId, source);
        if (found.isEmpty()) {
            countStray(source, callId);
            return;
        }
        Session session = found.get();
        try {
            offer(session, packet, nowNanos);
            drainHeld(session, nowNanos);
            owner.onTouched(session, nowNanos);
        } catch (RuntimeException mistake) {
            owner.onFailure(session, mistake, nowNanos);
        }
    }

    private void countStray(int source, int callId) {
        if (demux.isRegistered(callId)) {
            strays.countWrongAddress(source, callId);
        } else {
            strays.countUnknownCallId(source, callId);
        }
    }

    private void offer(Session session, ByteBuffer packet, long nowNanos) {
        int sequenceNumber = GreHeader.hasSequence(packet) ? GreHeader.sequenceNumber(packet) : 0;
        if (GreHeader.hasSequence(packet) && waiting.contains(session, sequenceNumber)) {
            // The one before may be a forged one, whose number is only free when it did not
            // decrypt.
            flush(nowNanos);
            if (session.isEnded()) {
                return;
            }
        }
        GreVerdict verdict = session.tunnel().offer(packet, nowNanos);
        if (verdict == GreVerdict.OFFER_AGAIN) {
            drainHeld(session, nowNanos);
            if (session.isEnded()) {
                return;
            }
            verdict = session.tunnel().offer(packet, nowNanos);
        }
        switch (verdict) {
            case DELIVER -> handle(session, packet, sequenceNumber, null, nowNanos);
            case DELIVER_JUMP -> handleJump(session, packet, sequenceNumber, nowNanos);
            case HELD, OFFER_AGAIN, ACKNOWLEDGMENT, DUPLICATE, LATE -> {}
        }
    }

    /** Hands on what a session held back and need not hold any longer. */
    void drainHeld(Session session, long nowNanos) {
        while (!session.isEnded()) {
            Optional<HeldFrame> next = session.tunnel().pollHeld();
            if (next.isEmpty()) {
                return;
            }
            HeldFrame frame = next.get();
            handle(session, frame.octets(), frame.sequenceNumber(), frame, nowNanos);
        }
    }

    private void handle(
            Session session,
            ByteBuffer frame,
            int sequenceNumber,
            @Nullable HeldFrame heldFrame,
            long nowNanos) {
        boolean waits = false;
        try {
            FrameVerdict verdict = receiveFrame(session, frame, sequenceNumber, nowNanos);
            if (verdict == FrameVerdict.ENCRYPTED) {
                waits = true;
                waiting.add(session, frame, sequenceNumber, heldFrame);
                if (waiting.isFull()) {
                    flush(nowNanos);
                }
            } else {
                finish(session, frame, verdict, sequenceNumber, nowNanos);
            }
        } finally {
            if (heldFrame != null && !waits) {
                writer.flush();
                heldFrame.release();
            }
        }
    }

    private FrameVerdict receiveFrame(
            Session session, ByteBuffer frame, int sequenceNumber, long nowNanos) {
        session.countFrame();
        if (!session.link().isEncrypted(frame)) {
            // A control frame may change the keys: what came before it is decrypted first, and
            // what goes out is encrypted.
            flush(nowNanos);
            outgoing.flush(nowNanos);
            tellLoss(session, sequenceNumber);
        }
        if (session.isEnded()) {
            return FrameVerdict.DROPPED;
        }
        int start = frame.position();
        FrameVerdict verdict = session.link().receive(frame, nowNanos);
        if (!verdict.isPacket() && verdict != FrameVerdict.ENCRYPTED) {
            NegotiationLog.received(session, frame, start);
        }
        return verdict;
    }

    /**
     * A number far from the expected one moves the window only if the frame proves sane: where MPPE
     * is in force, by its encryption.
     */
    private void handleJump(Session session, ByteBuffer frame, int sequenceNumber, long nowNanos) {
        flush(nowNanos);
        FrameVerdict verdict = receiveFrame(session, frame, sequenceNumber, nowNanos);
        boolean proven = verdict == FrameVerdict.ENCRYPTED || !session.link().isEncrypting();
        if (verdict == FrameVerdict.ENCRYPTED) {
            outgoing.flush(nowNanos);
            verdict = decryptAlone(session, frame, sequenceNumber, nowNanos);
        }
        if (proven && verdict != FrameVerdict.DROPPED && session.tunnel().accept(sequenceNumber)) {
            finish(session, frame, verdict, sequenceNumber, nowNanos);
        }
    }

    private FrameVerdict decryptAlone(
            Session session, ByteBuffer frame, int sequenceNumber, long nowNanos) {
        waiting.add(session, frame, sequenceNumber, null);
        try {
            RuntimeException mistake = waiting.decrypt(engine, nowNanos);
            if (mistake != null) {
                throw mistake;
            }
            return takeDecrypted(session, 0, nowNanos);
        } finally {
            waiting.clear();
        }
    }

    /**
     * Decrypts what was collected and hands it on, in order. Of no effect while that goes on: a
     * session that ends in the middle of it wants the same.
     */
    void flush(long nowNanos) {
        if (flushing || waiting.size() == 0) {
            return;
        }
        flushing = true;
        try {
            // A control frame may come out, and change the keys of what goes out.
            outgoing.flush(nowNanos);
            handOn(waiting.decrypt(engine, nowNanos), nowNanos);
        } finally {
            if (waiting.hasHeld()) {
                writer.flush();
            }
            waiting.clear();
            flushing = false;
        }
    }

    /** Writes what waits for the session's device, before the session loses it. */
    void flushDevice(Session session) {
        writer.flush(session);
    }

    private void handOn(@Nullable RuntimeException mistake, long nowNanos) {
        for (int index = 0; index < waiting.size(); index++) {
            Session session = waiting.session(index);
            // A frame before this one may have ended it: then its device is no longer ours.
            if (session != null && !session.isEnded()) {
                decrypted(session, index, mistake, nowNanos);
            }
        }
    }

    private void decrypted(
            Session session, int index, @Nullable RuntimeException engineMistake, long nowNanos) {
        if (engineMistake != null) {
            owner.onFailure(session, engineMistake, nowNanos);
            return;
        }
        try {
            FrameVerdict verdict = takeDecrypted(session, index, nowNanos);
            finish(session, waiting.frame(index), verdict, waiting.sequenceNumber(index), nowNanos);
            if (!verdict.isPacket()) {
                owner.onTouched(session, nowNanos);
            }
        } catch (RuntimeException mistake) {
            owner.onFailure(session, mistake, nowNanos);
        }
    }

    /** The link gets its frames in the order of their numbers. */
    private static void tellLoss(Session session, int sequenceNumber) {
        if (session.isGapBefore(sequenceNumber)) {
            session.link().onLoss();
        }
    }

    private FrameVerdict takeDecrypted(Session session, int index, long nowNanos) {
        ByteBuffer frame = waiting.frame(index);
        MppeVerdict decryption = waiting.verdict(index);
        int start = frame.position();
        tellLoss(session, waiting.sequenceNumber(index));
        FrameVerdict verdict = session.link().decrypted(frame, decryption, nowNanos);
        if (decryption == MppeVerdict.DECRYPTED && !verdict.isPacket()) {
            NegotiationLog.received(session, frame, start);
        }
        return verdict;
    }

    private void finish(
            Session session,
            ByteBuffer frame,
            FrameVerdict verdict,
            int sequenceNumber,
            long nowNanos) {
        switch (verdict) {
            case IPV4 -> deliver(session, frame, nowNanos);
            case IPV6 -> deliverIpv6(session, frame, nowNanos);
            case DROPPED -> session.tunnel().reject(sequenceNumber);
            case CONSUMED, ENCRYPTED -> {}
        }
    }

    private void deliver(Session session, ByteBuffer packet, long nowNanos) {
        if (!InnerPacket.mayPass(packet, session.sources(), session.localAddress())) {
            refusedInnerPackets++;
        } else if (session.device() == null || desk.takesIn(session, packet, answers, nowNanos)) {
            write(session, packet, nowNanos);
        } else {
            owner.onTouched(session, nowNanos);
        }
    }

    private void deliverIpv6(Session session, ByteBuffer packet, long nowNanos) {
        Ipv6Neighbor neighbor = session.ipv6();
        Ipv6Neighbor.Verdict verdict =
                neighbor == null
                        ? Ipv6Neighbor.Verdict.REFUSED
                        : neighbor.receive(packet, nowNanos);
        switch (verdict) {
            case PASSES -> {
                desk.takesInIpv6(session, packet);
                write(session, packet, nowNanos);
            }
            case TAKEN -> owner.onTouched(session, nowNanos);
            case REFUSED -> refusedInnerPackets++;
        }
    }

    private void write(Session session, ByteBuffer packet, long nowNanos) {
        PacketDevice device = session.device();
        if (device == null) {
            refusedInnerPackets++;
            return;
        }
        if (!session.isWithinUpRate(packet.remaining(), nowNanos)) {
            rateLimitedPackets++;
            return;
        }
        writer.write(session, device, packet, nowNanos);
    }

    /** What was dropped on the way, for the worker's counters. */
    WorkerCounters counters(long refusedSends, long rateLimitedSends) {
        return new WorkerCounters(
                malformedPackets,
                demux.unknownCallIds(),
                demux.wrongAddresses(),
                refusedInnerPackets,
                writer.errors(),
                refusedSends,
                desk.neighbourSearches(),
                desk.dhcpAnswers(),
                desk.tooBigPackets(),
                desk.relayedBroadcasts(),
                desk.refusedBroadcasts(),
                rateLimitedPackets + rateLimitedSends);
    }
}
