package dev.pptpd.ppp.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** CLIENTS.md section 10, row by row, as far as LCP goes. */
final class EndClientRowsTest {
    static List<PeerRow> rows() {
        return PeerRow.read("end-rows.txt");
    }

    @Test
    void everyRowAboutLcpIsThere() {
        assertThat(rows().stream().map(PeerRow::number).distinct())
                .containsExactly("10.3", "10.4", "10.5", "10.8", "10.10");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void isAnsweredSo(PeerRow row) {
        LinkScript.play(row);
    }
}
