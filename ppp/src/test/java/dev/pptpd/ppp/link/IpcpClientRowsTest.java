package dev.pptpd.ppp.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** CLIENTS.md section 8, row by row. */
final class IpcpClientRowsTest {
    private static final int ROWS = 10;

    static List<PeerRow> rows() {
        return PeerRow.read("ipcp-rows.txt");
    }

    @Test
    void everyRowOfTheSectionIsThere() {
        assertThat(rows().stream().map(PeerRow::number).distinct())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, ROWS).mapToObj(row -> "8." + row).toList());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void isAnsweredSo(PeerRow row) {
        LinkScript.play(row);
    }
}
