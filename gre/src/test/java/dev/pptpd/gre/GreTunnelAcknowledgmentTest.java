package dev.pptpd.gre;

import static dev.pptpd.gre.TunnelReader.MILLISECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class GreTunnelAcknowledgmentTest {
    private final TunnelReader reader = new TunnelReader();
    private final GreTunnel tunnel = reader.tunnel;

    @Test
    void numbersWhatItSendsFromZero() {
        for (int number = 0; number < 3; number++) {
            ByteBuffer frame = send(number);
            assertThat(GreHeader.decode(frame)).isEqualTo(GreHeaderVerdict.VALID);
            assertThat(GreHeader.callId(frame)).isEqualTo(0xABCD);
            assertThat(GreHeader.sequenceNumber(frame)).isEqualTo(number);
            assertThat(GreHeader.hasAcknowledgment(frame)).isFalse();
            assertThat(frame.getInt(frame.position() + 12)).isEqualTo(number);
        }
    }

    @Test
    void letsAnAcknowledgmentRideOnce() {
        reader.read(41);
        reader.read(42);
        ByteBuffer first = send(1);
        assertThat(GreHeader.acknowledgmentNumber(first)).isEqualTo(42);
        assertThat(GreHeader.headerOctets(first)).isEqualTo(16);
        assertThat(GreHeader.hasAcknowledgment(send(2))).isFalse();
        assertThat(tunnel.nextDeadlineNanos()).isEqualTo(GreTunnel.NO_DEADLINE);
        assertThat(tunnel.counters().acknowledgmentsSent()).isEqualTo(1);
    }

    @Test
    void acknowledgesAloneAfterTheDelayOfTheFirstPacket() {
        reader.now = 5 * MILLISECOND;
        assertThat(tunnel.nextDeadlineNanos()).isEqualTo(GreTunnel.NO_DEADLINE);
        reader.read(0);
        reader.advance(20 * MILLISECOND);
        reader.read(1);
        assertThat(tunnel.nextDeadlineNanos()).isEqualTo(65 * MILLISECOND);
        assertThat(tunnel.isAcknowledgmentDue(65 * MILLISECOND - 1)).isFalse();
        assertThat(tunnel.isAcknowledgmentDue(65 * MILLISECOND)).isTrue();
        ByteBuffer slot = ByteBuffer.allocate(64).position(16);
        tunnel.encapsulateAcknowledgment(slot);
        assertThat(GreHeader.decode(slot)).isEqualTo(GreHeaderVerdict.VALID);
        assertThat(GreHeader.hasSequence(slot)).isFalse();
        assertThat(GreHeader.acknowledgmentNumber(slot)).isEqualTo(1);
        assertThat(slot.remaining()).isEqualTo(12);
        assertThat(tunnel.isAcknowledgmentDue(65 * MILLISECOND)).isFalse();
        assertThat(tunnel.nextDeadlineNanos()).isEqualTo(GreTunnel.NO_DEADLINE);
        // The acknowledgment used up no number.
        assertThat(GreHeader.sequenceNumber(send(0))).isZero();
    }

    /** A window of 64 is what peers are told: a sender that counts must never meet its end. */
    @Test
    void acknowledgesAtOnceAfterHalfOfTheWindow() {
        for (int number = 0; number < 31; number++) {
            reader.read(number);
            assertThat(tunnel.isAcknowledgmentDue(reader.now)).isFalse();
        }
        reader.read(31);
        assertThat(tunnel.nextDeadlineNanos()).isEqualTo(reader.now);
        // The rest of the batch is covered by the same acknowledgment.
        reader.read(32);
        reader.read(33);
        assertThat(tunnel.isAcknowledgmentDue(reader.now)).isTrue();
        tunnel.encapsulateAcknowledgment(ByteBuffer.allocate(64).position(16));
        assertThat(tunnel.nextDeadlineNanos()).isEqualTo(GreTunnel.NO_DEADLINE);
        reader.read(34);
        assertThat(tunnel.nextDeadlineNanos()).isEqualTo(60 * MILLISECOND);
    }

    @Test
    void letsAFullCountRideOnData() {
        for (int number = 0; number < 40; number++) {
            reader.read(number);
        }
        assertThat(GreHeader.acknowledgmentNumber(send(0))).isEqualTo(39);
        assertThat(tunnel.nextDeadlineNanos()).isEqualTo(GreTunnel.NO_DEADLINE);
    }

    @Test
    void acknowledgesHeldFramesOnceTheyAreHandedOut() {
        TunnelReader patient =
                new TunnelReader(
                        new GreConfiguration(
                                64,
                                GreConfiguration.HoldLimits.fixed(200 * MILLISECOND),
                                GreConfiguration.AcknowledgmentPolicy.DEFAULT,
                                FlowControl.NONE),
                        HoldPool.ofDirectMemory(64, 128, 16));
        patient.read(0);
        ByteBuffer slot = ByteBuffer.allocate(64).position(16);
        patient.tunnel.encapsulateAcknowledgment(slot);
        patient.read(2);
        assertThat(patient.tunnel.nextDeadlineNanos()).isEqualTo(200 * MILLISECOND);
        patient.advance(200 * MILLISECOND);
        assertThat(patient.tunnel.nextDeadlineNanos()).isEqualTo(260 * MILLISECOND);
        patient.advance(60 * MILLISECOND);
        assertThat(patient.tunnel.isAcknowledgmentDue(patient.now)).isTrue();
    }

    @Test
    void sendsNoAcknowledgmentBeforeAnythingCame() {
        for (int count = 0; count < 5; count++) {
            assertThat(GreHeader.hasAcknowledgment(send(count))).isFalse();
        }
        // As Cisco says "nothing yet"; neither is it an answer to us, nor is one owed for it.
        reader.read(Packets.acknowledgment(0xFFFFFFFF));
        assertThat(tunnel.unacknowledgedPackets()).isEqualTo(5);
        assertThat(tunnel.counters().acknowledgmentsIgnored()).isZero();
        assertThat(tunnel.nextDeadlineNanos()).isEqualTo(GreTunnel.NO_DEADLINE);
        reader.read(Packets.dataWithAcknowledgment(1, 0xFFFFFFFF));
        assertThat(reader.contents).containsExactly(1);
        assertThat(tunnel.unacknowledgedPackets()).isEqualTo(5);
    }

    /** A forger gets no answers out of us. */
    @Test
    void owesNothingForJumpsThatWereNotAccepted_A17() {
        reader.read(0);
        send(0);
        for (int count = 0; count < 1_000; count++) {
            tunnel.offer(Packets.data(0x10000000 + 5_000 * count), reader.now);
        }
        assertThat(tunnel.nextDeadlineNanos()).isEqualTo(GreTunnel.NO_DEADLINE);
        assertThat(GreHeader.hasAcknowledgment(send(1))).isFalse();
    }

    @Test
    void staysInTheProfileOfThePeersByDefault() {
        assertThat(GreConfiguration.DEFAULT.acknowledgments().delayNanos())
                .isBetween(50 * MILLISECOND, 100 * MILLISECOND);
    }

    @Test
    void namesTheEarlierOfTwoDeadlines() {
        reader.read(0);
        reader.advance(10 * MILLISECOND);
        reader.read(2);
        assertThat(tunnel.nextDeadlineNanos()).isEqualTo(40 * MILLISECOND);
        reader.advance(30 * MILLISECOND);
        assertThat(tunnel.nextDeadlineNanos()).isEqualTo(60 * MILLISECOND);
        reader.advance(15 * MILLISECOND);
        reader.read(5);
        assertThat(tunnel.nextDeadlineNanos()).isEqualTo(60 * MILLISECOND);
    }

    @Test
    void owesNothingForDuplicatesAndAcknowledgments() {
        reader.read(0);
        send(0);
        reader.read(0);
        reader.read(Packets.acknowledgment(0));
        assertThat(tunnel.nextDeadlineNanos()).isEqualTo(GreTunnel.NO_DEADLINE);
        assertThatThrownBy(() -> tunnel.encapsulateAcknowledgment(ByteBuffer.allocate(64)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void doesNotAcknowledgeWhatWasRejectedOrOnlyJumped_A17() {
        tunnel.offer(Packets.data(7), 0);
        tunnel.reject(7);
        assertThat(tunnel.nextDeadlineNanos()).isEqualTo(GreTunnel.NO_DEADLINE);
        assertThat(GreHeader.hasAcknowledgment(send(0))).isFalse();
        reader.read(5);
        reader.read(6);
        tunnel.offer(Packets.data(7), 0);
        tunnel.offer(Packets.data(0x7FFFFFFF), 0);
        tunnel.reject(7);
        assertThat(GreHeader.acknowledgmentNumber(send(1))).isEqualTo(6);
    }

    @Test
    void acknowledgesAnAcceptedJumpInEitherDirection() {
        reader.read(100_000);
        reader.read(500_000);
        assertThat(GreHeader.acknowledgmentNumber(send(0))).isEqualTo(500_000);
        reader.read(3);
        assertThat(GreHeader.acknowledgmentNumber(send(1))).isEqualTo(3);
    }

    @Test
    void ignoresAcknowledgmentsThatMakeNoSense_A18() {
        reader.read(Packets.acknowledgment(0xFFFFFFFF));
        assertThat(tunnel.counters().acknowledgmentsIgnored()).isZero();
        reader.read(Packets.acknowledgment(0));
        assertThat(tunnel.counters().acknowledgmentsIgnored()).isEqualTo(1);
        for (int i = 0; i < 10; i++) {
            send(i);
        }
        reader.read(Packets.acknowledgment(4));
        assertThat(tunnel.unacknowledgedPackets()).isEqualTo(5);
        for (int nonsense : new int[] {3, 0, 0xFFFFFFFF, 10, 4 + 0x80000000, 0x7FFFFFFF}) {
            reader.read(Packets.acknowledgment(nonsense));
            assertThat(tunnel.unacknowledgedPackets()).isEqualTo(5);
        }
        reader.read(Packets.acknowledgment(4));
        assertThat(tunnel.counters().acknowledgmentsIgnored()).isEqualTo(7);
        reader.read(Packets.dataWithAcknowledgment(0, 9));
        assertThat(tunnel.unacknowledgedPackets()).isZero();
        assertThat(tunnel.counters().acknowledgmentsReceived()).isEqualTo(11);
        assertThat(GreHeader.sequenceNumber(send(10))).isEqualTo(10);
    }

    @Test
    void takesTheAcknowledgmentOfADuplicate() {
        send(0);
        reader.read(0);
        assertThat(reader.read(Packets.dataWithAcknowledgment(0, 0)))
                .isEqualTo(GreVerdict.DUPLICATE);
        assertThat(tunnel.unacknowledgedPackets()).isZero();
    }

    @Test
    void measuresTheRoundTrip() {
        send(0);
        reader.advance(7 * MILLISECOND);
        reader.read(Packets.acknowledgment(0));
        assertThat(tunnel.counters().roundTripNanos()).isEqualTo(7 * MILLISECOND);
    }

    @Test
    void refusesFramesItCannotSendWithoutUsingANumber() {
        assertThatThrownBy(() -> tunnel.encapsulate(ByteBuffer.allocate(64).limit(16), 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tunnel.encapsulate(emptyFrame(), 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tunnel.encapsulate(ByteBuffer.allocate(70_000).position(16), 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(GreHeader.sequenceNumber(send(0))).isZero();
    }

    private static ByteBuffer emptyFrame() {
        return ByteBuffer.allocate(64).position(16).limit(16);
    }

    private ByteBuffer send(int content) {
        ByteBuffer frame = Packets.frame(content);
        tunnel.encapsulate(frame, reader.now);
        return frame;
    }
}
