package dev.pptpd.ppp.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.pptpd.mppe.MppeDecryptor;
import dev.pptpd.mppe.MppeEncryptor;
import dev.pptpd.mppe.MppeEngine;
import dev.pptpd.mppe.MppeVerdict;
import dev.pptpd.mppe.ReferenceMppeEngine;
import dev.pptpd.ppp.ccp.MppePolicy;
import dev.pptpd.ppp.frame.PppFrame;
import dev.pptpd.ppp.frame.PppProtocol;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** The path of data frames by the JVM's own counter of what a thread allocates. */
final class PppLinkAllocationTest {
    private static final int WARM_UP_FRAMES = 20_000;
    private static final int FRAMES = 200_000;
    private static final int PACKET_OCTETS = 64;

    private final ScriptedPeer peer = new ScriptedPeer(MppePolicy.REQUIRE);
    private final MppeEngine engine = new ReferenceMppeEngine();
    private final MppeEncryptor[] encryptor = new MppeEncryptor[1];
    private final MppeDecryptor[] decryptor = new MppeDecryptor[1];
    private final MppeVerdict[] verdict = new MppeVerdict[1];
    private final ByteBuffer[] frame = {
        ByteBuffer.allocateDirect(PppLink.HEADROOM_OCTETS + PACKET_OCTETS)
    };

    @Test
    void allocatesLessThanOneBytePerFrameEachWay() {
        peer.comeUp();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        assertThat(exchange(WARM_UP_FRAMES)).isEqualTo(WARM_UP_FRAMES);
        long before = threads.getCurrentThreadAllocatedBytes();
        int carried = exchange(FRAMES);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(carried).isEqualTo(FRAMES);
        assertThat(allocated).isBetween(0L, FRAMES - 1L);
    }

    /** Frames that went the whole way in both directions. */
    private int exchange(int frames) {
        for (int n = 0; n < frames; n++) {
            if (!sends() || !receives()) {
                return n;
            }
        }
        return frames;
    }

    private boolean sends() {
        packet();
        if (peer.link.prepare(frame[0]) != SendVerdict.ENCRYPT) {
            return false;
        }
        encryptor[0] = peer.link.encryptor();
        engine.encrypt(encryptor, frame, 1);
        peer.link.completeEncrypted(frame[0]);
        return frame[0].position() == PppLink.HEADROOM_OCTETS - 5;
    }

    private boolean receives() {
        ByteBuffer packet = packet();
        PppFrame.prependHeader(packet, PppProtocol.IPV4, false, true);
        peer.encrypt(frame);
        PppFrame.prependHeader(packet, PppProtocol.COMPRESSED, true, true);
        if (peer.link.receive(packet, peer.nowNanos()) != FrameVerdict.ENCRYPTED) {
            return false;
        }
        decryptor[0] = peer.link.decryptor();
        engine.decrypt(decryptor, frame, verdict, 1, peer.nowNanos());
        return peer.link.decrypted(packet, verdict[0], peer.nowNanos()) == FrameVerdict.IPV4;
    }

    private ByteBuffer packet() {
        ByteBuffer buffer = frame[0].clear().position(PppLink.HEADROOM_OCTETS);
        return buffer.put(PppLink.HEADROOM_OCTETS, (byte) 0x45);
    }
}
