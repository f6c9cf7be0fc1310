package dev.pptpd.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.pptpd.mppe.MppeDecryptor;
import dev.pptpd.mppe.MppeEncryptor;
import dev.pptpd.mppe.MppeEngine;
import dev.pptpd.mppe.MppeMode;
import dev.pptpd.mppe.MppeVerdict;
import dev.pptpd.mppe.ReferenceMppeEngine;
import dev.pptpd.session.CloseReason;
import dev.pptpd.session.CloseReason.Kind;
import dev.pptpd.session.InnerSources;
import dev.pptpd.session.StrayPackets;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Whole sessions over peers in memory: what passes, what is dropped, and what one fault ends. */
final class SessionsTest {
    private static final long NOW = TestDataPlane.NOW;

    private final BreakableEngine engine = new BreakableEngine();
    private final TestDataPlane plane = new TestDataPlane(engine);
    private final TunnelPeer peer = plane.up(1);

    @Test
    void carriesPacketsBothWaysWhenItIsUp() {
        byte[] out = TestDataPlane.packet(1, 100);
        plane.device(1).toRead.add(out);
        plane.sessions.transmit(1, NOW);
        plane.sessions.flush(NOW);
        peer.sayEncrypted(out);
        plane.settle();
        assertThat(peer.decrypted).containsExactly(out);
        assertThat(plane.device(1).written).containsExactly(out);
    }

    @Test
    void tellsTheAddressesAndTheLargestPacketWhenItIsUp() {
        assertThat(plane.ups)
                .singleElement()
                .satisfies(up -> {
                    assertThat(up.callId()).isEqualTo(1);
                    assertThat(up.assignment().local()).hasToString("10.99.0.1");
                    assertThat(up.assignment().peer()).hasToString("10.99.0.2");
                    assertThat(up.mtuBytes()).isPositive();
                });
    }

    /** The key is wiped when encryption begins anew, and zeros are no key. */
    @Test
    void encryptsWhatWaitsBeforeAControlFrameTakesItsKey() {
        byte[] packet = TestDataPlane.packet(1, 100);
        plane.device(1).toRead.add(packet);
        plane.sessions.transmit(1, NOW);
        peer.renewEncryption();
        plane.settle();
        assertThat(peer.decrypted).containsExactly(packet);
    }

    @Test
    void encryptsWhatWaitsBeforeAnEndTakesItsKey() {
        byte[] packet = TestDataPlane.packet(1, 100);
        plane.device(1).toRead.add(packet);
        plane.sessions.transmit(1, NOW);
        drop(1);
        assertThat(peer.decrypted).containsExactly(packet);
    }

    @Test
    void touchesNothingOfASessionThatEndedInTheMiddleOfABatch() {
        plane.device(1).onWrite =
                () -> {
                    throw new IllegalStateException("descriptor is closed");
                };
        for (int count = 0; count < 3; count++) {
            peer.sayEncrypted(TestDataPlane.packet(1, 60));
        }
        plane.deliver(peer);
        assertThat(plane.device(1).written).hasSize(1);
        assertThat(plane.ended).containsEntry(1, Kind.INTERNAL_ERROR);
    }

    @Test
    void deliversThePacketBehindAForgedOneOfItsNumber_A17() {
        byte[] packet = TestDataPlane.packet(1, 60);
        for (int count = 0; count < 5; count++) {
            peer.forgeEncrypted();
            peer.sayEncrypted(packet);
        }
        plane.deliver(peer);
        assertThat(plane.device(1).written).hasSize(5).containsOnly(packet);
    }

    @Test
    void endsOnlyTheSessionWhosePacketsBreakTheEngine() {
        TunnelPeer other = plane.up(2);
        int heard = other.heard.size();
        plane.device(1).toRead.add(TestDataPlane.packet(1, 100));
        other.say(TunnelPeer.LCP, 9, "00000000");
        plane.sessions.transmit(1, NOW);
        engine.broken = true;
        plane.settle();
        assertThat(plane.ended).containsOnlyKeys(1);
        assertThat(peer.decrypted).as("never in clear text").isEmpty();
        assertThat(other.heard).hasSize(heard + 1);
    }

    @Test
    void endsTheSessionWhoseFramesBreakTheEngine() {
        peer.sayEncrypted(TestDataPlane.packet(1, 60));
        engine.broken = true;
        plane.settle();
        assertThat(plane.ended).containsEntry(1, Kind.INTERNAL_ERROR);
    }

    @Test
    void survivesAControlSideThatThrows() {
        plane.onEnded =
                () -> {
                    throw new IllegalStateException("queue is gone");
                };
        assertThatCode(() -> drop(1)).doesNotThrowAnyException();
        plane.up(3);
        assertThat(plane.ended).containsOnlyKeys(1);
    }

    @Test
    void survivesACallIdThatIsInUse() {
        assertThatCode(() -> plane.open(1)).doesNotThrowAnyException();
        assertThat(plane.ended).containsEntry(1, Kind.INTERNAL_ERROR);
    }

    @Test
    void leavesADeviceThatNeverRunsDryAfterItsBudget() {
        for (int count = 0; count < 1_000; count++) {
            plane.device(1).toRead.add(TestDataPlane.packet(1, 60));
        }
        plane.sessions.transmit(1, NOW);
        plane.sessions.flush(NOW);
        assertThat(peer.decrypted).hasSize(64);
    }

