package dev.pptpd.ppp.eap;

import dev.pptpd.ppp.auth.AuthenticationRequest;
import dev.pptpd.ppp.auth.AuthenticationResult;
import dev.pptpd.ppp.auth.AuthenticationServer;
import dev.pptpd.ppp.auth.LoginDeadlines;
import dev.pptpd.ppp.auth.LoginLimits;
import dev.pptpd.ppp.auth.PeerName;
import dev.pptpd.ppp.eap.ServerMethod.Step;
import dev.pptpd.ppp.packet.ControlPacket;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The authenticator: asks for the identity, then runs the first of its methods that the peer takes.
 * One Request is out at a time and is repeated, with the same identifier, until its Response is in;
 * what is no answer to it is dropped. Where an interval is configured, a peer that is in is asked
 * again, and must stay the same user, however it words its name. Not thread-safe.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc3748#section-4 RFC 3748 section 4
 * @spec https://www.rfc-editor.org/rfc/rfc4137#section-5 RFC 4137 section 5
 */
public final class EapServer implements AuthenticationServer {
    /** Requests in one login: a chain of certificates over the smallest MRU takes about 80. */
    private static final int MAX_ROUNDS = 120;

    private final MethodOffer offer;
    private final EapTimer timer;
    private final ServerMethods factory;
    private final RandomGenerator entropy;
    private final Queue<Action> actions = new ArrayDeque<>();

    private Phase phase = Phase.IDLE;
    private PeerName identity = new PeerName(new byte[0]);
    private PeerName peerName = identity;
    private PeerName user = identity;
    private @Nullable ServerMethod method;
    private boolean methodBegan;
    private @Nullable ControlPacket request;
    private @Nullable AuthenticationRequest deciding;
    private @Nullable Runnable computing;
    private int identifier;
    private int rounds;
    private boolean awaitsUser;
    private final LoginDeadlines deadlines = new LoginDeadlines();
    private @Nullable PeerName admitted;

    private enum Phase {
        /** Not started, or stopped. */
        IDLE,
        /** The Request for the identity is out. */
        IDENTIFYING,
        /** A Request of the method is out. */
        ASKING,
        /** Somebody else decides or computes. */
        WAITING,
        /** Accepted or refused for good. */
        DONE
    }

    /**
     * A server that has not started.
     *
     * @param methods in the order in which they are offered; at least one
     * @param factory makes them
     * @param entropy makes the first identifier
     */
    public EapServer(
            List<EapMethod> methods,
            EapTimer timer,
            ServerMethods factory,
            RandomGenerator entropy) {
        this.offer = new MethodOffer(methods);
        this.timer = timer;
        this.factory = factory;
        this.entropy = entropy;
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
        admitted = null;
        identifier = entropy.nextInt() & 0xFF;
        identify(nowNanos);
    }

    private void identify(long nowNanos) {
        stop();
        deadlines.giveUpIn(timer.timeoutMillis(), nowNanos);
        phase = Phase.IDENTIFYING;
        ask(new EapBody(EapType.IDENTITY, new byte[0]), nowNanos);
    }

    @Override
    public void stop() {
        phase = Phase.IDLE;
        method = null;
        methodBegan = false;
        request = null;
        deciding = null;
        computing = null;
        awaitsUser = false;
        rounds = 0;
        deadlines.clear();
    }

    @Override
    public void onTimeout(long nowNanos) {
        switch (deadlines.due(nowNanos)) {
            case NOTHING -> {}
            case ASK_AGAIN -> identify(nowNanos);
            case GIVE_UP -> refuse("no valid login in time");
            case REPEAT -> {
                if (awaitsUser || deadlines.timesSent() < timer.maxTransmissions()) {
                    transmit(nowNanos);
                } else {
                    refuse("no answer to " + deadlines.timesSent() + " requests");
                }
            }
        }
    }

    @Override
    public void receive(ControlPacket packet, long nowNanos) {
        boolean isAwaited = phase == Phase.IDENTIFYING || phase == Phase.ASKING;
        if (isAwaited && packet.code() == EapCode.RESPONSE && packet.identifier() == identifier) {
            EapBody.decode(packet).ifPresent(body -> receive(body, nowNanos));
        }
    }

    private void receive(EapBody body, long nowNanos) {
        ServerMethod running = method;
        if (phase == Phase.IDENTIFYING) {
            receiveIdentity(body, nowNanos);
        } else if (running != null && body.type() == EapType.NAK) {
            receiveNak(running.method(), body.data(), nowNanos);
        } else if (running != null && body.type() == running.method().type()) {
            Step step = running.receive(identifier, body.data());
            methodBegan |= !(step instanceof Step.Ignore);
            perform(step, nowNanos);
        }
    }

