package dev.pptpd.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class CapabilitiesTest {
    @Test
    void readsTheEffectiveSet() throws IOException {
        Capabilities all = Capabilities.parse("Name:\tx\nCapPrm:\t0\nCapEff:\t000001fffeffffff\n");

        assertThat(all.has(Capability.CAP_NET_ADMIN)).isTrue();
        assertThat(all.has(Capability.CAP_NET_RAW)).isTrue();
        assertThat(all.missing()).isEmpty();
        assertThat(Capabilities.parse("CapEff:\tffffffffffffffff").missing()).isEmpty();
    }

    @Test
    void namesWhatIsMissing() throws IOException {
        assertThat(Capabilities.parse("CapEff:\t0000000000000000").missing())
                .containsExactly(Capability.CAP_NET_ADMIN, Capability.CAP_NET_RAW);
        assertThat(Capabilities.parse("CapEff:\t0000000000001000").missing())
                .containsExactly(Capability.CAP_NET_RAW);
        assertThat(Capabilities.parse("CapEff:\t0000000000002000").missing())
                .hasToString("[CAP_NET_ADMIN]");
    }

    @Test
    void refusesATextWithoutTheSet() {
        assertThatIOException().isThrownBy(() -> Capabilities.parse("CapPrm:\t0\n"));
        assertThatIOException().isThrownBy(() -> Capabilities.parse("CapEff:\tmany\n"));
    }

    @Test
    void findsThoseOfThisProcess() throws IOException {
        assertThat(Capabilities.ofThisProcess()).isNotNull();
    }
}
