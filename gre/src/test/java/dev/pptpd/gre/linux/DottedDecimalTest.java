package dev.pptpd.gre.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DottedDecimalTest {
    @Test
    void writesTheFirstOctetFirst() {
        assertThat(DottedDecimal.of(0xC0A801FE)).isEqualTo("192.168.1.254");
        assertThat(DottedDecimal.of(0)).isEqualTo("0.0.0.0");
    }
}
