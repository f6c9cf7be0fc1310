package dev.pptpd.ppp.link;

import dev.pptpd.mppe.MppeStartKeys;
import dev.pptpd.ppp.auth.AuthenticationClient;
import dev.pptpd.ppp.auth.AuthenticationClient.Action;
import dev.pptpd.ppp.auth.ChapAlgorithm;
import dev.pptpd.ppp.auth.ChapClient;
import dev.pptpd.ppp.auth.LoginMethod;
import dev.pptpd.ppp.auth.PapClient;
import dev.pptpd.ppp.eap.ClientMethods;
import dev.pptpd.ppp.eap.EapClient;
import dev.pptpd.ppp.eap.EapSettings;
import dev.pptpd.ppp.lcp.LcpOptions;
import dev.pptpd.ppp.link.LinkEnd.Cause;
import dev.pptpd.ppp.packet.ControlPacket;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * We log in at the peer, by the method that LCP agreed on. A peer that asks for no login is
 * refused: with MS-CHAPv2 a login proves both sides, and anyone who sits on the path could pass for
 * the server by leaving it out.
 */
final class ClientLogin implements Login {
    private static final LinkEnd NO_LOGIN =
            new LinkEnd(
                    Cause.PEER_NOT_PROVEN, "the server asks for no login and so proves nothing");

    /** Challenges answered in a second; each costs three DES blocks and some hashes. */
    private static final int MAX_ANSWERS_PER_SECOND = 10;

    private final RateLimit answers = new RateLimit();
    private final LinkRole.Client role;
    private final LinkConfiguration configuration;
    private final LcpOptions lcp;
    private final Encryption encryption;
    private final RandomGenerator entropy;
    private final Outbox outbox;
    private @Nullable Running running;
    private Outcome next = new Outcome.Undecided();

    /** The method that LCP agreed on last, and its automaton. */
    private record Running(LoginMethod method, AuthenticationClient client) {}

    ClientLogin(
            LinkRole.Client role,
            LinkConfiguration configuration,
            LcpOptions lcp,
            Encryption encryption,
            RandomGenerator entropy,
            Outbox outbox) {
        this.role = role;
        this.configuration = configuration;
        this.lcp = lcp;
        this.encryption = encryption;
        this.entropy = entropy;
        this.outbox = outbox;
    }

    @Override
    public int timeoutMillis() {
        return configuration.login().timeoutMillis(role.methods());
    }

    @Override
    public void start(long nowNanos) {
        Optional<LoginMethod> agreed = lcp.ownLogin();
        if (agreed.isEmpty()) {
            // pppd gives up a method that was refused, opens LCP without any and hangs up then.
            next = new Outcome.Failed(wrongMethod().orElse(NO_LOGIN));
            return;
        }
        Running login = new Running(agreed.get(), automaton(agreed.get()));
        running = login;
        login.client().start(nowNanos);
    }

    private AuthenticationClient automaton(LoginMethod method) {
        return switch (method) {
            case EAP -> eap();
            case MS_CHAP_V2 -> chap(ChapAlgorithm.MS_CHAP_V2);
            case MS_CHAP_V1 -> chap(ChapAlgorithm.MS_CHAP_V1);
            case CHAP_MD5 -> chap(ChapAlgorithm.MD5);
            case PAP ->
                    new PapClient(
                            role.name(), role.password().known(), configuration.login().pap());
        };
    }

    private EapClient eap() {
        EapSettings eap = role.eap();
        return new EapClient(
                eap.methods(),
                role.name(),
                eap.timer(),
                new ClientMethods(
                        role.name(),
                        role.password(),
                        eap.tlsOrNone(),
                        eap.serverName(),
                        lcp.peerMruBytes(),
                        entropy));
    }

    private ChapClient chap(ChapAlgorithm algorithm) {
        return new ChapClient(
                algorithm, role.name(), role.password(), configuration.login().chap(), entropy);
    }

    @Override
    public void stop() {
        next = new Outcome.Undecided();
        if (running != null) {
            running.client().stop();
            running = null;
        }
    }

    @Override
    public boolean speaks(int protocol) {
        return running != null && running.method().protocol() == protocol;
    }

    @Override
    public long nextDeadlineNanos() {
        return running == null ? Long.MAX_VALUE : running.client().nextDeadlineNanos();
    }

    @Override
    public void onTimeout(long nowNanos) {
        if (running != null) {
            running.client().onTimeout(nowNanos);
        }
    }

    @Override
    public void receive(ControlPacket packet, long nowNanos) {
        if (running != null
                && (!running.client().isQuestion(packet)
                        || answers.permits(MAX_ANSWERS_PER_SECOND, nowNanos))) {
            running.client().receive(packet, nowNanos);
        }
    }

    @Override
    public void onNetworkPacket() {
        if (running != null) {
            running.client().onNetworkPacket();
        }
    }

    @Override
    public Outcome drain(int peerMruBytes) {
        Outcome outcome = next;
        next = new Outcome.Undecided();
        Running login = running;
        if (login == null) {
            return outcome;
        }
        AuthenticationClient client = login.client();
        for (Action action = client.pollAction(); action != null; action = client.pollAction()) {
            switch (action) {
                case Action.Send(ControlPacket packet) -> {
                    if (!outbox.send(login.method().protocol(), packet, peerMruBytes)) {
                        outcome = Login.doesNotFit(packet, peerMruBytes);
                    }
                }
                case Action.Succeeded(String method, Optional<MppeStartKeys> keys) -> {
                    outbox.add(new LinkAction.LoggedIn(method));
                    keys.ifPresent(encryption::useKeys);
                    outcome = new Outcome.Passed();
                }
                case Action.NotProven(String reason) ->
                        outcome = failed(Cause.PEER_NOT_PROVEN, reason);
                case Action.Failed(String reason) ->
                        outcome = failed(Cause.AUTHENTICATION_FAILED, reason);
            }
        }
        return outcome;
    }

    /** The end of a link whose server wants another login than ours; empty while it does not. */
    @Override
    public Optional<LinkEnd> wrongMethod() {
        String ours =
                role.methods().stream().map(LoginMethod::label).collect(Collectors.joining(", "));
        return lcp.refusedMethod()
                .map(method ->
                        new LinkEnd(
                                Cause.AUTHENTICATION_FAILED,
                                "the server wants a login by "
                                        + method
                                        + ", we offer "
                                        + ours
                                        + " only"));
    }

    private static Outcome failed(Cause cause, String reason) {
        return new Outcome.Failed(new LinkEnd(cause, reason));
    }
}
