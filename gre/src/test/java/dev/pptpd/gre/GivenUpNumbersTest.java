package dev.pptpd.gre;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GivenUpNumbersTest {
    private final GivenUpNumbers numbers = new GivenUpNumbers();

    @Test
    void knowsHowLateTheLastSixtyFourAre() {
        assertThat(numbers.lateness(0, 5)).isNegative();
        for (int number = -10; number < 90; number++) {
            numbers.add(number, number);
        }
        assertThat(numbers.lateness(89, 100)).isEqualTo(11);
        assertThat(numbers.lateness(26, 100)).isEqualTo(74);
        assertThat(numbers.lateness(25, 100)).isNegative();
    }
}
