package dev.pptpd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.config.ConfigEnvironment;
import dev.pptpd.config.ConfigLoader;
import dev.pptpd.config.LoadedConfig;
import dev.pptpd.ppp.fsm.RestartTimer;
import dev.pptpd.ppp.lcp.EchoTimer;
import dev.pptpd.ppp.link.LinkConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Words of the options file that reach the link. */
final class LinkSettingsTest {
    @TempDir private Path folder;

    @Test
    void handsOnTheTimersAndCountersOfEachAutomaton() throws IOException {
        LinkConfiguration link =
                link(
                        """
                        lcp-restart 4 lcp-max-configure 5 lcp-max-failure 6 lcp-max-terminate 7
                        ipcp-restart 8 ipcp-max-configure 9 ipcp-max-failure 11
                        ipcp-max-terminate 12
                        ccp-restart 13 ccp-max-configure 14 ccp-max-failure 15
                        ccp-max-terminate 16
                        ipv6cp-restart 17 ipv6cp-max-configure 18 ipv6cp-max-failure 19
                        ipv6cp-max-terminate 20
                        """);
        int first = RestartTimer.DEFAULT.firstMillis();
        int unhurried = RestartTimer.UNHURRIED.firstMillis();
        assertThat(link.lcpTimer()).isEqualTo(new RestartTimer(first, 4_000, 5, 7, 6));
        assertThat(link.ipcpTimer()).isEqualTo(new RestartTimer(first, 8_000, 9, 12, 11));
        assertThat(link.ccpTimer()).isEqualTo(new RestartTimer(unhurried, 13_000, 14, 16, 15));
        assertThat(link.network().ipv6cpTimer())
                .isEqualTo(new RestartTimer(first, 17_000, 18, 20, 19));
    }

    @Test
    void handsOnTheEchoAndTheAnswerToCallback() throws IOException {
        LinkConfiguration link =
                link("lcp-echo-interval 20 lcp-echo-failure 3 lcp-echo-adaptive cbcp");
        assertThat(link.echoTimer()).isEqualTo(new EchoTimer(20_000, 3, true));
        assertThat(link.lcp().answersCallback()).isTrue();
        assertThat(link("cbcp nocallback").lcp().answersCallback()).isFalse();
        assertThat(link("").echoTimer()).isEqualTo(new EchoTimer(30_000, 4, false));
    }

    private ConfigEnvironment environment() {
        return new ConfigEnvironment(folder, _ -> Optional.empty(), "host", Set.of());
    }

    private LinkConfiguration link(String words) throws IOException {
        Files.writeString(folder.resolve("opts"), "noauth nomppe\n" + words);
        Path conf = folder.resolve("pptpd.conf");
        Files.writeString(conf, "option opts\nlocalip 10.0.0.1\nremoteip 10.0.0.10-19\n");
        LoadedConfig loaded = new ConfigLoader(environment()).load(conf, Map.of());
        assertThat(loaded).isInstanceOf(LoadedConfig.Ready.class);
        return LinkSettings.of(((LoadedConfig.Ready) loaded).config().ppp());
    }
}
