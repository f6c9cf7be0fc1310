package dev.pptpd.ppp.lcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.ppp.lcp.LcpEcho.Due;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class LcpEchoTest {
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(30);

    private long nowNanos;

    @Test
    void asksAdaptivelyOnlyAfterAnIntervalWithoutData() {
        LcpEcho echo = started(true);
        for (int n = 0; n < 10; n++) {
            echo.heard();
            assertThat(next(echo)).isEqualTo(Due.NOTHING);
        }
        assertThat(next(echo)).isEqualTo(Due.SEND_ECHO_REQUEST);
        assertThat(next(echo)).isEqualTo(Due.SEND_ECHO_REQUEST);
        assertThat(next(echo)).isEqualTo(Due.PEER_IS_DEAD);
    }

    @Test
    void takesDataForAnAnswerWhereItIsAdaptive() {
        LcpEcho echo = started(true);
        for (int n = 0; n < 10; n++) {
            assertThat(next(echo)).isEqualTo(Due.SEND_ECHO_REQUEST);
            echo.heard();
            assertThat(next(echo)).isEqualTo(Due.NOTHING);
            assertThat(echo.unanswered()).isZero();
        }
    }

    @Test
    void asksAlwaysWhereItIsNot() {
        LcpEcho echo = started(false);
        echo.heard();
        assertThat(next(echo)).isEqualTo(Due.SEND_ECHO_REQUEST);
        echo.heard();
        assertThat(next(echo)).isEqualTo(Due.SEND_ECHO_REQUEST);
        assertThat(next(echo)).isEqualTo(Due.PEER_IS_DEAD);
    }

    private LcpEcho started(boolean adaptive) {
        LcpEcho echo = new LcpEcho(new EchoTimer(30_000, 2, adaptive));
        echo.start(nowNanos);
        return echo;
    }

    private Due next(LcpEcho echo) {
        nowNanos += INTERVAL_NANOS;
        assertThat(echo.deadlineNanos()).isEqualTo(nowNanos);
        return echo.onTimeout(nowNanos);
    }
}
