package dev.pptpd.emulator;

import dev.pptpd.emulator.ClientProfile.TunnelHabits;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The client's end of the tunnel: sequence numbers and late acknowledgments. */
final class GreChannel {
    private final int peerCallId;
    private final TunnelHabits habits;

    private int nextSequence;
    private OptionalInt highestReceived = OptionalInt.empty();
    private OptionalLong acknowledgeAtNanos = OptionalLong.empty();

    GreChannel(int peerCallId, TunnelHabits habits) {
        this.peerCallId = peerCallId;
        this.habits = habits;
        this.nextSequence = habits.firstSequence();
    }

    /** The number of the packet that is sent next. */
    int nextSequence() {
        return nextSequence;
    }

    /** Wraps a frame; an acknowledgment that waits goes along. */
    GrePacket wrap(Octets frame) {
        boolean acknowledges = habits.alwaysAcknowledges() || acknowledgeAtNanos.isPresent();
        acknowledgeAtNanos = OptionalLong.empty();
        return new GrePacket(
                peerCallId,
                OptionalInt.of(nextSequence++),
                acknowledges ? highestReceived : OptionalInt.empty(),
                frame);
    }

    /** Takes a packet of the server and returns its frame; nothing for one seen before. */
    Optional<Octets> receive(GrePacket packet, long nowNanos) {
        if (packet.sequence().isEmpty()) {
            return Optional.empty();
        }
        int sequence = packet.sequence().getAsInt();
        if (highestReceived.isPresent() && sequence - highestReceived.getAsInt() <= 0) {
            return Optional.empty();
        }
        highestReceived = packet.sequence();
        if (acknowledgeAtNanos.isEmpty()) {
            acknowledgeAtNanos =
                    OptionalLong.of(nowNanos + habits.acknowledgmentDelayMillis() * 1_000_000L);
        }
        return Optional.of(packet.payload());
    }

    OptionalLong nextDeadlineNanos() {
        return acknowledgeAtNanos;
    }

    /** The acknowledgment that found no data packet to travel with. */
    Optional<GrePacket> onTimeout(long nowNanos) {
        if (acknowledgeAtNanos.isEmpty() || nowNanos - acknowledgeAtNanos.getAsLong() < 0) {
            return Optional.empty();
        }
        acknowledgeAtNanos = OptionalLong.empty();
        return Optional.of(
                new GrePacket(peerCallId, OptionalInt.empty(), highestReceived, Octets.EMPTY));
    }
}