    /** One that finds nothing costs as much as one that finds a short packet. */
    @Test
    void readsOnceWhereOnePacketAtATimeComes() {
        for (int count = 0; count < 10; count++) {
            plane.device(1).toRead.add(TestDataPlane.packet(1, 60));
            plane.sessions.transmit(1, NOW);
            plane.sessions.flush(NOW);
            // Others have their turns, and this one has nothing.
            plane.sessions.flush(NOW);
        }
        assertThat(peer.decrypted).hasSize(10);
        assertThat(plane.device(1).reads).isEqualTo(11);
    }

    /** More than one has come meanwhile: the second turn takes all that is left. */
    @Test
    void readsOnAfterASinglePacketWhenTheDeviceIsReadyAgainAtOnce() {
        transmitOf(1);
        plane.sessions.flush(NOW);
        transmitOf(20);
        assertThat(plane.device(1).toRead).hasSize(19);
        transmitOf(0);
        assertThat(plane.device(1).toRead).isEmpty();
        assertThat(peer.decrypted).hasSize(21);
    }

    private void transmitOf(int packets) {
        for (int count = 0; count < packets; count++) {
            plane.device(1).toRead.add(TestDataPlane.packet(1, 60));
        }
        plane.sessions.transmit(1, NOW);
        plane.sessions.flush(NOW);
    }

    @Test
    void dropsIpv6AndWhatThePeerDoesNotTake() {
        byte[] ipv6 = new byte[60];
        ipv6[0] = 0x60;
        plane.device(1).toRead.add(ipv6);
        plane.device(1).toRead.add(TestDataPlane.packet(1, 2_048));
        plane.device(1).toRead.add(TestDataPlane.packet(1, 60));
        plane.sessions.transmit(1, NOW);
        plane.sessions.flush(NOW);
        assertThat(peer.decrypted).containsExactly(TestDataPlane.packet(1, 60));
    }

    @Test
    void endsASessionWhoseDeviceIsGone() {
        plane.device(1).whenEmpty = -77;
        plane.sessions.transmit(1, NOW);
        assertThat(plane.ended).containsEntry(1, Kind.DEVICE_FAILED);
        int reads = plane.device(1).reads;
        plane.sessions.transmit(1, NOW);
        assertThat(plane.device(1).reads).isEqualTo(reads);
    }

    @Test
    void deliversNoPacketWithAnotherSource() {
        peer.sayEncrypted(TestDataPlane.packet(2, 60));
        plane.settle();
        assertThat(plane.device(1).written).isEmpty();
        assertThat(plane.sessions.receiver().counters(0, 0).refusedInnerPackets()).isOne();
    }

    @Test
    void sendsNoGreOfItsOwnThroughTheTunnelAgain_A38() {
        byte[] own = TestDataPlane.packet(1, 60);
        own[9] = 47;
        System.arraycopy(new byte[] {10, 77, 0, 10}, 0, own, 16, 4);
        byte[] stub = {0x45};
        plane.device(1).toRead.add(own);
        plane.device(1).toRead.add(stub);
        plane.device(1).toRead.add(TestDataPlane.packet(1, 60));
        plane.sessions.transmit(1, NOW);
        plane.sessions.flush(NOW);
        assertThat(peer.decrypted).containsExactly(TestDataPlane.packet(1, 60));
    }

    @Test
    void takesOtherSourcesForADeviceThatItHas() {
        plane.sessions.run(
                1,
                (session, now) ->
                        plane.sessions.attach(session, plane.device(1), InnerSources.any(), now),
                NOW);
        peer.sayEncrypted(TestDataPlane.packet(2, 60));
        plane.settle();
        assertThat(plane.device(1).written).containsExactly(TestDataPlane.packet(2, 60));
    }

    @Test
    void notesWhatBelongsToNobodyAndMovesNoState_A10() {
        byte[] packet = TestDataPlane.packet(1, 60);
        plane.receiveStray(9, TestDataPlane.CLIENT, packet);
        plane.receiveStray(1, TestDataPlane.STRANGER, packet);
        assertThat(plane.strays.from(TestDataPlane.CLIENT))
                .contains(new StrayPackets.Stray(TestDataPlane.CLIENT, 9, 1));
        assertThat(plane.strays.withCallId(1))
                .contains(new StrayPackets.Stray(TestDataPlane.STRANGER, 1, 1));
        assertThat(plane.device(1).written).isEmpty();
    }

    private void drop(int callId) {
        plane.sessions.run(
                callId,
                (session, now) ->
                        plane.sessions.end(session, CloseReason.of(Kind.PEER_CLEARED_CALL), now),
                NOW);
    }

    /** An engine that fails from a moment on, before it has touched anything. */
    private static final class BreakableEngine implements MppeEngine {
        private final MppeEngine engine = new ReferenceMppeEngine();
        private boolean broken;

        @Override
        public MppeEncryptor encryptor(MppeMode mode, byte[] startKey) {
            return engine.encryptor(mode, startKey);
        }

        @Override
        public MppeDecryptor decryptor(MppeMode mode, byte[] startKey, int mruBytes) {
            return engine.decryptor(mode, startKey, mruBytes);
        }

        @Override
        public void encrypt(MppeEncryptor[] states, ByteBuffer[] frames, int count) {
            breakIfDue(count);
            engine.encrypt(states, frames, count);
        }

        @Override
        public void decrypt(
                MppeDecryptor[] states,
                ByteBuffer[] frames,
                MppeVerdict[] verdicts,
                int count,
                long nowNanos) {
            breakIfDue(count);
            engine.decrypt(states, frames, verdicts, count, nowNanos);
        }

        private void breakIfDue(int count) {
            if (broken && count > 0) {
                throw new IllegalStateException("a mistake of ours");
            }
        }
    }
}
