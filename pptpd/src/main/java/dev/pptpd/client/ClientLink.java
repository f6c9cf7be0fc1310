package dev.pptpd.client;

import dev.pptpd.ppp.auth.ClientPassword;
import dev.pptpd.ppp.auth.LoginLimits;
import dev.pptpd.ppp.auth.PeerName;
import dev.pptpd.ppp.eap.EapSettings;
import dev.pptpd.ppp.fsm.RestartTimer;
import dev.pptpd.ppp.ipv6cp.Ipv6cpConfiguration;
import dev.pptpd.ppp.lcp.EchoTimer;
import dev.pptpd.ppp.lcp.LcpConfiguration;
import dev.pptpd.ppp.link.LinkConfiguration;
import dev.pptpd.ppp.link.LinkRole;
import dev.pptpd.ppp.link.NetworkConfiguration;
import dev.pptpd.ppp.vj.VjParameters;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What the user asks for, in the words of the PPP core. */
final class ClientLink {
    /** After the call: the server, which sees our first packet, may speak before. */
    private static final int START_DELAY_MILLIS = 50;

    /** A server that has vanished is noticed within a minute, while reconnecting is still quick. */
    private static final EchoTimer ECHO = new EchoTimer(15_000, 4);

    private ClientLink() {}

    /**
     * The link of a connection.
     *
     * @param password owned by the caller, who wipes it after the last link
     * @param eap how a login by EAP goes
     */
    static LinkConfiguration of(
            ClientArguments arguments, ClientPassword password, EapSettings eap) {
        PeerName user = new PeerName(arguments.user().getBytes(StandardCharsets.UTF_8));
        return new LinkConfiguration(
                arguments.user(),
                new LinkRole.Client(user, password, arguments.logins(), eap),
                new LcpConfiguration(
                        arguments.mtuBytes(), true, 0, true, List.of(), true, true, true),
                arguments.encryption().mppe(),
                START_DELAY_MILLIS,
                RestartTimer.DEFAULT,
                RestartTimer.UNHURRIED,
                RestartTimer.DEFAULT,
                LoginLimits.DEFAULT,
                ECHO,
                network(arguments));
    }

    private static NetworkConfiguration network(ClientArguments arguments) {
        return new NetworkConfiguration(
                arguments.vj() ? Optional.of(VjParameters.DEFAULT) : Optional.empty(),
                arguments.ipv6() ? Optional.of(Ipv6cpConfiguration.DEFAULT) : Optional.empty(),
                RestartTimer.DEFAULT,
                arguments.address());
    }
}
