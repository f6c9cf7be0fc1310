package dev.pptpd.bench.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

final class FleetEventsTest {
    private final Semaphore places = new Semaphore(1);
    private final FleetEvents events = new FleetEvents(places);

    @Test
    void countsWhoCameUpAndWhoDidNot() throws InterruptedException {
        events.onMemberUp();
        events.onFailed("TCP: connection refused");
        events.awaitSettled(2, System.nanoTime());
        assertThat(events.up()).isEqualTo(1);
        assertThat(events.failures()).containsExactly("TCP: connection refused");
    }

    @Test
    void givesAPlaceBackHoweverALoginEnds() throws InterruptedException {
        assertThat(events.awaitPlace(System.nanoTime() + 1_000_000)).isTrue();
        assertThat(places.availablePermits()).isZero();
        events.onMemberUp();
        assertThat(places.availablePermits()).isEqualTo(1);
        assertThat(events.awaitPlace(System.nanoTime() + 1_000_000)).isTrue();
        events.onFailed("call: busy");
        assertThat(places.availablePermits()).isEqualTo(1);
    }

    @Test
    void waitsNoLongerThanItMay() throws InterruptedException {
        long past = System.nanoTime() - 1;
        events.awaitSettled(1, past);
        events.awaitTold(1, past);
        assertThat(events.up()).isZero();
        assertThat(events.told()).isZero();
    }

    @Test
    void countsWhomTheServerTold() throws InterruptedException {
        events.onTold();
        events.onTold();
        events.awaitTold(2, System.nanoTime());
        assertThat(events.told()).isEqualTo(2);
    }
}
