package dev.pptpd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.config.PptpOptions;
import dev.pptpd.control.ControlConnectionSettings;
import dev.pptpd.control.ControlTimers;
import dev.pptpd.gre.FlowControl;
import dev.pptpd.gre.GreConfiguration;
import org.junit.jupiter.api.Test;

final class PptpSettingsTest {
    private static final PptpOptions POPTOP =
            new PptpOptions("local", "linux", 1, false, false, 300, true, 8);

    @Test
    void saysWithoutAKeyWhatTheCoresSay() {
        assertThat(PptpSettings.gre(POPTOP)).isEqualTo(GreConfiguration.DEFAULT);
        assertThat(PptpSettings.control(POPTOP, ControlTimers.DEFAULTS))
                .isEqualTo(ControlConnectionSettings.DEFAULTS);
    }

    @Test
    void carriesEveryKeyOver() {
        PptpOptions options = new PptpOptions("vpn", "The Vendor", 7, true, true, 20, true, 8);
        ControlConnectionSettings control = PptpSettings.control(options, ControlTimers.DEFAULTS);
        assertThat(control.hostName()).hasToString("vpn");
        assertThat(control.vendorName()).hasToString("The Vendor");
        assertThat(control.maximumCalls()).isEqualTo(7);
        assertThat(control.sendsLinkInfo()).isTrue();
        GreConfiguration gre = PptpSettings.gre(options);
        assertThat(gre.flowControl()).isEqualTo(FlowControl.SLIDING_WINDOW);
        assertThat(gre.hold())
                .isEqualTo(new GreConfiguration.HoldLimits(10_000_000, 20_000_000, 20_000_000));
    }

    @Test
    void neverWaitsWhereTheLongestWaitIsNone() {
        PptpOptions options = new PptpOptions("local", "linux", 1, false, false, 0, true, 8);
        assertThat(PptpSettings.gre(options).hold())
                .isEqualTo(GreConfiguration.HoldLimits.fixed(0));
    }

    @Test
    void takesSuperPacketsUnlessToldOtherwiseOrPacketsAreCounted() {
        assertThat(PptpSettings.offloads(POPTOP)).isTrue();
        assertThat(
                        PptpSettings.offloads(
                                new PptpOptions("local", "linux", 1, false, false, 300, false, 8)))
                .isFalse();
        assertThat(
                        PptpSettings.offloads(
                                new PptpOptions("local", "linux", 1, false, true, 300, true, 8)))
                .isFalse();
    }
}
