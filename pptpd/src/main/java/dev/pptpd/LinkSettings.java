package dev.pptpd;

import dev.pptpd.auth.TlsCredentials;
import dev.pptpd.config.ChapLimits;
import dev.pptpd.config.EapPolicy;
import dev.pptpd.config.LcpOptions;
import dev.pptpd.config.NegotiationLimits;
import dev.pptpd.config.PapLimits;
import dev.pptpd.config.PppOptions;
import dev.pptpd.ppp.auth.ChapTimer;
import dev.pptpd.ppp.auth.LoginLimits;
import dev.pptpd.ppp.auth.PapTimer;
import dev.pptpd.ppp.eap.EapSettings;
import dev.pptpd.ppp.eap.EapTimer;
import dev.pptpd.ppp.eap.TlsConversation;
import dev.pptpd.ppp.fsm.RestartTimer;
import dev.pptpd.ppp.lcp.EchoTimer;
import dev.pptpd.ppp.lcp.LcpConfiguration;
import dev.pptpd.ppp.link.LinkConfiguration;
import dev.pptpd.ppp.link.LinkRole;
import dev.pptpd.ppp.link.NetworkConfiguration;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.function.Supplier;

/** What the options files say, in the words of the PPP core. */
final class LinkSettings {
    /** Between 50 and 100 ms after the call: Windows loses what comes before its call is up. */
    private static final int START_DELAY_MILLIS = 75;

    /** The first repetition of a request of LCP and IPCP, for the same reason. */
    private static final int FIRST_REPETITION_MILLIS = RestartTimer.DEFAULT.firstMillis();

    /** Wrong passwords in one link. */
    private static final int MAX_LOGIN_TRIES = 3;

    private LinkSettings() {}

    static LinkConfiguration of(PppOptions options) {
        LcpOptions lcp = options.lcp();
        return new LinkConfiguration(
                options.serverName(),
                new LinkRole.Server(eap(options)),
                new LcpConfiguration(
                        lcp.mruBytes(),
                        lcp.negotiatesMru(),
                        lcp.asyncMap(),
                        lcp.negotiatesAsyncMap(),
                        options.authentication().inOrder(),
                        lcp.negotiatesMagicNumber(),
                        lcp.negotiatesProtocolFieldCompression(),
                        lcp.negotiatesAddressAndControlFieldCompression(),
                        lcp.answersCallback()),
                options.encryption(),
                START_DELAY_MILLIS,
                timer(options.lcpLimits(), FIRST_REPETITION_MILLIS),
                timer(options.ccpLimits(), RestartTimer.UNHURRIED.firstMillis()),
                timer(options.ipcpLimits(), FIRST_REPETITION_MILLIS),
                new LoginLimits(
                        timer(options.chapLimits()), timer(options.papLimits()), MAX_LOGIN_TRIES),
                new EchoTimer(
                        lcp.echoIntervalSeconds() * 1_000, lcp.echoFailures(), lcp.echoAdaptive()),
                new NetworkConfiguration(
                        options.network().vj(),
                        options.network().ipv6(),
                        timer(options.network().ipv6cpLimits(), FIRST_REPETITION_MILLIS)));
    }

    /** Without a method nobody is asked for EAP, and what is said of it does not matter. */
    private static EapSettings eap(PppOptions options) {
        EapPolicy eap = options.eap();
        if (eap.methods().isEmpty()) {
            return EapSettings.DEFAULT;
        }
        EapTimer timer =
                new EapTimer(
                        eap.restartSeconds() * 1_000,
                        eap.maxRequests(),
                        EapTimer.DEFAULT.maxRequests(),
                        EapTimer.DEFAULT.waitMillis(),
                        options.chapLimits().timeoutSeconds() * 1_000,
                        eap.intervalSeconds() * 1_000);
        return new EapSettings(
                eap.methods(),
                timer,
                eap.credentials().map(LinkSettings::conversations),
                Optional.empty());
    }

    private static Supplier<TlsConversation> conversations(TlsCredentials credentials) {
        try {
            return credentials.asServer();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the certificates were checked when they were read", e);
        }
    }

    private static RestartTimer timer(NegotiationLimits limits, int firstMillis) {
        return new RestartTimer(
                firstMillis,
                limits.restartSeconds() * 1_000,
                limits.maxConfigure(),
                limits.maxTerminate(),
                limits.maxFailure());
    }

    private static PapTimer timer(PapLimits limits) {
        return new PapTimer(
                limits.restartSeconds() * 1_000,
                limits.maxRequests(),
                limits.timeoutSeconds() * 1_000);
    }

    private static ChapTimer timer(ChapLimits limits) {
        return new ChapTimer(
                limits.restartSeconds() * 1_000,
                limits.maxChallenges(),
                limits.timeoutSeconds() * 1_000,
                limits.intervalSeconds() * 1_000);
    }
}
