package dev.pptpd.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class DeadlineHeapTest {
    private final DeadlineHeap heap = new DeadlineHeap();

    @Test
    void waitsForEverWhenNothingIsDue() {
        assertThat(heap.untilNext(5)).isEqualTo(-1);
        assertThat(heap.due(Long.MAX_VALUE)).isEqualTo(-1);
    }

    @Test
    void tellsTheSoonestFirst() {
        heap.set(7, 300);
        heap.set(8, 100);
        heap.set(9, 200);
        assertThat(heap.untilNext(40)).isEqualTo(60);
        assertThat(heap.due(99)).isEqualTo(-1);
        assertThat(heap.due(100)).isEqualTo(8);
        heap.remove(8);
        assertThat(heap.due(300)).isEqualTo(9);
    }

    @Test
    void movesADeadlineBothWays() {
        heap.set(1, 100);
        heap.set(2, 200);
        heap.set(1, 300);
        assertThat(heap.due(250)).isEqualTo(2);
        heap.set(1, 50);
        assertThat(heap.due(250)).isEqualTo(1);
    }

    @Test
    void takesOutWhatHasNoDeadline() {
        heap.set(1, 100);
        heap.set(1, Long.MAX_VALUE);
        heap.set(2, Long.MAX_VALUE);
        heap.remove(3);
        assertThat(heap.untilNext(0)).isEqualTo(-1);
    }

    @Test
    void isNeverNegativeForWhatHasPassed() {
        heap.set(65_535, 100);
        assertThat(heap.untilNext(1_000)).isZero();
    }

    @Test
    void agreesWithASortedMapOverRandomSteps() {
        Random random = new Random(1);
        Map<Integer, Long> model = new TreeMap<>();
        for (int step = 0; step < 100_000; step++) {
            int callId = random.nextInt(300);
            if (random.nextInt(3) == 0) {
                heap.remove(callId);
                model.remove(callId);
            } else {
                long deadline = random.nextInt(10_000);
                heap.set(callId, deadline);
                model.put(callId, deadline);
            }
            long soonest = model.values().stream().mapToLong(Long::longValue).min().orElse(-1);
            assertThat(heap.untilNext(0)).isEqualTo(soonest);
            int due = heap.due(Long.MAX_VALUE - 1);
            if (due >= 0) {
                assertThat(model.get(due)).isEqualTo(soonest);
            }
        }
    }
}
