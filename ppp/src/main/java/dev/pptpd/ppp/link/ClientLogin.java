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

/** We log in at the peer, where it asked for that; else the network phase begins at once. */
final class ClientLogin implements Login {
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
            next = wrongMethod(lcp).<Outcome>map(Outcome.Failed::new).orElse(new Outcome.Passed());
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
        chap.receive(packet, nowNanos);
    }

    @Override
    public Outcome drain(int peerMruBytes) {
        Outcome outcome = next;
        next = new Outcome.Undecided();
        for (ChapAction action = chap.pollAction(); action != null; action = chap.pollAction()) {
            switch (action) {
                case ChapAction.Send(ControlPacket packet) ->
                        outbox.send(PppProtocol.CHAP, packet, peerMruBytes);
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
