package dev.pptpd.ppp.auth;

import dev.pptpd.ppp.auth.AuthenticationResult.FailureCode;
import dev.pptpd.ppp.packet.BriefQueue;
import dev.pptpd.ppp.packet.ControlPacket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of CHAP in all its forms: challenges, hands each Response out to be decided and
 * tells the outcome. A Failure carries the next challenge while tries are left and the form has
 * room for one; where the password has expired, it asks for another one, if the form can carry
 * that. A packet that comes again gets the same answer again. Where an interval is configured, a
 * peer that is in is challenged again and again, and must stay the same user, however it words its
 * name. Not thread-safe.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2759 RFC 2759
 * @spec https://www.rfc-editor.org/rfc/rfc1994#section-4 RFC 1994 section 4
 */
public final class ChapServer implements AuthenticationServer {
    private final ChapAlgorithm algorithm;
    private final ChallengerName name;
    private final ChapTimer timer;
    private final LoginTries tries;
    private final RandomGenerator entropy;
    private final BriefQueue<Action> actions = new BriefQueue<>();

    private Phase phase = Phase.IDLE;
    private byte[] challenge = new byte[0];
    private int identifier;
    private boolean isRetry;
    private @Nullable AuthenticationRequest deciding;
    private @Nullable PeerName admitted;
    private @Nullable PeerName mustChange;
    private @Nullable ControlPacket answered;
    private @Nullable ControlPacket answer;
    private final LoginDeadlines deadlines = new LoginDeadlines();

    private enum Phase {
        /** Not started. */
        IDLE,
        /** A challenge is out, in a Challenge packet or in a Failure. */
        CHALLENGED,
        /** A Response is being decided elsewhere. */
        DECIDING,
        /** Accepted or refused for good. */
        DONE
    }

    /**
     * A server that has not started.
     *
     * @param name our name in the Challenge
     * @param tries shared by all logins of the link
     * @param entropy must be unpredictable: it makes the challenges
     */
    public ChapServer(
            ChapAlgorithm algorithm,
            String name,
            ChapTimer timer,
            LoginTries tries,
            RandomGenerator entropy) {
        this.algorithm = algorithm;
        this.name = new ChallengerName(name);
        this.timer = timer;
        this.tries = tries;
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
        challenge(nowNanos);
    }

    private void challenge(long nowNanos) {
        deadlines.clear();
        deadlines.giveUpIn(timer.timeoutMillis(), nowNanos);
        challenge = newChallenge();
        isRetry = false;
        phase = Phase.CHALLENGED;
        sendChallenge(nowNanos);
    }

    @Override
    public void stop() {
        phase = Phase.IDLE;
        answered = null;
        deciding = null;
        mustChange = null;
        deadlines.clear();
    }

    @Override
    public void onTimeout(long nowNanos) {
        switch (deadlines.due(nowNanos)) {
            case NOTHING -> {}
            case ASK_AGAIN -> {
                identifier = (identifier + 1) & 0xFF;
                challenge(nowNanos);
            }
            case GIVE_UP ->
                    fail(
                            awaitsUser()
                                    ? "the password has expired and no new one came"
                                    : "no valid login within "
                                            + timer.timeoutMillis() / 1000
                                            + " s");
            case REPEAT -> {
                if (deadlines.timesSent() < timer.maxChallenge()) {
                    sendChallenge(nowNanos);
                } else {
                    fail("no answer to " + deadlines.timesSent() + " challenges");
                }
            }
        }
    }

    /** Takes a packet of CHAP. Whatever is not a Response to our challenge is dropped. */
    @Override
    public void receive(ControlPacket packet, long nowNanos) {
        if (answered != null && answer != null && packet.equals(answered)) {
            actions.add(new Action.Send(answer));
            return;
        }
        if (phase != Phase.CHALLENGED || !isOurs(packet.identifier())) {
            return;
        }
        read(packet)
                .ifPresent(request -> {
                    phase = Phase.DECIDING;
                    identifier = packet.identifier();
                    deadlines.answered();
                    answered = packet;
                    answer = null;
                    deciding = request;
                    actions.add(new Action.Decide(request));
                });
    }

    /** A retry counts the identifier up; RFC 2433 does not say so, and some clients do not. */
    private boolean isOurs(int received) {
        return received == identifier || (isRetry && received == ((identifier - 1) & 0xFF));
    }

