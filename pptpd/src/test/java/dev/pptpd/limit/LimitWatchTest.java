package dev.pptpd.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.gre.Deadline;
import dev.pptpd.limit.LimitWatch.Reached;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LimitWatchTest {
    /** The clock wraps in the middle of a session. */
    private static final long START = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(30);

    private final LimitWatch watch = new LimitWatch();

    @Test
    void wantsNothingWithoutALimit() {
        watch.start(START);
        assertThat(watch.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
        assertThat(watch.check(at(1_000_000), Long.MAX_VALUE / 2, Long.MAX_VALUE / 2)).isEmpty();
    }

    @Test
    void endsAnIdleSessionAsLongAfterItsLastPacketAsWasSaid() {
        start(60, 0, 0, OctetDirection.SUM);
        watch.onPacket(at(45));
        assertThat(watch.nextDeadlineNanos()).isEqualTo(at(60));
        assertThat(check(60)).isEmpty();
        assertThat(watch.nextDeadlineNanos()).isEqualTo(at(105));
        assertThat(check(104)).isEmpty();
        assertThat(check(105)).contains(Reached.IDLE);
    }

    @Test
    void endsASessionThatNeverCarriedAnything() {
        start(60, 0, 0, OctetDirection.SUM);
        assertThat(check(60)).contains(Reached.IDLE);
    }

    @Test
    void endsASessionAfterItsTimeWhateverItCarries() {
        start(0, 100, 0, OctetDirection.SUM);
        watch.onPacket(at(99));
        assertThat(check(99)).isEmpty();
        watch.start(at(99)); // the link starts over
        assertThat(check(100)).contains(Reached.MAX_CONNECT);
    }

    @Test
    void saysSoOnce() {
        start(0, 100, 0, OctetDirection.SUM);
        assertThat(check(100)).isPresent();
        assertThat(check(101)).isEmpty();
        assertThat(watch.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
    }

    @Test
    void countsOctetsOnceInASecond() {
        start(0, 0, 1000, OctetDirection.SUM);
        assertThat(watch.nextDeadlineNanos()).isEqualTo(at(1));
        assertThat(watch.check(START, 2000, 0)).as("before its time").isEmpty();
        assertThat(watch.check(at(1), 500, 500)).as("not above it").isEmpty();
        assertThat(watch.nextDeadlineNanos()).isEqualTo(at(2));
        assertThat(watch.check(at(2), 501, 500)).contains(Reached.MAX_OCTETS);
    }

    @ParameterizedTest
    @CsvSource({
        "sum, 600, 401, true", "sum, 600, 400, false", "in, 1001, 0, true", "in, 1000, 5000, false",
        "out, 0, 1001, true", "out, 5000, 1000, false", "max, 1001, 3, true", "max, 3, 1001, true",
        "max, 1000, 1000, false"
    })
    void countsWhatItIsToldTo(String word, long in, long out, boolean isReached) {
        OctetDirection direction =
                Arrays.stream(OctetDirection.values())
                        .filter(each -> each.word().equals(word))
                        .findFirst()
                        .orElseThrow();
        start(0, 0, 1000, direction);
        assertThat(watch.check(at(1), in, out).isPresent()).isEqualTo(isReached);
    }

    @Test
    void letsAUserBeAnException() {
        SessionLimits ofAll = new SessionLimits(60, 3600, 1000, OctetDirection.IN, 5);
        assertThat(LimitChanges.NONE.over(ofAll)).isEqualTo(ofAll);
        LimitChanges changes =
                new LimitChanges(
                        OptionalInt.of(0),
                        OptionalInt.empty(),
                        OptionalLong.of(7),
                        Optional.of(OctetDirection.MAX),
                        RateLimits.NONE);
        assertThat(changes.over(ofAll))
                .isEqualTo(new SessionLimits(0, 3600, 7, OctetDirection.MAX, 5));
    }

    private void start(int idle, int maxConnect, long maxOctets, OctetDirection direction) {
        watch.limit(new SessionLimits(idle, maxConnect, maxOctets, direction, 1));
        watch.start(START);
    }

    private Optional<Reached> check(int second) {
        return watch.check(at(second), 0, 0);
    }

    private static long at(int second) {
        return START + TimeUnit.SECONDS.toNanos(second);
    }
}
