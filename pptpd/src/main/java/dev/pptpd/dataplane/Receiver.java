package dev.pptpd.dataplane;

import dev.pptpd.gre.GreDemux;
import dev.pptpd.gre.GreHeader;
import dev.pptpd.gre.GreHeaderVerdict;
import dev.pptpd.gre.GreVerdict;
import dev.pptpd.gre.HeldFrame;
import dev.pptpd.gre.linux.RawSocket;
import dev.pptpd.gre.linux.ReceiveBatch;
import dev.pptpd.linux.TunDevice;
import dev.pptpd.mppe.MppeDecryptor;
import dev.pptpd.mppe.MppeEngine;
import dev.pptpd.mppe.MppeVerdict;
import dev.pptpd.ppp.link.FrameVerdict;
import dev.pptpd.session.Session;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * From the raw socket to the TUN devices: demultiplexes, brings into sequence, decrypts in batches
 * and checks what comes out. Control frames go to their link at once; data frames of one session
 * keep their order with them. Allocates nothing per data packet.
 */
final class Receiver {
    /** Room for a full batch and the held frames that it sets free. */
    private static final int CAPACITY = 2 * ReceiveBatch.CAPACITY;

    /** What the worker does with a session that was given a control frame or made a mistake. */
    interface Owner {
        /** The session may have actions and another deadline. */
        void onTouched(Session session, long nowNanos);

        /** Our own mistake: the session cannot go on. */
        void onFailure(Session session, RuntimeException mistake, long nowNanos);
    }

    private final RawSocket socket;
    private final GreDemux<Session> demux;
    private final MppeEngine engine;
    private final Owner owner;
    private final ReceiveBatch batch = new ReceiveBatch();

    private final @Nullable Session[] sessions = new Session[CAPACITY];
    private final MppeDecryptor[] decryptors = new MppeDecryptor[CAPACITY];
    private final ByteBuffer[] frames = new ByteBuffer[CAPACITY];
    private final int[] sequenceNumbers = new int[CAPACITY];
    private final @Nullable HeldFrame[] held = new HeldFrame[CAPACITY];
    private final MppeVerdict[] verdicts = new MppeVerdict[CAPACITY];
    private int count;

    private long malformedPackets;
    private long refusedInnerPackets;
    private long deviceErrors;

    Receiver(RawSocket socket, GreDemux<Session> demux, MppeEngine engine, Owner owner) {
        this.socket = socket;
        this.demux = demux;
        this.engine = engine;
        this.owner = owner;
    }

    /** Takes one batch from the socket; true when more may be waiting. */
    boolean receive(long nowNanos) {
        int packets = socket.receive(batch);
        for (int index = 0; index < packets; index++) {
            ByteBuffer packet = batch.packet(index);
            if (batch.isTruncated(index) || GreHeader.decode(packet) != GreHeaderVerdict.VALID) {
                malformedPackets++;
                continue;
            }
            Optional<Session> session = demux.find(GreHeader.callId(packet), batch.source(index));
            if (session.isPresent()) {
                receive(session.get(), packet, nowNanos);
            }
        }
        flush(nowNanos);
        return packets == ReceiveBatch.CAPACITY;
    }

    /** Hands on what a session held back and need not hold any longer. */
    void drainHeld(Session session, long nowNanos) {
        for (Optional<HeldFrame> next = session.tunnel().pollHeld();
                next.isPresent();
                next = session.tunnel().pollHeld()) {
            HeldFrame frame = next.get();
            handle(session, frame.octets(), frame.sequenceNumber(), frame, nowNanos);
        }
    }

    private void receive(Session session, ByteBuffer packet, long nowNanos) {
        int sequenceNumber = GreHeader.hasSequence(packet) ? GreHeader.sequenceNumber(packet) : 0;
        try {
            GreVerdict verdict = session.tunnel().offer(packet, nowNanos);
            if (verdict == GreVerdict.OFFER_AGAIN) {
                drainHeld(session, nowNanos);
                verdict = session.tunnel().offer(packet, nowNanos);
            }
            switch (verdict) {
                case DELIVER -> handle(session, packet, sequenceNumber, null, nowNanos);
                case DELIVER_JUMP -> handleJump(session, packet, sequenceNumber, nowNanos);
                case HELD, OFFER_AGAIN, ACKNOWLEDGMENT, DUPLICATE, LATE -> {}
            }
            drainHeld(session, nowNanos);
            owner.onTouched(session, nowNanos);
        } catch (RuntimeException mistake) {
            owner.onFailure(session, mistake, nowNanos);
        }
    }

