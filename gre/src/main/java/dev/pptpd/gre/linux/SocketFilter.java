package dev.pptpd.gre.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A classic BPF program by which the kernel decides what a socket hears. It sees a packet from the
 * IP header on; one too short to tell is dropped.
 */
public final class SocketFilter {
    // Specification: <linux/filter.h>, <linux/if_packet.h>
    private static final int LOAD_OCTET = 0x30;
    private static final int LOAD_HALF_AT_X = 0x48;
    private static final int LOAD_X_WITH_IP_HEADER_LENGTH = 0xb1;
    private static final int AND = 0x54;
    private static final int JUMP_IF_EQUAL = 0x15;
    private static final int RETURN = 0x06;
    private static final int PACKET_TYPE = -0x1000 + 4;
    private static final int PACKET_BROADCAST = 1;
    private static final int PACKET_MULTICAST = 2;
    private static final int SOL_SOCKET = 1;
    private static final int SO_ATTACH_FILTER = 26;
    private static final int INSTRUCTION_SIZE = 8;
    private static final int PROGRAM_SIZE = 16;
    private static final int PROGRAM_INSTRUCTIONS_OFFSET = 8;

    // Specification: RFC 791 section 3.1, offsets of RFC 2637 section 4.1
    private static final int IP_PROTOCOL_OFFSET = 9;
    private static final int UDP = 17;
    private static final int FLAGS_OFFSET = 0;
    private static final int PROTOCOL_TYPE_OFFSET = 2;
    private static final int CALL_ID_OFFSET = 6;
    private static final int VERSION_MASK = 0x7;
    private static final int ENHANCED_GRE_VERSION = 1;
    private static final int PPP_PROTOCOL_TYPE = 0x880B;
    private static final int WHOLE_PACKET = 0xFFFF;

    private final Instruction[] program;

    private SocketFilter(Instruction... program) {
        this.program = program;
    }

    /**
     * The filter of one worker: enhanced GRE of the calls that belong to it, and nothing else.
     * Every raw socket of the host sees every GRE packet; this keeps other tunnels' packets out of
     * ours. A packet passes when its GRE version is 1, its protocol type 880B and its Call ID
     * modulo the number of workers is this worker's index.
     *
     * @spec https://www.rfc-editor.org/rfc/rfc2637#section-4.1 RFC 2637 section 4.1
     * @param index this worker, 0 to {@code workers - 1}
     * @param workers number of workers, a power of two
     */
    public static SocketFilter forWorker(int index, int workers) {
        if (Integer.bitCount(workers) != 1 || workers > 0x10000) {
            throw new IllegalArgumentException("workers must be a power of two: " + workers);
        }
        if (index < 0 || index >= workers) {
            throw new IllegalArgumentException("worker " + index + " of " + workers);
        }
        return new SocketFilter(
                new Instruction(LOAD_X_WITH_IP_HEADER_LENGTH, 0, 0, 0),
                new Instruction(LOAD_HALF_AT_X, 0, 0, FLAGS_OFFSET),
                new Instruction(AND, 0, 0, VERSION_MASK),
                new Instruction(JUMP_IF_EQUAL, 0, 6, ENHANCED_GRE_VERSION),
                new Instruction(LOAD_HALF_AT_X, 0, 0, PROTOCOL_TYPE_OFFSET),
                new Instruction(JUMP_IF_EQUAL, 0, 4, PPP_PROTOCOL_TYPE),
                new Instruction(LOAD_HALF_AT_X, 0, 0, CALL_ID_OFFSET),
                new Instruction(AND, 0, 0, workers - 1),
                new Instruction(JUMP_IF_EQUAL, 0, 1, index),
                new Instruction(RETURN, 0, 0, WHOLE_PACKET),
                new Instruction(RETURN, 0, 0, 0));
    }

    /**
     * For a packet socket: UDP over IPv4 that the network's hardware delivered to everybody or to a
     * group, and nothing that this host sent itself.
     */
    public static SocketFilter forBroadcasts() {
        return new SocketFilter(
                new Instruction(LOAD_OCTET, 0, 0, PACKET_TYPE),
                new Instruction(JUMP_IF_EQUAL, 1, 0, PACKET_BROADCAST),
                new Instruction(JUMP_IF_EQUAL, 0, 3, PACKET_MULTICAST),
                new Instruction(LOAD_OCTET, 0, 0, IP_PROTOCOL_OFFSET),
                new Instruction(JUMP_IF_EQUAL, 0, 1, UDP),
                new Instruction(RETURN, 0, 0, WHOLE_PACKET),
                new Instruction(RETURN, 0, 0, 0));
    }

    /** Lets a socket hear only what the program passes. */
    public void attachTo(int fd) throws ErrnoException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment instructions =
                    arena.allocate((long) program.length * INSTRUCTION_SIZE, Long.BYTES);
            for (int index = 0; index < program.length; index++) {
                Instruction instruction = program[index];
                long offset = (long) index * INSTRUCTION_SIZE;
                instructions.set(JAVA_SHORT, offset, (short) instruction.code());
                instructions.set(JAVA_BYTE, offset + 2, (byte) instruction.ifTrue());
                instructions.set(JAVA_BYTE, offset + 3, (byte) instruction.ifFalse());
                instructions.set(JAVA_INT, offset + 4, instruction.operand());
            }
            MemorySegment header = arena.allocate(PROGRAM_SIZE, Long.BYTES);
            header.set(JAVA_SHORT, 0, (short) program.length);
            header.set(ADDRESS, PROGRAM_INSTRUCTIONS_OFFSET, instructions);
            int result = Libc.setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, header, PROGRAM_SIZE);
            ErrnoException.check(result, "setsockopt(SO_ATTACH_FILTER)", "socket filter");
        }
    }

    /** Number of instructions. */
    int length() {
        return program.length;
    }

    Instruction instruction(int index) {
        return program[index];
    }

    /**
     * One struct sock_filter.
     *
     * @param code operation
     * @param ifTrue instructions to skip when a jump's condition holds, 0 to 255
     * @param ifFalse instructions to skip when it does not, 0 to 255
     * @param operand the constant k
     */
    record Instruction(int code, int ifTrue, int ifFalse, int operand) {}
}
