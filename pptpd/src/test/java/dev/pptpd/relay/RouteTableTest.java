package dev.pptpd.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.management.ThreadMXBean;
import dev.pptpd.gre.GreHeader;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RouteTableTest {
    private static final int CLIENT_ADDRESS = 0x0A4D000A;
    private static final int SERVER_ADDRESS = 0x0A580002;
    private static final int STRANGER = 0x0A4D000B;
    private static final int SHOWN_TO_CLIENT = 7001;
    private static final int SHOWN_TO_SERVER = 7002;
    private static final int PACKETS = 200_000;

    private final RelayTraffic traffic = new RelayTraffic();
    private final RouteTable routes = new RouteTable();
    private final Route toServer =
            new Route(RelaySide.CLIENT, CLIENT_ADDRESS, SERVER_ADDRESS, 11, 500, traffic);
    private final Route toClient =
            new Route(RelaySide.SERVER, SERVER_ADDRESS, CLIENT_ADDRESS, 12, 0, traffic);
    private final ByteBuffer slot = ByteBuffer.allocateDirect(2048);

    RouteTableTest() {
        routes.open(SHOWN_TO_CLIENT, toServer);
        routes.open(SHOWN_TO_SERVER, toClient);
    }

    @Test
    void writesTheOtherEndsIdAndNothingElse() {
        ByteBuffer before = copy(packet(SHOWN_TO_CLIENT));
        assertThat(routes.rewrite(slot, CLIENT_ADDRESS)).containsSame(toServer);
        assertThat(slot).isEqualTo(before.putShort(before.position() + 6, (short) 500));

        before = copy(packet(SHOWN_TO_SERVER));
        assertThat(routes.rewrite(slot, SERVER_ADDRESS)).containsSame(toClient);
        assertThat(slot).isEqualTo(before.putShort(before.position() + 6, (short) 0));
        assertThat(traffic.packetsFrom(RelaySide.CLIENT)).isEqualTo(1);
        assertThat(traffic.octetsFrom(RelaySide.SERVER)).isEqualTo(slot.remaining());
    }

    /** V06: all call ids from a wrong source; no packet is passed on and nothing is counted. */
    @Test
    void dropsEveryCallIdFromElsewhere() {
        for (int callId = 0; callId <= 0xFFFF; callId++) {
            ByteBuffer before = copy(packet(callId));
            assertThat(routes.rewrite(slot, STRANGER)).isEmpty();
            assertThat(slot).isEqualTo(before);
        }
        assertThat(routes.rewrite(packet(SHOWN_TO_CLIENT), SERVER_ADDRESS)).isEmpty();
        assertThat(routes.rewrite(packet(SHOWN_TO_SERVER), CLIENT_ADDRESS)).isEmpty();
        assertThat(routes.wrongAddresses()).isEqualTo(4);
        assertThat(routes.unknownCallIds()).isEqualTo(0xFFFF + 1 - 2);
        assertThat(traffic.packetsFrom(RelaySide.CLIENT)).isZero();
        assertThat(traffic.packetsFrom(RelaySide.SERVER)).isZero();
    }

    @Test
    void dropsPacketsCutAtAnyLength() {
        int length = packet(SHOWN_TO_CLIENT).remaining();
        for (int cut = 0; cut < length; cut++) {
            packet(SHOWN_TO_CLIENT).limit(slot.position() + cut);
            assertThat(routes.rewrite(slot, CLIENT_ADDRESS)).isEmpty();
        }
        assertThat(routes.malformed()).isEqualTo(length);
    }

    @Test
    void passesNothingOnOnceClosed() {
        routes.close(SHOWN_TO_CLIENT);
        assertThat(routes.rewrite(packet(SHOWN_TO_CLIENT), CLIENT_ADDRESS)).isEmpty();
        assertThat(routes.isEmpty()).isFalse();
        routes.close(SHOWN_TO_SERVER);
        assertThat(routes.isEmpty()).isTrue();
        routes.open(SHOWN_TO_CLIENT, toServer);
        assertThat(routes.rewrite(packet(SHOWN_TO_CLIENT), CLIENT_ADDRESS)).isPresent();
    }

    @Test
    void refusesAnIdThatIsInUse() {
        assertThatIllegalStateException().isThrownBy(() -> routes.open(SHOWN_TO_CLIENT, toClient));
    }

    @Test
    void allocatesNothingPerPacket() {
        run(PACKETS);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        run(PACKETS);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(PACKETS);
        assertThat(traffic.packetsFrom(RelaySide.CLIENT)).isEqualTo(2L * PACKETS);
        assertThat(routes.wrongAddresses()).isEqualTo(2L * PACKETS);
    }

    private void run(int packets) {
        for (int count = 0; count < packets; count++) {
            Optional<Route> passed = routes.rewrite(packet(SHOWN_TO_CLIENT), CLIENT_ADDRESS);
            Optional<Route> dropped = routes.rewrite(packet(SHOWN_TO_CLIENT), STRANGER);
            if (passed.isEmpty() || dropped.isPresent()) {
                throw new AssertionError();
            }
        }
    }

    /** Sequence number, acknowledgment, some payload, at an odd place as behind IP options. */
    private ByteBuffer packet(int callId) {
        slot.clear().position(64).limit(64 + 101);
        GreHeader.encodeData(slot, callId, 0xFEDCBA98, 5);
        return slot;
    }

    private static ByteBuffer copy(ByteBuffer packet) {
        ByteBuffer copy = ByteBuffer.allocate(packet.remaining());
        return copy.put(packet.duplicate()).flip();
    }
}
