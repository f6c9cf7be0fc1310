package dev.pptpd;

import dev.pptpd.config.PptpOptions;
import dev.pptpd.control.ControlConnectionSettings;
import dev.pptpd.control.ControlTimers;
import dev.pptpd.control.TextField;
import dev.pptpd.gre.FlowControl;
import dev.pptpd.gre.GreConfiguration;
import java.util.concurrent.TimeUnit;

/** What pptpd.conf says of the PPTP layer, in the words of its cores. */
final class PptpSettings {
    private PptpSettings() {}

    static ControlConnectionSettings control(PptpOptions options, ControlTimers timers) {
        return ControlConnectionSettings.DEFAULTS
                .withNames(TextField.of(options.hostName()), TextField.of(options.vendorName()))
                .withMaximumCalls(options.callsPerConnection())
                .withSendsLinkInfo(options.sendsLinkInfo())
                .withTimers(timers);
    }

    /**
     * Whether devices have offloads. A send window counts packets before they are read: then each
     * must be one.
     */
    static boolean offloads(PptpOptions options) {
        return options.offloads() && !options.limitsSending();
    }

    /** A short longest wait shortens the others with it. */
    static GreConfiguration gre(PptpOptions options) {
        GreConfiguration defaults = GreConfiguration.DEFAULT;
        long longest = TimeUnit.MILLISECONDS.toNanos(options.maximumHoldMillis());
        return new GreConfiguration(
                defaults.reorderPackets(),
                new GreConfiguration.HoldLimits(
                        Math.min(defaults.hold().minimumNanos(), longest),
                        longest,
                        Math.min(defaults.hold().firstNanos(), longest)),
                defaults.acknowledgments(),
                options.limitsSending() ? FlowControl.SLIDING_WINDOW : FlowControl.NONE);
    }
}