    /** A Response; once the password has expired, another password and nothing else. */
    private Optional<AuthenticationRequest> read(ControlPacket packet) {
        PeerName expired = mustChange;
        if (expired != null) {
            return algorithm.decodeChange(packet, expired, challenge.clone());
        }
        return packet.code() == ChapCode.RESPONSE
                ? algorithm.decode(packet.identifier(), challenge.clone(), packet.data())
                : Optional.empty();
    }

    @Override
    public boolean isSettled() {
        return phase == Phase.DONE && admitted != null && nextDeadlineNanos() == Long.MAX_VALUE;
    }

    /**
     * The same verdict for any Response to the same challenge.
     *
     * @spec https://www.rfc-editor.org/rfc/rfc1994#section-4.2 RFC 1994 section 4.2
     */
    @Override
    public LastAnswer lastAnswer() {
        if (answer == null) {
            return LastAnswer.NONE;
        }
        byte[] verdict = answer.encode();
        return packet -> repeat(verdict, packet);
    }

    private static Optional<ControlPacket> repeat(byte[] verdict, ControlPacket packet) {
        return ControlPacket.decode(ByteBuffer.wrap(verdict))
                .filter(_ -> ChapCode.isOfClient(packet.code()))
                .filter(said -> said.identifier() == packet.identifier());
    }

    @Override
    public boolean awaitsUser() {
        return mustChange != null && phase == Phase.CHALLENGED;
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
        deciding = null;
        switch (result) {
            case AuthenticationResult.Accepted accepted -> accept(request, accepted, nowNanos);
            case AuthenticationResult.Rejected(FailureCode code) -> {
                if (code == FailureCode.PASSWORD_EXPIRED && algorithm.changesPasswords()) {
                    askForNewPassword(request.peerName(), nowNanos);
                } else {
                    refuse(code);
                }
            }
        }
    }

    private void accept(
            AuthenticationRequest request, AuthenticationResult.Accepted accepted, long nowNanos) {
        if (admitted != null && !admitted.equals(accepted.user())) {
            fail("the peer logs in again as somebody else");
            return;
        }
        admitted = accepted.user();
        mustChange = null;
        phase = Phase.DONE;
        deadlines.clear();
        deadlines.askAgainIn(timer.intervalMillis(), nowNanos);
        sendAnswer(ChapCode.SUCCESS, accepted.successMessage());
        actions.add(new Action.Succeeded(request.peerName()));
    }

    /** The user may take the time to think of one. */
    private void askForNewPassword(PeerName expired, long nowNanos) {
        mustChange = expired;
        if (!algorithm.keepsChallengeForChange()) {
            challenge = newChallenge();
        }
        sendAnswer(
                ChapCode.FAILURE,
                algorithm.failure(FailureCode.PASSWORD_EXPIRED, false, challenge));
        expectNext();
        isRetry = false;
        deadlines.extendTo(LoginLimits.USER_MILLIS, nowNanos);
    }

    /** What comes next counts its identifier up and answers the challenge in {@code C=}. */
    private void expectNext() {
        phase = Phase.CHALLENGED;
        identifier = (identifier + 1) & 0xFF;
    }

    private void refuse(FailureCode code) {
        // Only another password can change the outcome, and only of this one.
        boolean mayRetry =
                tries.spend()
                        && algorithm.allowsRetry()
                        && mustChange == null
                        && code == FailureCode.AUTHENTICATION_FAILURE;
        challenge = newChallenge();
        sendAnswer(ChapCode.FAILURE, algorithm.failure(code, mayRetry, challenge));
        if (mayRetry) {
            expectNext();
            isRetry = true;
        } else {
            fail("login refused, E=" + code.number());
        }
    }

    private void fail(String reason) {
        phase = Phase.DONE;
        deadlines.clear();
        actions.add(new Action.Failed(reason));
    }

    private void sendAnswer(int code, String message) {
        answer = new ControlPacket(code, identifier, message.getBytes(StandardCharsets.US_ASCII));
        actions.add(new Action.Send(answer));
    }

    private void sendChallenge(long nowNanos) {
        deadlines.sent(timer.restartMillis(), nowNanos);
        actions.add(
                new Action.Send(
                        new ControlPacket(
                                ChapCode.CHALLENGE, identifier, name.challenge(challenge))));
    }

    private byte[] newChallenge() {
        byte[] octets = new byte[algorithm.challengeOctets()];
        entropy.nextBytes(octets);
        return octets;
    }
}
