package dev.pptpd.gre.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs the program on a machine of its own, written from the kernel's documentation of classic BPF.
 */
class SocketFilterTest {
    private static final int BROADCAST = 1;
    private static final int MULTICAST = 2;
    private static final int PLAIN_IP_HEADER = 20;
    private static final int LONGEST_IP_HEADER = 60;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void givesEveryCallIdToExactlyOneWorker(int workers) {
        for (int callId = 0; callId <= 0xFFFF; callId++) {
            byte[] packet = packet(PLAIN_IP_HEADER, 0x3001, 0x880B, callId);
            int takers = 0;
            for (int index = 0; index < workers; index++) {
                boolean taken = accepts(SocketFilter.forWorker(index, workers), packet);
                assertThat(taken).isEqualTo(callId % workers == index);
                takers += taken ? 1 : 0;
            }
            assertThat(takers).isEqualTo(1);
        }
    }

    @Test
    void findsTheCallIdBehindIpOptions() {
        for (int header = PLAIN_IP_HEADER; header <= LONGEST_IP_HEADER; header += 4) {
            byte[] packet = packet(header, 0x3081, 0x880B, 6);

            assertThat(accepts(SocketFilter.forWorker(2, 4), packet)).isTrue();
            assertThat(accepts(SocketFilter.forWorker(0, 4), packet)).isFalse();
        }
    }

    @Test
    void passesVersionOneOnlyWhateverTheOtherFlags() {
        for (int flags = 0; flags <= 0xFFFF; flags++) {
            byte[] packet = packet(PLAIN_IP_HEADER, flags, 0x880B, 1);

            assertThat(accepts(SocketFilter.forWorker(0, 1), packet)).isEqualTo((flags & 7) == 1);
        }
    }

    @Test
    void passesPppOnly() {
        for (int protocol = 0; protocol <= 0xFFFF; protocol++) {
            byte[] packet = packet(PLAIN_IP_HEADER, 0x3001, protocol, 1);

            assertThat(accepts(SocketFilter.forWorker(0, 1), packet)).isEqualTo(protocol == 0x880B);
        }
    }

    @Test
    void dropsPacketsThatEndBeforeTheCallId() {
        byte[] whole = packet(PLAIN_IP_HEADER, 0x3001, 0x880B, 1);
        for (int length = 1; length < PLAIN_IP_HEADER + 8; length++) {
            byte[] cut = ByteBuffer.allocate(length).put(whole, 0, length).array();

            assertThat(accepts(SocketFilter.forWorker(0, 1), cut))
                    .as("length %d", length)
                    .isFalse();
        }
        assertThat(accepts(SocketFilter.forWorker(0, 1), whole)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 3, 6, 0x20000})
    void refusesAnUnevenShare(int workers) {
        assertThatIllegalArgumentException().isThrownBy(() -> SocketFilter.forWorker(0, workers));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 4, 5})
    void refusesAWorkerThatIsNotThere(int index) {
        assertThatIllegalArgumentException().isThrownBy(() -> SocketFilter.forWorker(index, 4));
    }

    private static byte[] packet(int ipHeaderLength, int flags, int protocol, int callId) {
        ByteBuffer packet = ByteBuffer.allocate(ipHeaderLength + 8);
        packet.put((byte) (0x40 | ipHeaderLength / 4)).position(ipHeaderLength);
        packet.putShort((short) flags).putShort((short) protocol).putShort((short) 0);
        return packet.putShort((short) callId).array();
    }

    @Test
    void hearsUdpThatEverybodyGetsAndNothingElse() {
        SocketFilter filter = SocketFilter.forBroadcasts();
        for (int type = 0; type < 8; type++) {
            for (int protocol = 0; protocol <= 0xFF; protocol++) {
                byte[] packet = new byte[PLAIN_IP_HEADER];
                packet[9] = (byte) protocol;
                boolean isForAll = type == BROADCAST || type == MULTICAST;
                assertThat(accepts(filter, packet, type)).isEqualTo(isForAll && protocol == 17);
            }
        }
        assertThat(accepts(filter, new byte[9], BROADCAST)).isFalse();
    }

    private static boolean accepts(SocketFilter filter, byte[] packet) {
        return accepts(filter, packet, 0);
    }

    private static boolean accepts(SocketFilter filter, byte[] packet, int packetType) {
        ByteBuffer octets = ByteBuffer.wrap(packet);
        int accumulator = 0;
        int x = 0;
        for (int next = 0; next < filter.length(); next++) {
            SocketFilter.Instruction instruction = filter.instruction(next);
            int operand = instruction.operand();
            switch (instruction.code()) {
                case 0x00 | 0x10 | 0x20 -> { // BPF_LD | BPF_B | BPF_ABS
                    if (operand >= packet.length) {
                        return false;
                    }
                    // SKF_AD_OFF + SKF_AD_PKTTYPE
                    accumulator = operand == -0x1000 + 4 ? packetType : packet[operand] & 0xFF;
                }
                case 0x00 | 0x08 | 0x40 -> { // BPF_LD | BPF_H | BPF_IND
                    if (x + operand + Short.BYTES > packet.length) {
                        return false;
                    }
                    accumulator = octets.getShort(x + operand) & 0xFFFF;
                }
                case 0x01 | 0x10 | 0xa0 -> { // BPF_LDX | BPF_B | BPF_MSH
                    if (operand >= packet.length) {
                        return false;
                    }
                    x = 4 * (packet[operand] & 0xF);
                }
                case 0x04 | 0x50 -> accumulator &= operand; // BPF_ALU | BPF_AND
                case 0x05 | 0x10 -> // BPF_JMP | BPF_JEQ
                        next +=
                                accumulator == operand
                                        ? instruction.ifTrue()
                                        : instruction.ifFalse();
                case 0x06 -> { // BPF_RET
                    return operand != 0;
                }
                default -> throw new AssertionError("unknown instruction " + instruction);
            }
        }
        throw new AssertionError("the program ran off its end");
    }
}
