package dev.pptpd.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.gre.FlowControl;
import dev.pptpd.gre.GreConfiguration;
import dev.pptpd.mppe.ReferenceMppeEngine;
import dev.pptpd.session.CloseReason;
import dev.pptpd.session.CloseReason.Kind;
import org.junit.jupiter.api.Test;

/** A session whose send window is closed leaves its packets to the kernel's queue. */
final class FlowControlTest {
    private static final long NOW = TestDataPlane.NOW;
    private static final int PACKETS = 200;

    /** Half of the 64 that the peer takes. */
    private static final int FIRST_WINDOW = 32;

    private final TestDataPlane plane =
            new TestDataPlane(
                    new ReferenceMppeEngine(),
                    GreConfiguration.DEFAULT.withFlowControl(FlowControl.SLIDING_WINDOW));
    private final TunnelPeer peer = plane.up(1);

    private void fill() {
        peer.acknowledgeAll();
        plane.settle();
        for (int count = 0; count < PACKETS; count++) {
            plane.device(1).toRead.add(TestDataPlane.packet(1, 60));
        }
        plane.sessions.transmit(1, NOW);
    }

    @Test
    void readsNoMoreThanTheWindowAndStopsWatching() {
        fill();
        assertThat(peer.decrypted).hasSize(FIRST_WINDOW);
        assertThat(plane.device(1).toRead).hasSize(PACKETS - FIRST_WINDOW);
        assertThat(plane.watched).isEmpty();
    }

    @Test
    void watchesAgainWhenThePeerAcknowledges() {
        fill();
        peer.acknowledgeAll();
        plane.settle();
        assertThat(plane.watched).containsExactly(plane.device(1));
        plane.sessions.transmit(1, NOW);
        assertThat(peer.decrypted).hasSizeBetween(2 * FIRST_WINDOW, 2 * FIRST_WINDOW + 1);
        assertThat(plane.watched).isEmpty();
    }

    @Test
    void watchesAgainWhenThePeerSaysNothing() {
        fill();
        long untilTimeOut = plane.sessions.untilNextDeadline(NOW);
        assertThat(untilTimeOut).isBetween(1L, 4_000_000_000L);
        plane.sessions.expire(NOW + untilTimeOut);
        assertThat(plane.watched).containsExactly(plane.device(1));
        plane.sessions.transmit(1, NOW + untilTimeOut);
        assertThat(peer.decrypted.size()).isGreaterThan(FIRST_WINDOW);
    }

    @Test
    void letsControlFramesThroughAClosedWindow() {
        fill();
        int heard = peer.heard.size();
        peer.say(TunnelPeer.LCP, 9, "00000000");
        plane.settle();
        assertThat(peer.heard).hasSize(heard + 1);
        assertThat(plane.watched).isEmpty();
    }

    @Test
    void endsWhileItsDeviceWaits() {
        fill();
        plane.sessions.run(
                1,
                (session, now) ->
                        plane.sessions.end(session, CloseReason.of(Kind.PEER_CLEARED_CALL), now),
                NOW);
        assertThat(plane.ended).containsEntry(1, Kind.PEER_CLEARED_CALL);
        assertThat(plane.watched).isEmpty();
    }

    @Test
    void watchesAllTheTimeWithoutFlowControl() {
        TestDataPlane free = new TestDataPlane();
        TunnelPeer silent = free.up(1);
        for (int count = 0; count < PACKETS; count++) {
            free.device(1).toRead.add(TestDataPlane.packet(1, 60));
        }
        for (int turn = 0; turn < 4; turn++) {
            free.sessions.transmit(1, NOW);
        }
        free.sessions.flush(NOW);
        assertThat(silent.decrypted).hasSize(PACKETS);
        assertThat(free.watched).containsExactly(free.device(1));
    }
}
