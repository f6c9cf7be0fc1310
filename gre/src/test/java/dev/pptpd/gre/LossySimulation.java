package dev.pptpd.gre;

import static dev.pptpd.gre.TunnelReader.MILLISECOND;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A bulk transfer through a lossy network in virtual time: a peer sends data at an even rate, and
 * our end sends a little back, by which it measures the round trip.
 */
final class LossySimulation {
    private static final long STEP_NANOS = MILLISECOND / 20;

    /** Our end sends one packet for so many of the peer's. */
    private static final int DATA_PER_ANSWER = 10;

    /**
     * What came of it.
     *
     * @param arrived packets that the network delivered, duplicates not counted
     * @param worstAddedNanos longest time that a frame was held
     * @param meanAddedNanos of the frames that were held at all
     * @param holdNanos wait in force at the end
     */
    record Outcome(
            int sent,
            int arrived,
            int delivered,
            GreCounters counters,
            long worstAddedNanos,
            long meanAddedNanos,
            long holdNanos) {
        double outerLossPercent() {
            return 100.0 * (sent - arrived) / sent;
        }

        double innerLossPercent() {
            return 100.0 * (sent - delivered) / sent;
        }

        @Override
        public String toString() {
            return String.format(
                    "sent %d delivered %d late %d lost %d duplicate %d reordered %d, loss outer"
                            + " %.2f %% inner %.2f %%, held mean %.1f ms worst %.1f ms, hold %.1f"
                            + " ms",
                    sent,
                    delivered,
                    counters.late(),
                    counters.lost(),
                    counters.duplicates(),
                    counters.reordered(),
                    outerLossPercent(),
                    innerLossPercent(),
                    meanAddedNanos / 1e6,
                    worstAddedNanos / 1e6,
                    holdNanos / 1e6);
        }
    }

    private final TunnelReader peer;
    private final TunnelReader ours =
            new TunnelReader(GreConfiguration.DEFAULT, HoldPool.ofDirectMemory(64, 128, 16));
    private final LossyPath there;
    private final LossyPath back;
    private final int packets;
    private final long intervalNanos;
    private final boolean answers;
    private final long[] arrivals;
    private final List<Long> added = new ArrayList<>();
    private int arrived;

    /**
     * A transfer.
     *
     * @param acknowledgmentDelayNanos of the peer; it carries acknowledgments on data, too
     * @param packets to send
     * @param packetsPerSecond of the peer
     * @param answers whether our end sends data back
     */
    LossySimulation(
            long seed,
            LossyPath.Weather weather,
            long acknowledgmentDelayNanos,
            int packets,
            int packetsPerSecond,
            boolean answers) {
        this.peer =
                new TunnelReader(
                        new GreConfiguration(
                                64,
                                GreConfiguration.HoldLimits.DEFAULT,
                                new GreConfiguration.AcknowledgmentPolicy(
                                        acknowledgmentDelayNanos, 1_000_000),
                                FlowControl.NONE),
                        HoldPool.ofDirectMemory(64, 128, 16));
        this.there = new LossyPath(seed, weather);
        this.back = new LossyPath(seed + 1, weather);
        this.packets = packets;
        this.intervalNanos = 1_000 * MILLISECOND / packetsPerSecond;
        this.answers = answers;
        this.arrivals = new long[packets];
    }

    Outcome run() {
        long end = packets * intervalNanos + 1_000 * MILLISECOND;
        int sent = 0;
        for (long now = 0; now < end; now += STEP_NANOS) {
            peer.now = now;
            ours.now = now;
            while (sent < packets && sent * intervalNanos <= now) {
                send(peer, there, sent++);
                if (answers && sent % DATA_PER_ANSWER == 0) {
                    send(ours, back, sent);
                }
            }
            deliver(now);
            if (now % MILLISECOND == 0) {
                expire(ours, back);
                expire(peer, there);
            }
        }
        return outcome(sent);
    }

    private Outcome outcome(int sent) {
        long worst = added.stream().mapToLong(Long::longValue).max().orElse(0);
        double mean = added.stream().mapToLong(Long::longValue).average().orElse(0);
        return new Outcome(
                sent,
                arrived,
                ours.contents.size(),
                ours.tunnel.counters(),
                worst,
                (long) mean,
                ours.tunnel.holdNanos());
    }

    private static void send(TunnelReader from, LossyPath path, int content) {
        ByteBuffer frame = Packets.frame(content);
        from.tunnel.encapsulate(frame, from.now);
        path.carry(frame, from.now);
    }

    private void deliver(long now) {
        while (there.hasArrival(now)) {
            ByteBuffer packet = there.arrival();
            if (GreHeader.hasSequence(packet) && arrivals[GreHeader.sequenceNumber(packet)] == 0) {
                arrivals[GreHeader.sequenceNumber(packet)] = now;
                arrived++;
            }
            int before = ours.contents.size();
            ours.read(packet);
            noteAdded(before);
        }
        while (back.hasArrival(now)) {
            peer.read(back.arrival());
        }
    }

    /** As a worker, whose waits are whole milliseconds. */
    private void expire(TunnelReader reader, LossyPath path) {
        int before = ours.contents.size();
        if (Deadline.isDue(reader.tunnel.nextDeadlineNanos(), reader.now)) {
            reader.advance(0);
        }
        noteAdded(before);
        if (reader.tunnel.isAcknowledgmentDue(reader.now)) {
            ByteBuffer slot = ByteBuffer.allocate(64).position(16);
            reader.tunnel.encapsulateAcknowledgment(slot);
            path.carry(slot, reader.now);
        }
    }

    private void noteAdded(int before) {
        for (int number : ours.contents.subList(before, ours.contents.size())) {
            long nanos = ours.now - arrivals[number];
            if (nanos > 0) {
                added.add(nanos);
            }
        }
    }
}
