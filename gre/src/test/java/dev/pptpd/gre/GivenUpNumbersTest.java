package dev.pptpd.gre;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GivenUpNumbersTest {
    private final GivenUpNumbers numbers = new GivenUpNumbers();

    @Test
    void knowsHowLateTheLastSixtyFourAre() {
        assertThat(numbers.takeLateness(0, 5)).isEqualTo(GivenUpNumbers.UNKNOWN);
        for (int number = -10; number < 90; number++) {
            numbers.add(number, number);
        }
        assertThat(numbers.takeLateness(89, 100)).isEqualTo(11);
        assertThat(numbers.takeLateness(26, 100)).isEqualTo(74);
        assertThat(numbers.takeLateness(25, 100)).isEqualTo(GivenUpNumbers.UNKNOWN);
    }

    @Test
    void tellsTheLatenessOfANumberOnce() {
        numbers.add(7, 10);
        assertThat(numbers.takeLateness(7, 20)).isEqualTo(10);
        assertThat(numbers.takeLateness(7, 300)).isEqualTo(GivenUpNumbers.TAKEN);
        numbers.add(7, 400);
        assertThat(numbers.takeLateness(7, 405)).isEqualTo(5);
    }
}
