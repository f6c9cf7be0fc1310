package dev.pptpd.mppe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The packet path by the JVM's own counter of what a thread allocates. */
@ParameterizedClass
@MethodSource("dev.pptpd.mppe.TestEngines#all")
final class MppeAllocationTest {
    private static final int WARM_UP_PACKETS = 20_000;
    private static final int PACKETS = 200_000;
    private static final int INFORMATION_OCTETS = 64;

    private final MppeEngine engine;
    private final MppeEncryptor[] encryptor = new MppeEncryptor[1];
    private final MppeDecryptor[] decryptor = new MppeDecryptor[1];
    private final MppeVerdict[] verdict = new MppeVerdict[1];
    private final ByteBuffer[] frame = {ByteBuffer.allocateDirect(4 + INFORMATION_OCTETS)};

    MppeAllocationTest(Supplier<MppeEngine> maker) {
        engine = maker.get();
        MppeMode mode = MppeMode.stateless(MppeStrength.BITS_128);
        encryptor[0] = engine.encryptor(mode, new byte[16]);
        decryptor[0] = engine.decryptor(mode, new byte[16], 1500);
    }

    @Test
    void allocatesLessThanOneBytePerPacket() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        exchange(WARM_UP_PACKETS);
        long before = threads.getCurrentThreadAllocatedBytes();
        int decrypted = exchange(PACKETS);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(decrypted).isEqualTo(PACKETS);
        assertThat(allocated).isBetween(0L, PACKETS - 1L);
    }

    /** Every tenth packet after the first is lost, so that keys are skipped as well. */
    private int exchange(int packets) {
        int decrypted = 0;
        long nowNanos = 0;
        while (decrypted < packets) {
            send();
            if (decrypted % 10 == 9) {
                send();
            }
            nowNanos += 1_000_000;
            engine.decrypt(decryptor, frame, verdict, 1, nowNanos);
            if (verdict[0] != MppeVerdict.DECRYPTED) {
                return decrypted;
            }
            decrypted++;
        }
        return decrypted;
    }

    private void send() {
        ByteBuffer buffer = frame[0].clear().position(MppeEngine.HEADER_OCTETS);
        buffer.putInt(MppeEngine.HEADER_OCTETS, 0x0021_4500);
        engine.encrypt(encryptor, frame, 1);
    }
}
