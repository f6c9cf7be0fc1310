package dev.pptpd.ppp.link;

import dev.pptpd.ppp.auth.AuthenticationRequest;
import dev.pptpd.ppp.auth.AuthenticationResult;
import dev.pptpd.ppp.auth.AuthenticationServer;
import dev.pptpd.ppp.auth.AuthenticationServer.Action;
import dev.pptpd.ppp.auth.ChapAlgorithm;
import dev.pptpd.ppp.auth.ChapServer;
import dev.pptpd.ppp.auth.LastAnswer;
import dev.pptpd.ppp.auth.LoginMethod;
import dev.pptpd.ppp.auth.LoginTries;
import dev.pptpd.ppp.auth.PapServer;
import dev.pptpd.ppp.eap.EapServer;
import dev.pptpd.ppp.eap.EapSettings;
import dev.pptpd.ppp.eap.ServerMethods;
import dev.pptpd.ppp.lcp.LcpOptions;
import dev.pptpd.ppp.link.LinkEnd.Cause;
import dev.pptpd.ppp.packet.ControlPacket;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The peer logs in at our side, by the method that LCP agreed on; where nobody needs to, the
 * session only has to be ready.
 */
final class ServerLogin implements Login {
    private final EapSettings eap;
    private final LinkConfiguration configuration;
    private final LcpOptions lcp;
    private final RandomGenerator entropy;
    private final Outbox outbox;
    private final LoginTries tries;

    /** The method that LCP agreed on last. */
    private @Nullable LoginMethod method;

    /** Its automaton; null before LCP is open, and when nothing is left for it to do. */
    private @Nullable AuthenticationServer server;

    private LastAnswer lastAnswer = LastAnswer.NONE;

    ServerLogin(
            LinkRole.Server role,
            LinkConfiguration configuration,
            LcpOptions lcp,
            RandomGenerator entropy,
            Outbox outbox) {
        this.eap = role.eap();
        this.configuration = configuration;
        this.lcp = lcp;
        this.entropy = entropy;
        this.outbox = outbox;
        this.tries = new LoginTries(configuration.login().maxTries());
    }

    @Override
    public int timeoutMillis() {
        return configuration.login().timeoutMillis(configuration.lcp().peerLogins());
    }

    @Override
    public void start(long nowNanos) {
        Optional<LoginMethod> agreed = lcp.peerLogin();
        if (agreed.isEmpty()) {
            outbox.add(new LinkAction.Admit());
            return;
        }
        method = agreed.get();
        lastAnswer = LastAnswer.NONE;
        AuthenticationServer begun = automaton(agreed.get());
        server = begun;
        begun.start(nowNanos);
    }

    private AuthenticationServer automaton(LoginMethod method) {
        return switch (method) {
            case EAP -> eap();
            case MS_CHAP_V2 -> chap(ChapAlgorithm.MS_CHAP_V2);
            case MS_CHAP_V1 -> chap(ChapAlgorithm.MS_CHAP_V1);
            case CHAP_MD5 -> chap(ChapAlgorithm.MD5);
            case PAP -> new PapServer(configuration.login().pap());
        };
    }

    private EapServer eap() {
        return new EapServer(
                eap.methods(),
                eap.timer(),
                new ServerMethods(
                        configuration.name(), tries, eap.tlsOrNone(), lcp.peerMruBytes(), entropy),
                entropy);
    }

    private ChapServer chap(ChapAlgorithm algorithm) {
        return new ChapServer(
                algorithm, configuration.name(), configuration.login().chap(), tries, entropy);
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop();
            server = null;
        }
        method = null;
        lastAnswer = LastAnswer.NONE;
    }

    @Override
    public boolean speaks(int protocol) {
        return method != null && method.protocol() == protocol;
    }

    @Override
    public long nextDeadlineNanos() {
        return server == null ? Long.MAX_VALUE : server.nextDeadlineNanos();
    }

    @Override
    public void onTimeout(long nowNanos) {
        if (server != null) {
            server.onTimeout(nowNanos);
        }
    }

    @Override
    public void receive(ControlPacket packet, long nowNanos) {
        if (server != null) {
            server.receive(packet, nowNanos);
        } else if (method != null) {
            int protocol = method.protocol();
            lastAnswer
                    .to(packet)
                    .ifPresent(answer -> outbox.send(protocol, answer, lcp.peerMruBytes()));
        }
    }

    /** A login that is over for good leaves nothing but its last answer. */
    @Override
    public void onNetworkUp() {
        if (server != null && server.isSettled()) {
            lastAnswer = server.lastAnswer();
            server = null;
        }
    }

    /** Whether this login, and no earlier one, waits for its decision. */
    boolean isDeciding(AuthenticationRequest request) {
        return server != null && server.isDeciding(request);
    }

    void decided(AuthenticationRequest request, AuthenticationResult result, long nowNanos) {
        if (server != null) {
            server.decided(request, result, nowNanos);
        }
    }

    void computed(Runnable task, long nowNanos) {
        if (server != null) {
            server.computed(task, nowNanos);
        }
    }

    @Override
    public boolean awaitsUser() {
        return server != null && server.awaitsUser();
    }

    @Override
    public Outcome drain(int peerMruBytes) {
        Outcome outcome = new Outcome.Undecided();
        AuthenticationServer running = server;
        LoginMethod agreed = method;
        if (running == null || agreed == null) {
            return outcome;
        }
        for (Action action = running.pollAction(); action != null; action = running.pollAction()) {
            switch (action) {
                case Action.Send(ControlPacket packet) -> {
                    if (!outbox.send(agreed.protocol(), packet, peerMruBytes)) {
                        outcome = Login.doesNotFit(packet, peerMruBytes);
                    }
                }
                case Action.Decide(AuthenticationRequest request) ->
                        outbox.add(new LinkAction.Authenticate(request));
                case Action.Compute(Runnable task) -> outbox.add(new LinkAction.Compute(task));
                case Action.Succeeded _ -> outcome = new Outcome.Passed();
                case Action.Failed(String reason) ->
                        outcome =
                                new Outcome.Failed(
                                        new LinkEnd(Cause.AUTHENTICATION_FAILED, reason));
            }
        }
        return outcome;
    }
}
