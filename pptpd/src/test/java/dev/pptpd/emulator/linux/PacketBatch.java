package dev.pptpd.emulator.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;

/** Many packets to one destination in one system call. */
public final class PacketBatch {
    private static final int MMSGHDR_BYTES = 64;
    private static final int NAME_LENGTH_OFFSET = 8;
    private static final int IOVEC_POINTER_OFFSET = 16;
    private static final int IOVEC_COUNT_OFFSET = 24;
    private static final int IOVEC_BYTES = 16;
    private static final int IOVEC_LENGTH_OFFSET = 8;

    private final int slots;
    private final int slotBytes;
    private final MemorySegment messages;
    private final MemorySegment vectors;
    private final MemorySegment packets;

    public PacketBatch(int slots, int slotBytes, Inet4Address destination) {
        this.slots = slots;
        this.slotBytes = slotBytes;
        Arena arena = Arena.ofAuto();
        messages = arena.allocate((long) slots * MMSGHDR_BYTES, 8);
        vectors = arena.allocate((long) slots * IOVEC_BYTES, 8);
        packets = arena.allocate((long) slots * slotBytes, 8);
        MemorySegment address = arena.allocate(16, 8).copyFrom(SocketAddress.of(destination, 0));
        for (long i = 0; i < slots; i++) {
            MemorySegment vector = vectors.asSlice(i * IOVEC_BYTES, IOVEC_BYTES);
            vector.set(ADDRESS, 0, packets.asSlice(i * slotBytes, slotBytes));
            MemorySegment message = messages.asSlice(i * MMSGHDR_BYTES, MMSGHDR_BYTES);
            message.set(ADDRESS, 0, address);
            message.set(JAVA_INT, NAME_LENGTH_OFFSET, (int) address.byteSize());
            message.set(ADDRESS, IOVEC_POINTER_OFFSET, vector);
            message.set(JAVA_LONG, IOVEC_COUNT_OFFSET, 1);
        }
    }

    public int slots() {
        return slots;
    }

    /** Fills one slot with a packet without IP header. */
    public void put(int slot, byte[] packet, int length) {
        MemorySegment.copy(packet, 0, packets, JAVA_BYTE, (long) slot * slotBytes, length);
        vectors.set(JAVA_LONG, (long) slot * IOVEC_BYTES + IOVEC_LENGTH_OFFSET, length);
    }

    /** Sends every slot; what the kernel has no room for is lost. */
    public void send(RawGreSocket socket) {
        int sent = 0;
        while (sent < slots) {
            MemorySegment rest = messages.asSlice((long) sent * MMSGHDR_BYTES);
            int taken = Libc.sendmmsg(socket.descriptor(), rest, slots - sent);
            sent += Math.max(taken, 1);
        }
    }
}