    private void receiveIdentity(EapBody body, long nowNanos) {
        body.identity()
                .ifPresent(name -> {
                    identity = name;
                    begin(offer.first(), nowNanos);
                });
    }

    private void begin(EapMethod chosen, long nowNanos) {
        ServerMethod begun = factory.make(chosen, identity);
        method = begun;
        methodBegan = false;
        perform(begun.start(next(identifier)), nowNanos);
    }

    /** A peer may decline what is offered, but not leave what it has begun. */
    private void receiveNak(EapMethod running, byte[] wanted, long nowNanos) {
        if (!methodBegan) {
            offer.declined(running, wanted)
                    .ifPresentOrElse(
                            other -> begin(other, nowNanos),
                            () -> refuse(MethodOffer.disagreement(wanted)));
        }
    }

    @Override
    public boolean isSettled() {
        return phase == Phase.DONE && admitted != null && nextDeadlineNanos() == Long.MAX_VALUE;
    }

    @Override
    public boolean awaitsUser() {
        return awaitsUser && phase == Phase.ASKING;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the same values may come again, for a later try
    public boolean isDeciding(AuthenticationRequest decided) {
        return phase == Phase.WAITING && deciding == decided;
    }

    @Override
    public void decided(AuthenticationRequest decided, AuthenticationResult result, long nowNanos) {
        ServerMethod running = method;
        if (isDeciding(decided) && running != null) {
            deciding = null;
            peerName = decided.peerName();
            if (result instanceof AuthenticationResult.Accepted accepted) {
                user = accepted.user();
            }
            perform(running.decided(decided, result, identifier), nowNanos);
        }
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // this very task
    public void computed(Runnable task, long nowNanos) {
        ServerMethod running = method;
        if (phase == Phase.WAITING && computing == task && running != null) {
            computing = null;
            perform(running.computed(identifier), nowNanos);
        }
    }

    private void perform(Step step, long nowNanos) {
        switch (step) {
            case Step.Ask(byte[] data) -> askByMethod(data, nowNanos);
            case Step.AskUser(byte[] data) -> {
                deadlines.extendTo(LoginLimits.USER_MILLIS, nowNanos);
                askByMethod(data, nowNanos);
                awaitsUser = true;
            }
            case Step.Decide(AuthenticationRequest asked) -> {
                await();
                deciding = asked;
                actions.add(new Action.Decide(asked));
            }
            case Step.Compute(Runnable task) -> {
                await();
                computing = task;
                actions.add(new Action.Compute(task));
            }
            case Step.Grant() -> grant(nowNanos);
            case Step.Refuse(String reason) -> refuse(reason);
            case Step.Ignore() -> {}
        }
    }

    /** The peer is who was decided on: an identity says what it likes. */
    private void grant(long nowNanos) {
        if (admitted != null && !admitted.equals(user)) {
            refuse("the peer logs in again as somebody else");
            return;
        }
        admitted = user;
        end(EapCode.SUCCESS);
        deadlines.askAgainIn(timer.intervalMillis(), nowNanos);
        actions.add(new Action.Succeeded(peerName));
    }

    private void await() {
        phase = Phase.WAITING;
        deadlines.answered();
    }

    private void askByMethod(byte[] data, long nowNanos) {
        ServerMethod running = method;
        if (running == null) {
            return;
        }
        phase = Phase.ASKING;
        ask(new EapBody(running.method().type(), data), nowNanos);
    }

    private void ask(EapBody body, long nowNanos) {
        if (++rounds > MAX_ROUNDS) {
            refuse("the login comes to no end in " + MAX_ROUNDS + " rounds");
            return;
        }
        identifier = next(identifier);
        request = body.request(identifier);
        deadlines.beginCount();
        awaitsUser = false;
        transmit(nowNanos);
    }

    private void transmit(long nowNanos) {
        if (request != null) {
            // Whoever waits for somebody to type something is reminded ever less.
            long patience = awaitsUser ? deadlines.timesSent() + 1 : 1;
            deadlines.sent(patience * timer.restartMillis(), nowNanos);
            actions.add(new Action.Send(request));
        }
    }

    private void refuse(String reason) {
        end(EapCode.FAILURE);
        actions.add(new Action.Failed(reason));
    }

    /** The verdict has the identifier of the Response that it answers, and is never repeated. */
    private void end(int code) {
        phase = Phase.DONE;
        method = null;
        deadlines.clear();
        actions.add(new Action.Send(new ControlPacket(code, identifier, new byte[0])));
    }

    private static int next(int identifier) {
        return (identifier + 1) & 0xFF;
    }
}
