package dev.pptpd.ppp.link;

import dev.pptpd.mppe.MppeStartKeys;
import dev.pptpd.ppp.auth.MsChapV2Client;
import dev.pptpd.ppp.auth.MsChapV2Client.ChapAction;
import dev.pptpd.ppp.frame.PppProtocol;
import dev.pptpd.ppp.lcp.LcpOptions;
import dev.pptpd.ppp.link.LinkEnd.Cause;
import dev.pptpd.ppp.packet.ControlPacket;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * We log in at the peer. One that asks for no login is refused: a login proves both sides, and
 * anyone who sits on the path could pass for the server by leaving it out.
 */
final class ClientLogin implements Login {
    private static final LinkEnd NO_LOGIN =
            new LinkEnd(
                    Cause.PEER_NOT_PROVEN, "the server asks for no login and so proves nothing");

    /** Challenges answered in a second; each costs three DES blocks and some hashes. */
    private static final int MAX_ANSWERS_PER_SECOND = 10;

    private final RateLimit answers = new RateLimit(MAX_ANSWERS_PER_SECOND);
    private final LcpOptions lcp;
    private final MsChapV2Client chap;
    private final Encryption encryption;
    private final Outbox outbox;
    private Outcome next = new Outcome.Undecided();

    ClientLogin(
            LinkRole.Client role,
            LinkConfiguration configuration,
            LcpOptions lcp,
            Encryption encryption,
            RandomGenerator entropy,
            Outbox outbox) {
        this.lcp = lcp;
        this.chap =
                new MsChapV2Client(
                        role.name(), role.passwordHash(), configuration.chapTimer(), entropy);
        this.encryption = encryption;
        this.outbox = outbox;
    }

    @Override
    public void start(long nowNanos) {
        if (lcp.peerWantsLogin()) {
            chap.start(nowNanos);
        } else {
            // pppd gives up a method that was refused, opens LCP without any and hangs up then.
            next = new Outcome.Failed(wrongMethod(lcp).orElse(NO_LOGIN));
        }
    }

    @Override
    public void stop() {
        next = new Outcome.Undecided();
        chap.stop();
    }

    @Override
    public long nextDeadlineNanos() {
        return chap.nextDeadlineNanos();
    }

    @Override
    public void onTimeout(long nowNanos) {
        chap.onTimeout(nowNanos);
    }

    @Override
    public void receive(ControlPacket packet, long nowNanos) {
        if (!MsChapV2Client.isChallenge(packet) || answers.permits(nowNanos)) {
            chap.receive(packet, nowNanos);
        }
    }

    @Override
    public Outcome drain(int peerMruBytes) {
        Outcome outcome = next;
        next = new Outcome.Undecided();
        for (ChapAction action = chap.pollAction(); action != null; action = chap.pollAction()) {
            switch (action) {
                case ChapAction.Send(ControlPacket packet) -> {
                    if (!outbox.send(PppProtocol.CHAP, packet, peerMruBytes)) {
                        outcome = Login.doesNotFit(packet, peerMruBytes);
                    }
                }
                case ChapAction.Succeeded(MppeStartKeys keys) -> {
                    encryption.useKeys(keys);
                    outcome = new Outcome.Passed();
                }
                case ChapAction.NotProven _ ->
                        outcome =
                                failed(
                                        Cause.PEER_NOT_PROVEN,
                                        "the server lets us in but does not know the password");
                case ChapAction.Failed(String reason) ->
                        outcome = failed(Cause.AUTHENTICATION_FAILED, reason);
            }
        }
        return outcome;
    }

    /** The end of a link whose server wants another login than ours; empty while it does not. */
    static Optional<LinkEnd> wrongMethod(LcpOptions lcp) {
        return lcp.refusedMethod()
                .map(method ->
                        new LinkEnd(
                                Cause.AUTHENTICATION_FAILED,
                                "the server wants a login by "
                                        + method
                                        + ", this client knows MS-CHAPv2 only"));
    }

    private static Outcome failed(Cause cause, String reason) {
        return new Outcome.Failed(new LinkEnd(cause, reason));
    }
}
