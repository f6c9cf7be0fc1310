package dev.pptpd.ppp.link;

import dev.pptpd.ppp.auth.AuthenticationResult;
import dev.pptpd.ppp.auth.MsChapV2Request;
import dev.pptpd.ppp.auth.MsChapV2Server;
import dev.pptpd.ppp.auth.MsChapV2Server.ChapAction;
import dev.pptpd.ppp.frame.PppProtocol;
import dev.pptpd.ppp.link.LinkEnd.Cause;
import dev.pptpd.ppp.packet.ControlPacket;
import java.util.random.RandomGenerator;

/** The peer logs in at our side; where nobody needs to, the session only has to be ready. */
final class ServerLogin implements Login {
    private final boolean required;
    private final MsChapV2Server chap;
    private final Outbox outbox;

    ServerLogin(LinkConfiguration configuration, RandomGenerator entropy, Outbox outbox) {
        this.required = configuration.lcp().requireAuthentication();
        this.chap = new MsChapV2Server(configuration.name(), configuration.chapTimer(), entropy);
        this.outbox = outbox;
    }

    @Override
    public void start(long nowNanos) {
        if (required) {
            chap.start(nowNanos);
        } else {
            outbox.add(new LinkAction.Admit());
        }
    }

    @Override
    public void stop() {
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
        chap.receive(packet);
    }

    /** Whether this login, and no earlier one, waits for its decision. */
    boolean isDeciding(MsChapV2Request request) {
        return chap.isDeciding(request);
    }

    void decided(MsChapV2Request request, AuthenticationResult result) {
        chap.decided(request, result);
    }

    @Override
    public Outcome drain(int peerMruBytes) {
        Outcome outcome = new Outcome.Undecided();
        for (ChapAction action = chap.pollAction(); action != null; action = chap.pollAction()) {
            switch (action) {
                case ChapAction.Send(ControlPacket packet) -> {
                    if (!outbox.send(PppProtocol.CHAP, packet, peerMruBytes)) {
                        outcome = Login.doesNotFit(packet, peerMruBytes);
                    }
                }
                case ChapAction.Decide(MsChapV2Request request) ->
                        outbox.add(new LinkAction.Authenticate(request));
                case ChapAction.Succeeded _ -> outcome = new Outcome.Passed();
                case ChapAction.Failed(String reason) ->
                        outcome =
                                new Outcome.Failed(
                                        new LinkEnd(Cause.AUTHENTICATION_FAILED, reason));
            }
        }
        return outcome;
    }
}
