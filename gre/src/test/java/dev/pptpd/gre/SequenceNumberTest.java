package dev.pptpd.gre;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SequenceNumberTest {
    @Test
    void goesOnOverTheWrap() {
        assertThat(SequenceNumber.isAfter(0, 0xFFFFFFFF)).isTrue();
        assertThat(SequenceNumber.isAfter(0xFFFFFFFF, 0)).isFalse();
        assertThat(SequenceNumber.isAfter(5, 5)).isFalse();
        assertThat(SequenceNumber.isAfter(0x80000000, 0x7FFFFFFF)).isTrue();
        assertThat(SequenceNumber.distance(0xFFFFFFF0, 0x10)).isEqualTo(0x20);
        assertThat(SequenceNumber.distance(0x10, 0xFFFFFFF0)).isEqualTo(-0x20);
    }
}
