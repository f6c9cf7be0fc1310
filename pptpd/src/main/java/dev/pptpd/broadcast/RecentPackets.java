package dev.pptpd.broadcast;

import dev.pptpd.inner.UdpPacket;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/**
 * Remembers what was relayed, to know it when it comes again by another way: from a second relay on
 * the same network, or a client that bridges it. A packet is known by its sender, its
 * identification, its ports and its payload, whatever was done to its addresses and its time to
 * live.
 */
final class RecentPackets {
    /** Longer than any circle takes, shorter than the pauses between a sender's repetitions. */
    static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** A power of two, and more than the limits let through within the window. */
    private static final int SLOTS = 1 << 12;

    // Specification: FNV-1a of 64 bits
    private static final long BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private final long[] prints = new long[SLOTS];
    private final long[] seenNanos = new long[SLOTS];

    /** Notes a packet; false when it was noted within the window. */
    boolean isNew(ByteBuffer packet, long nowNanos) {
        long print = print(packet);
        int slot = (int) (print >>> Integer.SIZE) & (SLOTS - 1);
        if (prints[slot] == print && nowNanos - seenNanos[slot] < WINDOW_NANOS) {
            return false;
        }
        prints[slot] = print;
        seenNanos[slot] = nowNanos;
        return true;
    }

    private static long print(ByteBuffer packet) {
        long print = add(BASIS, UdpPacket.source(packet));
        print = add(print, UdpPacket.identification(packet));
        print = add(print, UdpPacket.sourcePort(packet));
        print = add(print, UdpPacket.destinationPort(packet));
        int from = UdpPacket.payloadAt(packet);
        int end = from + UdpPacket.payloadOctets(packet);
        for (int at = from; at < end; at++) {
            print = (print ^ (packet.get(at) & 0xFF)) * PRIME;
        }
        // Zero is what an empty slot has.
        return print == 0 ? 1 : print;
    }

    private static long add(long print, int value) {
        long added = print;
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            added = (added ^ ((value >>> shift) & 0xFF)) * PRIME;
        }
        return added;
    }
}
