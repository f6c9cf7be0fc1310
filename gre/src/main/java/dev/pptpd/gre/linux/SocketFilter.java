package dev.pptpd.gre.linux;

/**
 * The classic BPF program of a worker's raw socket: enhanced GRE of the calls that belong to this
 * worker, and nothing else. Every raw socket of the host sees every GRE packet; this keeps other
 * tunnels' packets out of ours.
 *
 * <p>A packet passes when its GRE version is 1, its protocol type 880B and its Call ID modulo the
 * number of workers is this worker's index. A packet too short to tell is dropped. The program sees
 * the packet from the IP header on.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-4.1 RFC 2637 section 4.1
 */
public final class SocketFilter {
    // Specification: <linux/filter.h>, offsets of RFC 2637 section 4.1
    private static final int LOAD_HALF_AT_X = 0x48;
    private static final int LOAD_X_WITH_IP_HEADER_LENGTH = 0xb1;
    private static final int AND = 0x54;
    private static final int JUMP_IF_EQUAL = 0x15;
    private static final int RETURN = 0x06;
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
     * The filter of one worker.
     *
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
