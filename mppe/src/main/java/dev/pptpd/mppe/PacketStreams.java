package dev.pptpd.mppe;

import java.util.Arrays;

/** What encryption and decryption by pairs share: keys become streams, two at a time. */
final class PacketStreams {
    /** What is made ahead serves every small packet, acknowledgments for one. */
    private static final int MIN_AHEAD_OCTETS = 64;

    /** More octets than a frame is judged by. */
    private static final int FRONT_OCTETS = KeyStreams.STEP_OCTETS;

    private final KeyStreams streams;
    private final InterimKeys digest;
    private final LookAheads lookAheads = new LookAheads();
    private final int[] keyBehind = new int[KeyStreams.KEY_OCTETS];

    PacketStreams(KeyStreams streams, InterimKeys digest) {
        this.streams = streams;
        this.digest = digest;
    }

    KeyStreams streams() {
        return streams;
    }

    KeyChain chain(MppeStrength strength, byte[] startKey) {
        return new KeyChain(strength, startKey, digest, streams);
    }

    /** Starts the stream of a packet, and finds the key behind it. */
    void start(int stream, PendingPacket packet) {
        start(stream, packet.chain(), packet.key(), packet.nextKey());
    }

    private void start(int stream, KeyChain chain, int[] key, int[] nextKey) {
        chain.next(key, nextKey, digest);
        streams.schedule(stream, key, nextKey);
        chain.reduce(nextKey);
    }

    /** Replaces a key by the next one of its chain. */
    void skip(KeyChain chain, int[] key) {
        chain.next(key, keyBehind, digest);
        streams.encryptItself(keyBehind);
        chain.reduce(keyBehind);
        System.arraycopy(keyBehind, 0, key, 0, key.length);
    }

    /** Makes the streams of two packets that were started, the longer one as the first. */
    void make(PendingPacket longer, PendingPacket shorter) {
        make(0, longer.octets(), shorter.octets());
    }

    private void make(int from, int firstOctets, int secondOctets) {
        streams.makeBoth(from, secondOctets);
        streams.makeFirst(Math.max(from, KeyStreams.roundedUp(secondOctets)), firstOctets);
    }

    /** Makes of both streams what {@link KeyStreams#front} shows. */
    void makeFronts() {
        streams.makeBoth(0, FRONT_OCTETS);
    }

    /** Makes the rest behind {@link #makeFronts}; 0 for a packet that needs none. */
    void makeRest(int firstOctets, int secondOctets) {
        make(FRONT_OCTETS, firstOctets, secondOctets);
    }

    /** Starts the stream of a packet alone, and beside it the one of the next packet. */
    void startWithNext(PendingPacket packet) {
        start(KeyStreams.FIRST, packet);
        start(KeyStreams.SECOND, packet.chain(), packet.nextKey(), keyBehind);
    }

    /** How much is made for a packet alone, and so of the next one. */
    static int octetsWithNext(PendingPacket packet) {
        return KeyStreams.roundedUp(Math.max(packet.octets(), MIN_AHEAD_OCTETS));
    }

    /** Keeps the second stream for the next packet; the chain has come that far. */
    void keepNext(PendingPacket packet) {
        int octets = octetsWithNext(packet);
        lookAheads.take().fill(packet.chain(), streams, KeyStreams.SECOND, octets, keyBehind);
    }

    /** Applies the first stream, window by window, to a packet that is longer than one. */
    void applyLong(PendingPacket packet) {
        for (int done = 0; done < packet.octets(); done += KeyStreams.WINDOW_OCTETS) {
            int part = Math.min(KeyStreams.WINDOW_OCTETS, packet.octets() - done);
            if (done > 0) {
                streams.makeFirst(0, part);
            }
            streams.apply(KeyStreams.FIRST, packet.frame(), packet.at() + done, part);
        }
    }

    /** Forgets the keys and streams of whoever was last. */
    void wipe() {
        streams.wipe();
        digest.wipe();
        Arrays.fill(keyBehind, 0);
    }
}
