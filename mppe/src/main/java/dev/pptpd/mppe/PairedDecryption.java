package dev.pptpd.mppe;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decrypts the packets of a batch, two at a time; of an odd one the next is prepared. The second of
 * two may be the next of the same session: its key is known before it is known whether the first
 * one is sane. Afterwards they are judged one after the other.
 */
final class PairedDecryption {
    private final PacketStreams keys;
    private final Received first = new Received();
    private final Received second = new Received();

    PairedDecryption(PacketStreams keys) {
        this.keys = keys;
    }

    /** A received packet that waits. */
    private static final class Received {
        private final PendingPacket packet = new PendingPacket();
        private @Nullable PairedDecryptor state;
        private int header;
        private int skipped;
        private int index;

        void set(PairedDecryptor of, ByteBuffer frame, int frameHeader, int missing, int place) {
            packet.set(of.chain(), frame, frame.position() + MppeEngine.HEADER_OCTETS);
            state = of;
            header = frameHeader;
            skipped = missing;
            index = place;
        }

        PairedDecryptor state() {
            return Objects.requireNonNull(state);
        }

        boolean isOf(PairedDecryptor other) {
            return packet.isWaiting() && state == other;
        }

        void clear() {
            packet.clear();
            state = null;
        }
    }

    /** The frame of that index, as {@link MppeEngine#decrypt} says. */
    void decrypt(
            PairedDecryptor state,
            ByteBuffer frame,
            MppeVerdict[] verdicts,
            int index,
            long nowNanos) {
        int octets = frame.remaining();
        int header =
                octets < MppeEngine.HEADER_OCTETS ? 0 : MppeHeader.decode(frame, frame.position());
        MppeVerdict verdict = PairedDecryptor.judge(octets, header);
        if (verdict != MppeVerdict.DECRYPTED) {
            verdicts[index] = verdict;
            return;
        }
        boolean isLong = octets - MppeEngine.HEADER_OCTETS > KeyStreams.WINDOW_OCTETS;
        boolean follows = first.isOf(state) && MppeHeader.ahead(header, first.header) == 1;
        if (isLong || (first.isOf(state) && !follows)) {
            finish(verdicts, nowNanos);
            follows = false;
        }
        if (follows) {
            second.set(state, frame, header, 0, index);
            decryptBoth(true, verdicts, nowNanos);
            return;
        }
        int skipped = state.skipped(header);
        verdict = state.permit(skipped, nowNanos);
        if (verdict != MppeVerdict.DECRYPTED) {
            verdicts[index] = verdict;
            return;
        }
        LookAhead ahead = state.chain().ahead();
        if (skipped == 0 && ahead != null && octets - MppeEngine.HEADER_OCTETS <= ahead.octets()) {
            verdicts[index] = decryptAhead(state, frame, header, ahead);
            return;
        }
        Received next = first.packet.isWaiting() ? second : first;
        next.set(state, frame, header, skipped, index);
        findKey(next.packet, skipped);
        if (isLong) {
            decryptLong(verdicts, nowNanos);
        } else if (next == second) {
            decryptBoth(false, verdicts, nowNanos);
        }
    }

    private void findKey(PendingPacket packet, int skipped) {
        packet.takeKey();
        for (int key = 0; key < skipped; key++) {
            keys.skip(packet.chain(), packet.key());
        }
    }

    /** Decrypts what still waits for a second packet. */
    void finish(MppeVerdict[] verdicts, long nowNanos) {
        if (!first.packet.isWaiting()) {
            return;
        }
        keys.startWithNext(first.packet);
        keys.makeFronts();
        verdicts[first.index] = judge(KeyStreams.FIRST, first, nowNanos);
        if (verdicts[first.index] == MppeVerdict.DECRYPTED) {
            int octets = PacketStreams.octetsWithNext(first.packet);
            keys.makeRest(octets, octets);
            apply(KeyStreams.FIRST, first.packet);
            keys.keepNext(first.packet);
        }
        first.clear();
    }

