package dev.pptpd.ppp.auth;

import dev.pptpd.ppp.packet.BriefQueue;
import dev.pptpd.ppp.packet.ControlPacket;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of PAP: waits for an Authenticate-Request, hands it out to be decided and tells
 * the outcome. There is one try: a peer that is refused has nothing else to say. A request that
 * comes again after it was accepted gets the same Ack again, since the first may be lost. Not
 * thread-safe.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc1334#section-2 RFC 1334 section 2
 */
public final class PapServer implements AuthenticationServer {
    /** Msg-Length 0: an outcome without a text. */
    private static final byte[] NO_MESSAGE = {0};

    private final PapTimer timer;
    private final BriefQueue<Action> actions = new BriefQueue<>();

    private Phase phase = Phase.IDLE;
    private @Nullable PapRequest deciding;
    private int identifier;
    private final LoginDeadlines deadlines = new LoginDeadlines();

    private enum Phase {
        /** Not started, or refused. */
        IDLE,
        /** The peer is to name itself. */
        WAITING,
        /** A request is being decided elsewhere. */
        DECIDING,
        ACCEPTED
    }

    /** A server that has not started. */
    public PapServer(PapTimer timer) {
        this.timer = timer;
    }

    @Override
    public @Nullable Action pollAction() {
        return actions.poll();
    }

    @Override
    public long nextDeadlineNanos() {
        return deadlines.nextNanos();
    }

    @Override
    public void start(long nowNanos) {
        phase = Phase.WAITING;
        deadlines.giveUpIn(timer.timeoutMillis(), nowNanos);
    }

    @Override
    public void stop() {
        phase = Phase.IDLE;
        deadlines.clear();
        forgetRequest();
    }

    private void forgetRequest() {
        if (deciding != null) {
            deciding.wipe();
            deciding = null;
        }
    }

    @Override
    public void onTimeout(long nowNanos) {
        if (deadlines.due(nowNanos) == LoginDeadlines.Due.GIVE_UP) {
            stop();
            actions.add(
                    new Action.Failed(
                            "no valid login within " + timer.timeoutMillis() / 1000 + " s"));
        }
    }

    @Override
    public void receive(ControlPacket packet, long nowNanos) {
        if (packet.code() != PapCode.AUTHENTICATE_REQUEST) {
            return;
        }
        if (phase == Phase.ACCEPTED) {
            send(PapCode.AUTHENTICATE_ACK, packet.identifier());
        } else if (phase == Phase.WAITING) {
            PapRequest.decode(packet.data()).ifPresent(request -> decide(packet, request));
        } else if (phase == Phase.DECIDING) {
            // The answer belongs to the latest of them: clients count their requests.
            identifier = packet.identifier();
        }
    }

    private void decide(ControlPacket packet, PapRequest request) {
        phase = Phase.DECIDING;
        identifier = packet.identifier();
        deciding = request;
        actions.add(new Action.Decide(request));
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the same values may be sent again, for a later try
    public boolean isDeciding(AuthenticationRequest request) {
        return phase == Phase.DECIDING && deciding == request;
    }

    @Override
    public void decided(AuthenticationRequest request, AuthenticationResult result, long nowNanos) {
        if (!isDeciding(request)) {
            return;
        }
        stop();
        switch (result) {
            case AuthenticationResult.Accepted _ -> {
                phase = Phase.ACCEPTED;
                send(PapCode.AUTHENTICATE_ACK, identifier);
                actions.add(new Action.Succeeded(request.peerName()));
            }
            case AuthenticationResult.Rejected rejected -> {
                send(PapCode.AUTHENTICATE_NAK, identifier);
                actions.add(new Action.Failed("login refused, E=" + rejected.code().number()));
            }
        }
    }

    @Override
    public boolean isSettled() {
        return phase == Phase.ACCEPTED;
    }

    @Override
    public LastAnswer lastAnswer() {
        return packet ->
                packet.code() == PapCode.AUTHENTICATE_REQUEST
                        ? Optional.of(answer(PapCode.AUTHENTICATE_ACK, packet.identifier()))
                        : Optional.empty();
    }

    private void send(int code, int answered) {
        actions.add(new Action.Send(answer(code, answered)));
    }

    private static ControlPacket answer(int code, int answered) {
        return new ControlPacket(code, answered, NO_MESSAGE);
    }
}
