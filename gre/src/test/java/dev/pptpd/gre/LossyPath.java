package dev.pptpd.gre;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;

/** One direction of a network that loses, doubles, delays and reorders, by a seed. */
final class LossyPath {
    /**
     * What the network does to a packet.
     *
     * @param lossPercent that vanish
     * @param duplicatePercent that come twice, each copy with a delay of its own
     * @param reorderPercent that take the jitter; the others take the least delay only
     * @param delayNanos least time
     * @param jitterNanos on top of it, evenly spread
     */
    record Weather(
            double lossPercent,
            double duplicatePercent,
            double reorderPercent,
            long delayNanos,
            long jitterNanos) {}

    private record Flight(long arrivalNanos, long order, ByteBuffer packet) {}

    private final PriorityQueue<Flight> flights =
            new PriorityQueue<>(
                    Comparator.comparingLong(Flight::arrivalNanos)
                            .thenComparingLong(Flight::order));
    private final Random random;
    private final Weather weather;
    private long order;

    LossyPath(long seed, Weather weather) {
        this.random = new Random(seed);
        this.weather = weather;
    }

    /** Copies the packet, if it gets through. */
    void carry(ByteBuffer packet, long nowNanos) {
        if (falls(weather.lossPercent())) {
            return;
        }
        launch(packet, nowNanos);
        if (falls(weather.duplicatePercent())) {
            launch(packet, nowNanos);
        }
    }

    private boolean falls(double percent) {
        return random.nextDouble() * 100 < percent;
    }

    private void launch(ByteBuffer packet, long nowNanos) {
        long jitter = weather.jitterNanos();
        boolean slow = jitter > 0 && falls(weather.reorderPercent());
        long delay = weather.delayNanos() + (slow ? random.nextLong(jitter) : 0);
        ByteBuffer copy = ByteBuffer.allocate(packet.remaining());
        copy.put(packet.duplicate()).flip();
        flights.add(new Flight(nowNanos + delay, order++, copy));
    }

    boolean hasArrival(long nowNanos) {
        return !flights.isEmpty() && flights.peek().arrivalNanos() - nowNanos <= 0;
    }

    /** The next packet that has arrived. */
    ByteBuffer arrival() {
        return flights.remove().packet();
    }
}
