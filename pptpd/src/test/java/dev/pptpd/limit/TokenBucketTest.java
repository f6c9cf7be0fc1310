package dev.pptpd.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TokenBucketTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    /** The clock turns negative in the middle of a test. */
    private static final long NOW = Long.MAX_VALUE - SECOND;

    @ParameterizedTest
    @CsvSource({"64, 100", "2000, 1400", "20000, 1400", "1000000, 1400", "1000000, 64"})
    void passesWhatTheRateSaysHoweverMuchComes(long kilobits, int octets) {
        TokenBucket bucket = new TokenBucket(kilobits);
        long burst = Math.max(15_000, kilobits * 125 * 3 / 10);
        assertThat(passed(bucket, octets, NOW)).isBetween(burst - octets, burst);
        long passed = 0;
        int seconds = 3;
        for (long millis = 1; millis <= seconds * 1_000L; millis++) {
            passed += passed(bucket, octets, NOW + millis * MILLI);
        }
        double allowed = seconds * kilobits * 125.0;
        assertThat((double) passed).isBetween(allowed - octets, allowed + octets);
    }

    /** Octets of the packets that pass at once. */
    private static long passed(TokenBucket bucket, int octets, long nowNanos) {
        long passed = 0;
        while (bucket.take(octets, nowNanos)) {
            passed += octets;
        }
        return passed;
    }

    @Test
    void savesNoMoreThanABurst() {
        TokenBucket bucket = new TokenBucket(2_000);
        assertThat(bucket.take(1_000, NOW)).isTrue();
        assertThat(passed(bucket, 1_000, NOW + 3_600 * SECOND)).isEqualTo(75_000);
    }

    @Test
    void letsEverythingPassWithoutARate() {
        TokenBucket bucket = new TokenBucket(0);
        for (int count = 0; count < 1_000; count++) {
            assertThat(bucket.take(65_535, NOW)).isTrue();
        }
    }
}
