package dev.pptpd.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * Memory for packets that system calls read and write. A buffer of an arena has its scope with it;
 * for one of {@link ByteBuffer#allocateDirect} each call would make an object.
 */
public final class PacketMemory {
    private PacketMemory() {}

    /** A direct big-endian buffer, which lives as long as somebody has it. */
    public static ByteBuffer allocate(int octets) {
        return Arena.ofAuto().allocate(octets, Long.BYTES).asByteBuffer();
    }

    /** Where the octet at the position of a direct buffer is. */
    static long address(ByteBuffer buffer) {
        return MemorySegment.ofBuffer(buffer).address();
    }
}
