package dev.pptpd.ppp.packet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BriefQueueTest {
    private final BriefQueue<String> queue = new BriefQueue<>();

    @Test
    void isEmptyAtFirst() {
        assertThat(queue.poll()).isNull();
    }

    @Test
    void givesWhatCameFirstAndIsFilledAgainAfterwards() {
        queue.add("a");
        queue.add("b");
        assertThat(queue.poll()).isEqualTo("a");
        queue.add("c");
        assertThat(queue.poll()).isEqualTo("b");
        assertThat(queue.poll()).isEqualTo("c");
        assertThat(queue.poll()).isNull();

        queue.add("d");
        assertThat(queue.poll()).isEqualTo("d");
        assertThat(queue.poll()).isNull();
    }
}
