package dev.pptpd.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SuppliedTest {
    private final List<String> events = new ArrayList<>();
    private double next = 10;

    private final Supplied supplied =
            new Supplied(
                    () -> events.add("before"),
                    new Contestant() {
                        @Override
                        public double measure() {
                            events.add("work");
                            next += 10;
                            return next - 10;
                        }

                        @Override
                        public void close() {
                            events.add("closed");
                        }
                    },
                    () -> events.add("after"),
                    2,
                    List.of(() -> events.add("first"), () -> events.add("second")));

    @Test
    void goesByTurnsAndAnswersTheMean() throws IOException {
        assertThat(supplied.measure()).isEqualTo(15);
        assertThat(events).containsExactly("before", "work", "after", "before", "work", "after");
    }

    @Test
    void closesTheLastFirst() {
        supplied.close();
        assertThat(events).containsExactly("closed", "second", "first");
    }
}
