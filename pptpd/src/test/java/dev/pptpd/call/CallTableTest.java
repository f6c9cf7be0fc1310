package dev.pptpd.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CallTableTest {
    private static final Ipv4Address HERE = new Ipv4Address(0x7F00_0001);
    private static final long REST_NANOS = Duration.ofSeconds(60).toNanos();

    /** Just before the wrap, so that plain comparison of times would fail. */
    private static final long START = Long.MAX_VALUE - REST_NANOS / 2;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void handsOutEveryIdOnceAndNeverZero(int workers) {
        var table = new CallTable(new Random(1), workers, 100_000);
        var seen = new HashSet<Integer>();
        for (var call = open(table, START); call.isPresent(); call = open(table, START)) {
            assertThat(seen.add(call.get().callId().value())).isTrue();
        }

        assertThat(seen).doesNotContain(0).allMatch(id -> id <= 0xFFFF);
        // With several workers the one that also lacks id 0 fills first.
        assertThat(seen).hasSizeGreaterThanOrEqualTo(65_535 - workers);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void spreadsCallsEvenlyAndNamesTheWorkerInTheLowBits(int workers) {
        var table = new CallTable(new Random(2), workers, 1000);
        var load = new HashMap<Integer, Integer>();
        for (int i = 0; i < 400; i++) {
            var call = open(table, START).orElseThrow();
            assertThat(call.callId().value() & (workers - 1)).isEqualTo(call.worker());
            load.merge(call.worker(), 1, Integer::sum);
        }

        assertThat(load)
                .hasSize(workers)
                .allSatisfy((_, calls) -> assertThat(calls).isEqualTo(400 / workers));
    }

    @Test
    void fillsUpTheWorkerThatLostItsCalls() {
        var table = new CallTable(new Random(3), 2, 100);
        var first = open(table, START).orElseThrow();
        open(table, START);
        table.close(first.callId().value(), START);

        assertThat(open(table, START).orElseThrow().worker()).isEqualTo(first.worker());
    }

    @Test
    void reusesNoIdWithinAMinute() {
        var random = new Random(4);
        var table = new CallTable(random, 4, 10_000);
        Map<Integer, Long> releasedAt = new HashMap<>();
        var open = new ArrayDeque<Integer>();
        long now = START;
        for (int i = 0; i < 200_000; i++) {
            now += random.nextInt(2_000_000);
            var call = open(table, now);
            if (call.isPresent()) {
                int id = call.get().callId().value();
                Long released = releasedAt.remove(id);
                assertThat(released == null || now - released >= REST_NANOS).isTrue();
                open.add(id);
            }
            if (open.size() > 100) {
                int id = open.remove();
                table.close(id, now);
                releasedAt.put(id, now);
            }
        }
    }

    @Test
    void givesIdsBackAfterTheirRest() {
        var table = new CallTable(new Random(5), 1, 70_000);
        for (int i = 0; i < 65_535; i++) {
            open(table, START);
        }
        table.close(17, START);

        assertThat(open(table, START + REST_NANOS - 1)).isEmpty();
        assertThat(open(table, START + REST_NANOS).orElseThrow().callId())
                .isEqualTo(new CallId(17));
    }

    @Test
    void isBounded() {
        var table = new CallTable(new Random(6), 1, 2);
        open(table, START);
        var second = open(table, START).orElseThrow();

        assertThat(open(table, START)).isEmpty();
        assertThat(table.close(second.callId().value(), START)).contains(second);
        assertThat(open(table, START)).isPresent();
        assertThat(table.size()).isEqualTo(2);
    }

    @Test
    void findsWhatIsOpenAndClosesItOnce() {
        var table = new CallTable(new Random(7), 1, 2);
        var call = table.open(0, HERE, HERE, START).orElseThrow();
        int id = call.callId().value();

        assertThat(table.find(id)).contains(call);
        assertThat(table.close(id, START)).contains(call);
        assertThat(table.close(id, START)).isEmpty();
        assertThat(table.find(id)).isEmpty();
    }

    @Test
    void choosesUnlikeIdsForUnlikeSeeds() {
        var ids = new HashSet<CallId>();
        for (int seed = 0; seed < 100; seed++) {
            var table = new CallTable(new Random(seed * 7919L), 1, 2);
            ids.add(open(table, START).orElseThrow().callId());
        }

        assertThat(ids).hasSizeGreaterThan(90);
    }

    @Test
    void refusesSenselessNumbers() {
        assertThatThrownBy(() -> new CallTable(new Random(), 3, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CallTable(new Random(), 1, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CallId(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CallId(65536)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Optional<Call> open(CallTable table, long nowNanos) {
        return table.open(0, HERE, HERE, nowNanos);
    }
}
