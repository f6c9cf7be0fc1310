package dev.pptpd.dataplane;

import dev.pptpd.gre.linux.RawSocket;
import dev.pptpd.gre.linux.SendBatch;
import dev.pptpd.mppe.MppeEncryptor;
import dev.pptpd.mppe.MppeEngine;
import dev.pptpd.session.Session;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Frames on their way to peers: collected in the slots of a {@link SendBatch}, encrypted together,
 * framed and numbered in order, sent by one system call. Allocates nothing per frame.
 */
final class OutgoingBatch {
    private enum Kind {
        /** A finished PPP frame. */
        FRAME,
        /** Waits for encryption. */
        ENCRYPT,
        /** A GRE packet without payload. */
        ACKNOWLEDGMENT
    }

    private final RawSocket socket;
    private final MppeEngine engine;
    private final SendBatch batch = new SendBatch();
    private final @Nullable Session[] sessions = new Session[SendBatch.CAPACITY];
    private final Kind[] kinds = new Kind[SendBatch.CAPACITY];
    private final MppeEncryptor[] encryptors = new MppeEncryptor[SendBatch.CAPACITY];
    private final ByteBuffer[] clearText = new ByteBuffer[SendBatch.CAPACITY];
    private int encryptions;

    OutgoingBatch(RawSocket socket, MppeEngine engine) {
        this.socket = socket;
        this.engine = engine;
    }

    /** A free slot with headroom before its position. Sends first when none is left. */
    ByteBuffer slot(long nowNanos) {
        if (batch.isFull()) {
            flush(nowNanos);
        }
        return batch.slot();
    }

    /** Adds the slot, a PPP frame as it goes on the wire. */
    void addFrame(Session session) {
        add(session, Kind.FRAME);
    }

    /** Adds the slot, an IP packet with its inner protocol number, to be encrypted. */
    void addToEncrypt(Session session) {
        encryptors[encryptions] = session.link().encryptor();
        clearText[encryptions] = batch.slot(batch.size());
        encryptions++;
        add(session, Kind.ENCRYPT);
    }

    /** Adds the slot, an acknowledgment that the tunnel wrote. */
    void addAcknowledgment(Session session) {
        add(session, Kind.ACKNOWLEDGMENT);
    }

    private void add(Session session, Kind kind) {
        int index = batch.size();
        sessions[index] = session;
        kinds[index] = kind;
        batch.add(session.peerAddress(), session.localAddress());
    }

    /** Sends all that was added. */
    void flush(long nowNanos) {
        if (batch.isEmpty()) {
            return;
        }
        engine.encrypt(encryptors, clearText, encryptions);
        Arrays.fill(encryptors, 0, encryptions, null);
        encryptions = 0;
        for (int index = 0; index < batch.size(); index++) {
            Session session = sessions[index];
            sessions[index] = null;
            if (session != null) {
                complete(session, kinds[index], batch.slot(index), nowNanos);
            }
        }
        socket.send(batch);
    }

    private static void complete(Session session, Kind kind, ByteBuffer slot, long nowNanos) {
        switch (kind) {
            case ACKNOWLEDGMENT -> {}
            case ENCRYPT -> {
                session.link().completeEncrypted(slot);
                session.tunnel().encapsulate(slot, nowNanos);
            }
            case FRAME -> session.tunnel().encapsulate(slot, nowNanos);
        }
    }
}
