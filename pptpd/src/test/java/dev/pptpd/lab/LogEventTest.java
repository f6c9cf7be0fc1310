package dev.pptpd.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LogEventTest {

    @Test
    void readsPlainAndQuotedValuesBehindTheTimeAndLevel() {
        String line =
                "12:00:00.123 INFO event=session-end session=7 peer=10.0.0.2:40000 user=\"a b\""
                        + " reason=\"client hung up\" duration=1.5s in=10 out=20";

        LogEvent event = LogEvent.decode(line).orElseThrow();

        assertThat(event.name()).isEqualTo(LogEvent.SESSION_END);
        assertThat(event.peer()).isEqualTo("10.0.0.2:40000");
        assertThat(event.user()).isEqualTo("a b");
        assertThat(event.reason()).isEqualTo("client hung up");
        assertThat(event.field("out")).isEqualTo("20");
        assertThat(event.device()).isEmpty();
    }

    @Test
    void findsNoEventInALineWithoutOne() {
        assertThat(LogEvent.decode("12:00:00.123 WARN peer=10.0.0.2 bad cookie")).isEmpty();
    }
}
