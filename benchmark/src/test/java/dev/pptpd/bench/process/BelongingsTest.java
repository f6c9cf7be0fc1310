package dev.pptpd.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BelongingsTest {
    private final List<String> closed = new ArrayList<>();
    private final Belongings belongings = new Belongings();

    private void add(String name) {
        belongings.add(() -> closed.add(name));
    }

    @Test
    void closesTheLastFirst() {
        add("a folder");
        add("what lies in it");
        belongings.close();
        assertThat(closed).containsExactly("what lies in it", "a folder");
    }

    @Test
    void closesTheOthersWhereOneCannotBeClosed() {
        IOException reason = new IOException("busy");
        add("first");
        belongings.add(() -> {
            throw reason;
        });
        add("last");
        assertThatIllegalStateException()
                .isThrownBy(belongings::close)
                .satisfies(e -> assertThat(e).hasSuppressedException(reason));
        assertThat(closed).containsExactly("last", "first");
    }

    @Test
    void closesNothingTwice() {
        add("it");
        belongings.close();
        belongings.close();
        assertThat(closed).containsExactly("it");
    }

    @Test
    void leavesTheFailureThatItIsClosedForToTheCaller() {
        belongings.add(() -> {
            throw new IOException("busy");
        });
        IOException failure = new IOException("the server did not start");
        assertThatCode(() -> belongings.closeAfter(failure)).doesNotThrowAnyException();
        assertThat(failure.getSuppressed()).hasSize(1);
    }
}
