package dev.pptpd.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class BackoffTest {
    private static final long[] STEPS = {
        1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000
    };

    @Test
    void waitsTwiceAsLongEachTimeUpToAMinute() {
        for (int seed = 0; seed < 200; seed++) {
            Backoff backoff = new Backoff(1_000, new Random(seed));
            for (long step : STEPS) {
                assertThat(backoff.nextMillis()).isBetween(step / 2, step);
            }
        }
    }

    @Test
    void spreadsClientsThatLostTheSameServer() {
        long different =
                LongStream.range(0, 100)
                        .map(seed -> new Backoff(1_000, new Random(seed)).nextMillis())
                        .distinct()
                        .count();
        assertThat(different).isGreaterThan(50);
    }

    @Test
    void beginsAnewWhenAllIsWell() {
        Backoff backoff = new Backoff(1_000, new Random(1));
        for (int attempt = 0; attempt < 10; attempt++) {
            backoff.nextMillis();
        }
        backoff.reset();
        assertThat(backoff.nextMillis()).isLessThanOrEqualTo(1_000);
    }

    @Test
    void waitsAsLongAsTheUserWantsAtFirst() {
        Backoff backoff = new Backoff(300_000, new Random(1));
        assertThat(backoff.nextMillis()).isBetween(150_000L, 300_000L);
        assertThat(backoff.nextMillis()).isBetween(150_000L, 300_000L);
    }

    @Test
    void refusesNotToWait() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(0, new Random(1)));
    }
}
