package dev.pptpd.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** {@link CallIndex} and {@link CallSet}, which have no table for one call. */
final class CallIndexTest {
    private static final int CALLS = 4;

    private final List<CallAutomaton> calls = new ArrayList<>();
    private final Random random = new Random(42);

    CallIndexTest() {
        ControlOutbox outbox = new ControlOutbox();
        ControlConnectionSettings settings = ControlConnectionSettings.DEFAULTS;
        var surroundings =
                new CallAutomaton.Surroundings(settings, new OwnMessages(settings), outbox);
        for (int number = 0; number < CALLS; number++) {
            calls.add(
                    CallAutomaton.requested(
                            surroundings, OutgoingCallRequest.of(number, number, 64)));
        }
    }

    @Test
    void findsWhatATableWouldFind() {
        CallIndex index = new CallIndex();
        Map<Integer, CallAutomaton> table = new HashMap<>();
        for (int step = 0; step < 10_000; step++) {
            int id = random.nextInt(CALLS);
            CallAutomaton call = calls.get(random.nextInt(CALLS));
            if (random.nextBoolean()) {
                index.put(id, call);
                table.put(id, call);
            } else {
                index.remove(id, call);
                table.remove(id, call);
            }
            assertThat(index.size()).isEqualTo(table.size());
            for (int each = 0; each < CALLS; each++) {
                assertThat(index.find(each)).isSameAs(table.get(each));
                assertThat(index.contains(each)).isEqualTo(table.containsKey(each));
            }
        }
    }

    @Test
    void keepsCallsInTheOrderInWhichTheyCame() {
        CallSet set = new CallSet();
        Set<CallAutomaton> expected = new LinkedHashSet<>();
        for (int step = 0; step < 10_000; step++) {
            CallAutomaton call = calls.get(random.nextInt(CALLS));
            if (random.nextBoolean()) {
                set.add(call);
                expected.add(call);
            } else {
                set.remove(call);
                expected.remove(call);
            }
            assertThat(set.copy()).containsExactlyElementsOf(expected);
            assertThat(set.size()).isEqualTo(expected.size());
        }
    }
}