    /** Forgets what waits. */
    void clear() {
        first.clear();
        second.clear();
    }

    private void decryptBoth(boolean follows, MppeVerdict[] verdicts, long nowNanos) {
        boolean inOrder = first.packet.octets() >= second.packet.octets();
        int firstStream = inOrder ? KeyStreams.FIRST : KeyStreams.SECOND;
        int secondStream = inOrder ? KeyStreams.SECOND : KeyStreams.FIRST;
        keys.start(firstStream, first.packet);
        if (follows) {
            second.packet.setKey(first.packet.nextKey());
        }
        keys.start(secondStream, second.packet);
        // The fronts first: a forged packet is not worth the rest.
        keys.makeFronts();
        verdicts[first.index] = judge(firstStream, first, nowNanos);
        verdicts[second.index] = judge(secondStream, second, nowNanos);
        int ofFirst = octetsToMake(first, verdicts);
        int ofSecond = octetsToMake(second, verdicts);
        keys.makeRest(inOrder ? ofFirst : ofSecond, inOrder ? ofSecond : ofFirst);
        if (ofFirst > 0) {
            apply(firstStream, first.packet);
        }
        if (ofSecond > 0) {
            apply(secondStream, second.packet);
        }
        clear();
    }

    private static int octetsToMake(Received received, MppeVerdict[] verdicts) {
        boolean isSane = verdicts[received.index] == MppeVerdict.DECRYPTED;
        return isSane ? received.packet.octets() : 0;
    }

    /** Longer than a window, and no packet of ours: alone. */
    private void decryptLong(MppeVerdict[] verdicts, long nowNanos) {
        keys.start(KeyStreams.FIRST, first.packet);
        keys.streams().makeFirst(0, KeyStreams.WINDOW_OCTETS);
        verdicts[first.index] = judge(KeyStreams.FIRST, first, nowNanos);
        if (verdicts[first.index] == MppeVerdict.DECRYPTED) {
            keys.applyLong(first.packet);
            first.packet.frame().position(first.packet.at());
        }
        first.clear();
    }

    private void apply(int stream, PendingPacket packet) {
        keys.streams().apply(stream, packet.frame(), packet.at(), packet.octets());
        packet.frame().position(packet.at());
    }

    /**
     * Judges a packet by the front of its stream; a sane one moves the state. The packet before
     * this one may just have turned out not to be sane: then one is missing.
     */
    private MppeVerdict judge(int stream, Received received, long nowNanos) {
        PairedDecryptor state = received.state();
        PendingPacket packet = received.packet;
        int skipped = state.skipped(received.header);
        if (skipped != received.skipped) {
            MppeVerdict verdict = state.permit(skipped, nowNanos);
            if (verdict != MppeVerdict.DECRYPTED) {
                return verdict;
            }
        }
        if (!isSane(packet.frame(), packet.at(), keys.streams().front(stream), skipped)) {
            return MppeVerdict.NOT_SANE;
        }
        state.accept(received.header, packet.nextKey());
        return MppeVerdict.DECRYPTED;
    }

    private static MppeVerdict decryptAhead(
            PairedDecryptor state, ByteBuffer frame, int header, LookAhead ahead) {
        int at = frame.position() + MppeEngine.HEADER_OCTETS;
        if (!isSane(frame, at, ahead.front(), 0)) {
            return MppeVerdict.NOT_SANE;
        }
        ahead.apply(frame, at, frame.limit() - at);
        frame.position(at);
        state.accept(header, ahead.nextKey());
        return MppeVerdict.DECRYPTED;
    }

    /** Whether a frame whose key stream begins so was sent by the peer. */
    private static boolean isSane(ByteBuffer frame, int at, int front, int skipped) {
        int protocol = (frame.get(at) ^ front) & 0xFF;
        protocol = protocol << 8 | ((frame.get(at + 1) ^ front >> 8) & 0xFF);
        int firstOctet = (frame.get(at + 2) ^ front >> 16) & 0xFF;
        return DecryptedFrame.isSane(protocol, firstOctet, skipped);
    }
}
