package dev.pptpd.ppp.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.pptpd.ppp.packet.ControlPacket;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of CHAP in all its forms: answers each Challenge once, and with MS-CHAPv2
 * believes a Success only when it proves that the server knows the password. Not thread-safe.
 *
 * <p>A Challenge that comes again gets the same Response again. A Response without a verdict is
 * repeated: the server repeats its Challenge while the Response is lost, but never a lost Success,
 * which RFC 1994 leaves to the peer. A new Challenge after the login is answered as well; its keys
 * are handed out like the first ones. Then silence ends nothing, since the session stands.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2759 RFC 2759
 * @spec https://www.rfc-editor.org/rfc/rfc1994#section-4 RFC 1994 section 4
 */
public final class ChapClient implements AuthenticationClient {
    private static final String UNKNOWN_PASSWORD =
            "the server lets us in but does not know the password";

    private final ChapAlgorithm algorithm;
    private final PeerName name;
    private final ClientPassword password;
    private final ChapTimer timer;
    private final RandomGenerator entropy;
    private final Queue<Action> actions = new ArrayDeque<>();

    private Phase phase = Phase.IDLE;

    /** The Response to the latest Challenge, and what is in it while its verdict is out. */
    private @Nullable ControlPacket response;

    private ChapAlgorithm.@Nullable Answer undecided;
    private byte[] answered = new byte[0];
    private final LoginDeadlines deadlines = new LoginDeadlines();

    private enum Phase {
        /** Not started, or over for good. */
        IDLE,
        /** Nothing proves yet that the server let us in. */
        LOGGING_IN,
        /** We are in; the server may challenge again. */
        LOGGED_IN
    }

    /**
     * A client that has not started.
     *
     * @param password owned by the caller; must not be wiped while Challenges may come
     * @param timer how often and for how long a Response is repeated
     * @param entropy must be unpredictable: it makes the peer challenges
     */
    public ChapClient(
            ChapAlgorithm algorithm,
            PeerName name,
            ClientPassword password,
            ChapTimer timer,
            RandomGenerator entropy) {
        this.algorithm = algorithm;
        this.name = name;
        this.password = password;
        this.timer = timer;
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
        stop();
        password.begin();
        phase = Phase.LOGGING_IN;
        deadlines.giveUpIn(timer.timeoutMillis(), nowNanos);
    }

    @Override
    public void stop() {
        phase = Phase.IDLE;
        response = null;
        undecided = null;
        answered = new byte[0];
        deadlines.clear();
    }

    @Override
    public void onTimeout(long nowNanos) {
        switch (deadlines.due(nowNanos)) {
            case NOTHING, ASK_AGAIN -> {}
            case GIVE_UP -> {
                String missing = response == null ? "challenge" : "verdict";
                fail(
                        "no "
                                + missing
                                + " from the server in "
                                + timer.timeoutMillis() / 1000
                                + " s");
            }
            case REPEAT -> repeat(nowNanos);
        }
    }

    private void repeat(long nowNanos) {
        if (deadlines.timesSent() < timer.maxChallenge()) {
            sendResponse(nowNanos);
        } else if (phase == Phase.LOGGED_IN) {
            deadlines.answered();
        } else {
            fail("no verdict from the server on " + deadlines.timesSent() + " responses");
        }
    }

    /** A Challenge costs DES blocks and hashes. */
    @Override
    public boolean isQuestion(ControlPacket packet) {
        return packet.code() == ChapCode.CHALLENGE;
    }

    /** Takes a packet of CHAP. A Response is dropped: we ask nobody to log in. */
    @Override
    public void receive(ControlPacket packet, long nowNanos) {
        if (phase == Phase.IDLE) {
            return;
        }
        switch (packet.code()) {
            case ChapCode.CHALLENGE -> receiveChallenge(packet, nowNanos);
            case ChapCode.SUCCESS -> receiveSuccess(packet);
            case ChapCode.FAILURE -> receiveFailure(packet, nowNanos);
            default -> {}
        }
    }

    /** Value-Size, the value, the server's name, which tells us nothing. */
    private void receiveChallenge(ControlPacket packet, long nowNanos) {
        byte[] data = packet.data();
        int octets = data.length == 0 ? 0 : data[0] & 0xFF;
        if (data.length <= octets || !algorithm.takesChallengeOf(octets)) {
            return;
        }
        byte[] challenge = Arrays.copyOfRange(data, 1, 1 + octets);
        boolean isRepetition =
                response != null
                        && response.identifier() == packet.identifier()
                        && MessageDigest.isEqual(challenge, answered);
        if (!isRepetition) {
            answer(packet.identifier(), challenge);
        }
        sendResponse(nowNanos);
    }

    private void answer(int identifier, byte[] challenge) {
        ChapAlgorithm.Answer answer =
                algorithm.answer(name, identifier, challenge, password.known(), entropy);
        response = new ControlPacket(ChapCode.RESPONSE, identifier, answer.encode());
        undecided = answer;
        answered = challenge;
        deadlines.beginCount();
    }

    private void sendResponse(long nowNanos) {
        if (response != null) {
            deadlines.sent(timer.restartMillis(), nowNanos);
            if (undecided == null) {
                deadlines.answered();
            }
            actions.add(new Action.Send(response));
        }
    }

    private void receiveSuccess(ControlPacket packet) {
        ChapAlgorithm.Answer answer = undecided;
        if (answer == null || !isVerdict(packet)) {
            return;
        }
        if (!answer.isProvenBy(new String(packet.data(), ISO_8859_1))) {
            stop();
            actions.add(new Action.NotProven(UNKNOWN_PASSWORD));
            return;
        }
        undecided = null;
        phase = Phase.LOGGED_IN;
        password.confirm();
        deadlines.clear();
        actions.add(new Action.Succeeded(algorithm.method().label(), answer.startKeys()));
    }

    private void receiveFailure(ControlPacket packet, long nowNanos) {
        if (undecided == null || !isVerdict(packet)) {
            return;
        }
        FailureMessage failure = FailureMessage.decode(packet.data());
        Optional<ChapAlgorithm.Change> change =
                algorithm.change(name, failure, answered, password, entropy);
        if (change.isEmpty()) {
            fail(failure.describe());
            return;
        }
        response =
                new ControlPacket(
                        change.get().code(), packet.identifier() + 1, change.get().data());
        undecided = change.get().answer();
        deadlines.beginCount();
        sendResponse(nowNanos);
    }

    private boolean isVerdict(ControlPacket packet) {
        return response != null && response.identifier() == packet.identifier();
    }

    private void fail(String reason) {
        stop();
        actions.add(new Action.Failed(reason));
    }
}
