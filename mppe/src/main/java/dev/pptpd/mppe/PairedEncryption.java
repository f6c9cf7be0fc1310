package dev.pptpd.mppe;

import java.nio.ByteBuffer;

/** Encrypts the packets of a batch, two at a time; of an odd one the next is prepared. */
final class PairedEncryption {
    private final PacketStreams keys;
    private final PendingPacket first = new PendingPacket();
    private final PendingPacket second = new PendingPacket();

    PairedEncryption(PacketStreams keys) {
        this.keys = keys;
    }

    /**
     * One frame, as {@link MppeEngine#encrypt} says; its octets may follow with {@link #finish}.
     */
    void encrypt(PairedEncryptor state, ByteBuffer frame) {
        int begin = frame.position();
        int at = begin - MppeEngine.HEADER_OCTETS;
        if (at < 0) {
            throw new IllegalArgumentException("no room for the MPPE header before the frame");
        }
        MppeHeader.encode(frame, at, state.nextHeader());
        frame.position(at);
        KeyChain chain = state.chain();
        LookAhead ahead = chain.ahead();
        int octets = frame.limit() - begin;
        if (ahead != null && octets <= ahead.octets()) {
            ahead.apply(frame, begin, octets);
            chain.advanceTo(ahead.nextKey());
            return;
        }
        // Too short for this packet, and of no use to the next.
        chain.dropAhead();
        if (octets > KeyStreams.WINDOW_OCTETS) {
            finish();
            first.set(chain, frame, begin);
            encryptLong();
        } else if (first.isWaiting()) {
            second.set(chain, frame, begin);
            encryptBoth();
        } else {
            first.set(chain, frame, begin);
        }
    }

    /** Encrypts what still waits for a second packet. */
    void finish() {
        if (!first.isWaiting()) {
            return;
        }
        KeyChain chain = first.chain();
        first.takeKey();
        keys.startWithNext(first);
        int octets = PacketStreams.octetsWithNext(first);
        keys.streams().makeBoth(0, octets);
        keys.streams().apply(KeyStreams.FIRST, first.frame(), first.at(), first.octets());
        chain.advanceTo(first.nextKey());
        keys.keepNext(first);
        first.clear();
    }

    /** Forgets what waits. */
    void clear() {
        first.clear();
        second.clear();
    }

    private void encryptBoth() {
        boolean inOrder = first.octets() >= second.octets();
        int firstStream = inOrder ? KeyStreams.FIRST : KeyStreams.SECOND;
        int secondStream = inOrder ? KeyStreams.SECOND : KeyStreams.FIRST;
        start(firstStream, first);
        start(secondStream, second);
        keys.make(inOrder ? first : second, inOrder ? second : first);
        keys.streams().apply(firstStream, first.frame(), first.at(), first.octets());
        keys.streams().apply(secondStream, second.frame(), second.at(), second.octets());
        clear();
    }

    private void encryptLong() {
        start(KeyStreams.FIRST, first);
        keys.streams().makeFirst(0, KeyStreams.WINDOW_OCTETS);
        keys.applyLong(first);
        first.clear();
    }

    private void start(int stream, PendingPacket packet) {
        packet.takeKey();
        keys.start(stream, packet);
        packet.chain().advanceTo(packet.nextKey());
    }
}
