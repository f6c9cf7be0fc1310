package dev.pptpd.ppp.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** CLIENTS.md section 5, row by row: LCP of every client that was ever captured or logged. */
final class LcpClientRowsTest {
    private static final int ROWS = 18;

    static List<PeerRow> rows() {
        return PeerRow.read("lcp-rows.txt");
    }

    @Test
    void everyRowOfTheSectionIsThere() {
        assertThat(rows().stream().map(PeerRow::number).distinct())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, ROWS).mapToObj(row -> "5." + row).toList());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void isAnsweredSo(PeerRow row) {
        LinkScript.play(row);
    }
}