    private void handle(
            Session session,
            ByteBuffer frame,
            int sequenceNumber,
            @Nullable HeldFrame heldFrame,
            long nowNanos) {
        session.countFrame();
        if (!session.link().isEncrypted(frame)) {
            // A control frame may change the keys: what came before it is decrypted first.
            flush(nowNanos);
        }
        FrameVerdict verdict = session.link().receive(frame, nowNanos);
        if (verdict == FrameVerdict.ENCRYPTED) {
            enqueue(session, frame, sequenceNumber, heldFrame, nowNanos);
            return;
        }
        finish(session, frame, verdict, sequenceNumber);
        if (heldFrame != null) {
            heldFrame.release();
        }
    }

    /** A number far from the expected one moves the window only if the frame proves sane. */
    private void handleJump(Session session, ByteBuffer frame, int sequenceNumber, long nowNanos) {
        flush(nowNanos);
        session.countFrame();
        FrameVerdict verdict = session.link().receive(frame, nowNanos);
        if (verdict == FrameVerdict.ENCRYPTED) {
            decryptors[0] = session.link().decryptor();
            frames[0] = frame;
            engine.decrypt(decryptors, frames, verdicts, 1, nowNanos);
            verdict = session.link().decrypted(frame, verdicts[0], nowNanos);
        }
        if (verdict != FrameVerdict.DROPPED && session.tunnel().accept(sequenceNumber)) {
            finish(session, frame, verdict, sequenceNumber);
        }
    }

    private void enqueue(
            Session session,
            ByteBuffer frame,
            int sequenceNumber,
            @Nullable HeldFrame heldFrame,
            long nowNanos) {
        sessions[count] = session;
        decryptors[count] = session.link().decryptor();
        frames[count] = frame;
        sequenceNumbers[count] = sequenceNumber;
        held[count] = heldFrame;
        if (++count == CAPACITY) {
            flush(nowNanos);
        }
    }

    /** Decrypts what was collected and hands it on, in order. */
    void flush(long nowNanos) {
        int size = count;
        if (size == 0) {
            return;
        }
        count = 0;
        engine.decrypt(decryptors, frames, verdicts, size, nowNanos);
        for (int index = 0; index < size; index++) {
            Session session = sessions[index];
            HeldFrame heldFrame = held[index];
            if (session != null) {
                decrypted(session, index, nowNanos);
            }
            if (heldFrame != null) {
                heldFrame.release();
            }
        }
        Arrays.fill(sessions, 0, size, null);
        Arrays.fill(decryptors, 0, size, null);
        Arrays.fill(held, 0, size, null);
    }

    private void decrypted(Session session, int index, long nowNanos) {
        try {
            FrameVerdict verdict =
                    session.link().decrypted(frames[index], verdicts[index], nowNanos);
            finish(session, frames[index], verdict, sequenceNumbers[index]);
            if (verdict != FrameVerdict.IPV4) {
                owner.onTouched(session, nowNanos);
            }
        } catch (RuntimeException mistake) {
            owner.onFailure(session, mistake, nowNanos);
        }
    }

    private void finish(
            Session session, ByteBuffer frame, FrameVerdict verdict, int sequenceNumber) {
        switch (verdict) {
            case IPV4 -> deliver(session, frame);
            case DROPPED -> session.tunnel().reject(sequenceNumber);
            case CONSUMED, ENCRYPTED -> {}
        }
    }

    private void deliver(Session session, ByteBuffer packet) {
        TunDevice device = session.device();
        if (device == null
                || !InnerPacket.mayPass(
                        packet, session.assignedAddress(), session.localAddress())) {
            refusedInnerPackets++;
            return;
        }
        int octets = device.write(packet);
        if (octets < 0) {
            deviceErrors++;
        } else {
            session.countIn(octets);
        }
    }

    /** What was dropped on the way, for the worker's counters. */
    WorkerCounters counters(long refusedSends) {
        return new WorkerCounters(
                malformedPackets,
                demux.unknownCallIds(),
                demux.wrongAddresses(),
                refusedInnerPackets,
                deviceErrors,
                refusedSends);
    }
}
