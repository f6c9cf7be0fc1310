package dev.pptpd.dataplane;

import dev.pptpd.gre.linux.BatchCounters;
import dev.pptpd.gre.linux.SendBatch;
import dev.pptpd.mppe.MppeEncryptor;
import dev.pptpd.mppe.MppeEngine;
import dev.pptpd.session.Session;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Frames on their way to peers: collected in the slots of a {@link SendBatch}, encrypted together,
 * framed and numbered in order, sent by one system call. Allocates nothing per frame.
 *
 * <p>What waits for encryption waits with its keys. Whoever hands a session something that may
 * change them, a control frame or a command, flushes first: a key that is wiped meanwhile would
 * encrypt with zeros.
 */
final class OutgoingBatch {
    /** Where a full batch goes: the raw socket. Empties the batch. */
    interface Outlet {
        /** Sends what can be sent; nothing is kept. */
        void send(SendBatch batch);
    }

    private enum Kind {
        /** A finished PPP frame. */
        FRAME,
        /** Waits for encryption. */
        ENCRYPT,
        /** A GRE packet without payload. */
        ACKNOWLEDGMENT
    }

    private record Failure(Session session, RuntimeException mistake) {}

    private final Outlet outlet;
    private final MppeEngine engine;
    private final SessionOwner owner;
    private final SendBatch batch = new SendBatch();
    private final @Nullable Session[] sessions = new Session[SendBatch.CAPACITY];
    private final Kind[] kinds = new Kind[SendBatch.CAPACITY];
    private final @Nullable RuntimeException[] mistakes = new RuntimeException[SendBatch.CAPACITY];
    private final MppeEncryptor[] encryptors = new MppeEncryptor[SendBatch.CAPACITY];
    private final ByteBuffer[] clearText = new ByteBuffer[SendBatch.CAPACITY];
    private int encryptions;

    OutgoingBatch(Outlet outlet, MppeEngine engine, SessionOwner owner) {
        this.outlet = outlet;
        this.engine = engine;
        this.owner = owner;
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

    /**
     * Sends all that was added. A session that fails has its packet left out and is reported when
     * the batch is gone; the others notice nothing.
     */
    void flush(long nowNanos) {
        int size = batch.size();
        if (size == 0) {
            return;
        }
        RuntimeException engineMistake = encrypt();
        boolean failed = false;
        for (int index = 0; index < size; index++) {
            mistakes[index] = complete(index, engineMistake, nowNanos);
            failed |= mistakes[index] != null;
        }
        outlet.send(batch);
        List<Failure> failures = failed ? takeFailures(size) : List.of();
        Arrays.fill(sessions, 0, size, null);
        if (failed) {
            failures.forEach(it -> owner.onFailure(it.session(), it.mistake(), nowNanos));
        }
    }

    /** Whose state broke the engine cannot be told: then every packet in clear text is suspect. */
    private @Nullable RuntimeException encrypt() {
        try {
            engine.encrypt(encryptors, clearText, encryptions);
            return null;
        } catch (RuntimeException mistake) {
            return mistake;
        } finally {
            Arrays.fill(encryptors, 0, encryptions, null);
            encryptions = 0;
        }
    }

    private @Nullable RuntimeException complete(
            int index, @Nullable RuntimeException engineMistake, long nowNanos) {
        Session session = sessions[index];
        ByteBuffer slot = batch.slot(index);
        boolean clear = kinds[index] == Kind.ENCRYPT && engineMistake != null;
        if (session == null || clear) {
            leaveOut(slot);
            return engineMistake;
        }
        try {
            complete(session, kinds[index], slot, nowNanos);
            return null;
        } catch (RuntimeException mistake) {
            leaveOut(slot);
            return mistake;
        }
    }

    private static void leaveOut(ByteBuffer slot) {
        slot.limit(slot.position());
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

    /** Taken out before the owner hears of them, who may add and flush again. */
    private List<Failure> takeFailures(int size) {
        List<Failure> failures = new ArrayList<>();
        for (int index = 0; index < size; index++) {
            Session session = sessions[index];
            RuntimeException mistake = mistakes[index];
            mistakes[index] = null;
            if (session != null && mistake != null) {
                failures.add(new Failure(session, mistake));
            }
        }
        return failures;
    }

    /** Packets that the kernel took and refused. */
    BatchCounters counters() {
        return batch.counters();
    }
}
