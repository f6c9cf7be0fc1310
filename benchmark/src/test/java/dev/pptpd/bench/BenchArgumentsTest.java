package dev.pptpd.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pptpd.bench.BenchArguments.Measure;
import dev.pptpd.bench.BenchArguments.UsageException;
import dev.pptpd.bench.measure.Rounds;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BenchArgumentsTest {
    private static final Path OUTPUT = Path.of("out");

    @Test
    void measuresAllUnlessToldOtherwise() throws UsageException {
        assertThat(BenchArguments.parse(OUTPUT))
                .isEqualTo(
                        new Measure(
                                List.of(),
                                new Rounds(
                                        BenchArguments.DEFAULT_WARM_UP,
                                        BenchArguments.DEFAULT_REPETITIONS),
                                -1,
                                OUTPUT,
                                false));
    }

    @Test
    void takesNamesAndFlagsInAnyOrder() throws UsageException {
        assertThat(
                        BenchArguments.parse(
                                OUTPUT,
                                "mppe",
                                "-r",
                                "3",
                                "gre",
                                "--strict",
                                "--warm-up",
                                "0",
                                "--processor",
                                "1",
                                "-o",
                                "here"))
                .isEqualTo(
                        new Measure(
                                List.of("mppe", "gre"),
                                new Rounds(0, 3),
                                1,
                                Path.of("here"),
                                true));
    }

    @Test
    void helps() throws UsageException {
        assertThat(BenchArguments.parse(OUTPUT, "--help"))
                .isInstanceOfSatisfying(
                        BenchArguments.Print.class,
                        print -> assertThat(print.text()).contains("--repetitions"));
        assertThat(BenchArguments.parse(OUTPUT, "--list"))
                .isInstanceOf(BenchArguments.ShowGroups.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--repetitions=0", "--repetitions=many", "--warm-up=-1", "--fast"})
    void refusesWhatMakesNoSense(String word) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> BenchArguments.parse(OUTPUT, word))
                .withMessageContaining("see ./bench --help");
    }
}
