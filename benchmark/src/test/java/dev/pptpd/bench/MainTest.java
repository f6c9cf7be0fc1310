package dev.pptpd.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.bench.measure.Figure;
import dev.pptpd.bench.measure.Findings;
import dev.pptpd.bench.measure.Group;
import dev.pptpd.bench.measure.Plot;
import dev.pptpd.bench.measure.Rounds;
import dev.pptpd.bench.measure.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MainTest {
    private static final Rounds ROUNDS = new Rounds(0, 1);

    private final Found found = new Found();

    @Test
    void keepsWhatTheOthersFoundWhereAGroupFails() throws Exception {
        List<Group> groups =
                List.of(
                        group("gre", () -> {}),
                        group(
                                "tunnel",
                                () -> {
                                    throw new IOException("no session");
                                }),
                        group(
                                "poptop",
                                () -> {
                                    throw new AssertionError("guest: no end of: boot");
                                }),
                        group("start", () -> {}));
        assertThat(Main.measureEach(groups, ROUNDS, found)).containsExactly("tunnel", "poptop");
        assertThat(found.titles).containsExactly("gre", "tunnel", "poptop", "start");
    }

    @Test
    void namesNoneWhereAllIsWell() throws Exception {
        assertThat(Main.measureEach(List.of(group("gre", () -> {})), ROUNDS, found)).isEmpty();
    }

    /** How a group goes on when it has found something. */
    private interface End {
        void come() throws IOException;
    }

    private static Group group(String name, End end) {
        return new Group() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String purpose() {
                return "a test";
            }

            @Override
            public void measure(Rounds rounds, Findings findings) throws IOException {
                findings.add(new Table(name, List.of(Figure.of("one", "s", 1))));
                end.come();
            }
        };
    }

    private static final class Found implements Findings {
        private final List<String> titles = new ArrayList<>();

        @Override
        public void add(Table table) {
            titles.add(table.title());
        }

        @Override
        public void add(Plot plot) {
            throw new AssertionError("nobody draws");
        }

        @Override
        public void progress(String what) {
            // Nobody waits.
        }
    }
}
