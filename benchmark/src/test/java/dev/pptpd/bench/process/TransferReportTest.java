package dev.pptpd.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TransferReportTest {
    /** The end of one of iperf3 3.12. */
    private static final String REPORT =
            """
            {
                "end":	{
                    "sum_sent":	{
                        "start":	0,
                        "end":	1.5,
                        "seconds":	1.5,
                        "bytes":	8500000,
                        "retransmits":	0,
                        "sender":	true
                    },
                    "sum_received":	{
                        "start":	0,
                        "end":	2.000028,
                        "seconds":	%s,
                        "bytes":	%s,
                        "bits_per_second":	33554000,
                        "sender":	true
                    }
                }
            }
            """;

    @Test
    void readsWhatTheReceiverGot() throws IOException {
        TransferReport report = TransferReport.read(REPORT.formatted("2.0", "8388608"));
        assertThat(report).isEqualTo(new TransferReport(2, 8_388_608));
        assertThat(report.megabitsPerSecond()).isEqualTo(33.554432);
    }

    @Test
    void readsShortTimes() throws IOException {
        assertThat(TransferReport.read(REPORT.formatted("9.5e-05", "1")).seconds())
                .isEqualTo(9.5e-5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{ \"error\": \"unable to connect to server\" }"})
    void showsWhatIsNoReportOfATransfer(String other) {
        assertThatIOException()
                .isThrownBy(() -> TransferReport.read(other))
                .withMessageEndingWith(other);
    }

    @Test
    void showsAReportOfNothing() {
        assertThatIOException().isThrownBy(() -> TransferReport.read(REPORT.formatted("2.0", "0")));
        assertThatIOException()
                .isThrownBy(() -> TransferReport.read(REPORT.formatted("0", "8388608")));
    }
}
