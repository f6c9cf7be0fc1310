package dev.pptpd.bench.mppe;

import dev.pptpd.mppe.MppeEncryptor;
import dev.pptpd.mppe.MppeEngine;
import dev.pptpd.mppe.MppeMode;
import dev.pptpd.mppe.MppeStrength;
import dev.pptpd.mppe.ReferenceMppeEngine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * What packets must look like, by the engine that follows the RFC step by step: nobody is measured
 * who does something else.
 */
final class Proof {
    /** So many packets have to be right. */
    static final int PACKETS = 100;

    private static final byte[] START_KEY =
            HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");

    private final List<byte[]> frames;
    private final List<byte[]> packets;

    /** For frames of this length. */
    Proof(int frameOctets) {
        this.frames = Frames.of(PACKETS, frameOctets);
        this.packets = encrypt(new ReferenceMppeEngine(), frames);
    }

    static byte[] startKey() {
        return START_KEY.clone();
    }

    /** What is to be encrypted. */
    List<byte[]> frames() {
        return frames;
    }

    /**
     * Compares what somebody made of the frames, header included.
     *
     * @throws IOException when that is not right
     */
    void check(String who, List<byte[]> encrypted) throws IOException {
        if (encrypted.size() != PACKETS) {
            throw new IOException(who + " made " + encrypted.size() + " packets");
        }
        for (int packet = 0; packet < PACKETS; packet++) {
            if (!Arrays.equals(encrypted.get(packet), packets.get(packet))) {
                throw new IOException(who + " encrypts packet " + packet + " otherwise");
            }
        }
    }

    /** One packet after the other, in batches. */
    static List<byte[]> encrypt(MppeEngine engine, List<byte[]> frames) {
        MppeEncryptor state =
                engine.encryptor(MppeMode.stateless(MppeStrength.BITS_128), START_KEY);
        MppeEncryptor[] states = new MppeEncryptor[frames.size()];
        Arrays.fill(states, state);
        ByteBuffer[] buffers = new ByteBuffer[frames.size()];
        for (int n = 0; n < buffers.length; n++) {
            // As on the data path: the compiler is to see no other kind of buffer.
            buffers[n] = ByteBuffer.allocateDirect(Frames.ROOM).put(Frames.HEADROOM, frames.get(n));
            buffers[n].position(Frames.HEADROOM).limit(Frames.HEADROOM + frames.get(n).length);
        }
        engine.encrypt(states, buffers, buffers.length);
        List<byte[]> encrypted = new ArrayList<>();
        for (ByteBuffer buffer : buffers) {
            byte[] packet = new byte[buffer.remaining()];
            buffer.get(packet);
            encrypted.add(packet);
        }
        return encrypted;
    }
}
