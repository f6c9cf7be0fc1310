package dev.pptpd.ppp.fsm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TransitionTableTest {
    private static final PublishedTable PUBLISHED = PublishedTable.read();

    @Test
    void publishedTableHasEveryEvent() {
        assertThat(PUBLISHED.transitions()).containsOnlyKeys(Event.values());
        assertThat(PUBLISHED.transitions().values().stream().mapToInt(Map::size).sum())
                .isEqualTo(120);
    }

    @ParameterizedTest
    @EnumSource(Event.class)
    void agreesWithThePublishedTable(Event event) {
        Map<State, Transition> row = Objects.requireNonNull(PUBLISHED.transitions().get(event));
        for (State state : State.values()) {
            assertThat(TransitionTable.transition(state, event))
                    .as("%s in %s", event.label(), state)
                    .isEqualTo(Optional.ofNullable(row.get(state)));
        }
    }

    @Test
    void printsAsApproved() throws IOException {
        try (InputStream approved = getClass().getResourceAsStream("transition-table.txt")) {
            assertThat(print())
                    .isEqualTo(new String(Objects.requireNonNull(approved).readAllBytes(), UTF_8));
        }
    }

    /** One line per event, one column per state; a dash is an illegal transition. */
    private static String print() {
        StringBuilder out =
                new StringBuilder(
                        line("", Arrays.stream(State.values()).map(State::name).toArray()));
        for (Event event : Event.values()) {
            out.append(
                    line(
                            event.label(),
                            Arrays.stream(State.values())
                                    .map(state -> cell(TransitionTable.transition(state, event)))
                                    .toArray()));
        }
        return out.toString();
    }

    private static String cell(Optional<Transition> transition) {
        return transition.map(TransitionTableTest::print).orElse("-");
    }

    private static String print(Transition transition) {
        String actions =
                transition.actions().stream()
                        .map(action -> action.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(","));
        int next = transition.next().number();
        return actions.isEmpty() ? "" + next : actions + "/" + next;
    }

    private static String line(String label, Object[] cells) {
        StringBuilder out = new StringBuilder(String.format(Locale.ROOT, "%-6s", label));
        for (Object cell : cells) {
            out.append(String.format(Locale.ROOT, "%-15s", cell));
        }
        return out.toString().stripTrailing() + "\n";
    }
}
