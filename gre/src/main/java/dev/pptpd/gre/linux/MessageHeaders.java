package dev.pptpd.gre.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Packet slots in native memory and the array of struct mmsghdr that describes them to recvmmsg(2)
 * and sendmmsg(2): one struct iovec per message, pointing into the message's slot.
 *
 * <p>All of it comes from one automatic arena, so that it lives as long as this object or one of
 * its buffers.
 */
final class MessageHeaders {
    // Specification: the 64-bit Linux ABI
    private static final int HEADER_SIZE = 64;
    private static final int NAME_OFFSET = 0;
    private static final int NAME_LENGTH_OFFSET = 8;
    private static final int VECTOR_OFFSET = 16;
    private static final int VECTOR_COUNT_OFFSET = 24;
    private static final int CONTROL_OFFSET = 32;
    private static final int CONTROL_LENGTH_OFFSET = 40;
    private static final int FLAGS_OFFSET = 48;
    private static final int TRANSFERRED_OFFSET = 56;
    private static final int VECTOR_SIZE = 16;
    private static final int VECTOR_LENGTH_OFFSET = 8;
    private static final int SOCKET_ADDRESS_SIZE = 16;
    private static final int SOCKET_ADDRESS_IP_OFFSET = 4;
    private static final short AF_INET = 2;
    private static final int MSG_TRUNC = 0x20;

    // struct cmsghdr with a struct in_pktinfo: interface index, source, (unused) destination
    private static final int CONTROL_SIZE = 32;
    private static final long CONTROL_MESSAGE_LENGTH = 28;
    private static final int CONTROL_LEVEL_OFFSET = 8;
    private static final int CONTROL_TYPE_OFFSET = 12;
    private static final int CONTROL_SOURCE_OFFSET = 20;
    private static final int IPPROTO_IP = 0;
    private static final int IP_PKTINFO = 8;
    private static final ValueLayout.OfInt NETWORK_INT =
            JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    // Implementation: slots begin on a cache line.
    private static final int SLOT_ALIGNMENT = 64;

    private final MemorySegment vectors;
    private final MemorySegment names;
    private final MemorySegment controls;
    private final MemorySegment headers;
    private final MemorySegment[] headersFrom;
    private final long[] slotAddresses;
    private final ByteBuffer[] slots;

    MessageHeaders(int count, int slotSize) {
        Arena arena = Arena.ofAuto();
        vectors = arena.allocate((long) count * VECTOR_SIZE, Long.BYTES);
        names = arena.allocate((long) count * SOCKET_ADDRESS_SIZE, Long.BYTES);
        controls = arena.allocate((long) count * CONTROL_SIZE, Long.BYTES);
        headers = arena.allocate((long) count * HEADER_SIZE, Long.BYTES);
        headersFrom = new MemorySegment[count];
        slotAddresses = new long[count];
        slots = new ByteBuffer[count];
        for (int index = 0; index < count; index++) {
            MemorySegment slot = arena.allocate(slotSize, SLOT_ALIGNMENT);
            slotAddresses[index] = slot.address();
            slots[index] = slot.asByteBuffer();
            MemorySegment header = headers.asSlice((long) index * HEADER_SIZE);
            headersFrom[index] = header;
            header.set(ADDRESS, VECTOR_OFFSET, vectors.asSlice((long) index * VECTOR_SIZE));
            header.set(JAVA_LONG, VECTOR_COUNT_OFFSET, 1);
            describe(index, 0, slotSize);
        }
    }

    /** The slot's whole memory, big-endian; position and limit belong to the caller. */
    ByteBuffer slot(int index) {
        return slots[index];
    }

    /**
     * Lets message {@code index} cover {@code length} octets of its slot from {@code offset} on.
     */
    void describe(int index, int offset, int length) {
        long vector = (long) index * VECTOR_SIZE;
        vectors.set(JAVA_LONG, vector, slotAddresses[index] + offset);
        vectors.set(JAVA_LONG, vector + VECTOR_LENGTH_OFFSET, length);
    }

    /** Addresses message {@code index} to an IPv4 host. */
    void address(int index, int destination) {
        long name = (long) index * SOCKET_ADDRESS_SIZE;
        names.set(JAVA_SHORT, name, AF_INET);
        names.set(NETWORK_INT, name + SOCKET_ADDRESS_IP_OFFSET, destination);
        MemorySegment header = headersFrom[index];
        header.set(JAVA_LONG, NAME_OFFSET, names.address() + name);
        header.set(JAVA_INT, NAME_LENGTH_OFFSET, SOCKET_ADDRESS_SIZE);
    }

    /**
     * Lets message {@code index} leave from a local address of the caller's choice, on a host that
     * has several; 0 leaves the choice to the route.
     */
    void source(int index, int source) {
        MemorySegment header = headersFrom[index];
        if (source == 0) {
            header.set(JAVA_LONG, CONTROL_LENGTH_OFFSET, 0);
            return;
        }
        long control = (long) index * CONTROL_SIZE;
        controls.set(JAVA_LONG, control, CONTROL_MESSAGE_LENGTH);
        controls.set(JAVA_INT, control + CONTROL_LEVEL_OFFSET, IPPROTO_IP);
        controls.set(JAVA_INT, control + CONTROL_TYPE_OFFSET, IP_PKTINFO);
        controls.set(NETWORK_INT, control + CONTROL_SOURCE_OFFSET, source);
        header.set(JAVA_LONG, CONTROL_OFFSET, controls.address() + control);
        header.set(JAVA_LONG, CONTROL_LENGTH_OFFSET, CONTROL_SIZE);
    }

    /** The array from message {@code index} on, for the system call. */
    MemorySegment from(int index) {
        return headersFrom[index];
    }

    /** Octets received in message {@code index}. */
    int transferred(int index) {
        return headers.get(JAVA_INT, (long) index * HEADER_SIZE + TRANSFERRED_OFFSET);
    }

    /** Whether the datagram received in message {@code index} was longer than the slot. */
    boolean isTruncated(int index) {
        return (headers.get(JAVA_INT, (long) index * HEADER_SIZE + FLAGS_OFFSET) & MSG_TRUNC) != 0;
    }
}
