package dev.pptpd.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SpreadTest {
    @Test
    void findsMedianAndQuartilesInAnyOrder() {
        assertThat(Spread.of(List.of(50.0, 10.0, 40.0, 20.0, 30.0)))
                .isEqualTo(new Spread(20, 30, 40));
    }

    @Test
    void goesBetweenTwoValuesInProportion() {
        assertThat(Spread.of(List.of(1.0, 2.0, 3.0, 4.0))).isEqualTo(new Spread(1.75, 2.5, 3.25));
    }

    @Test
    void isTheOneValueThereIs() {
        assertThat(Spread.of(List.of(7.0))).isEqualTo(new Spread(7, 7, 7));
    }

    @Test
    void isNotMovedByOneValueThatWentAstray() {
        assertThat(Spread.of(List.of(10.0, 11.0, 12.0, 13.0, 9_000.0)).median()).isEqualTo(12);
    }

    @Test
    void wantsAValue() {
        assertThatIllegalArgumentException().isThrownBy(() -> Spread.of(List.of()));
    }
}
