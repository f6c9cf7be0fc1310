package dev.pptpd.ppp.auth;

import dev.pptpd.ppp.packet.ControlPacket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Queue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of the MS-CHAPv2 exchange: challenges, hands each Response out to be decided
 * and tells the outcome. A Failure carries the next challenge while tries are left. A Response that
 * comes again gets the same answer again. Not thread-safe.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2759 RFC 2759
 * @spec https://www.rfc-editor.org/rfc/rfc1994#section-4 RFC 1994 section 4
 */
public final class MsChapV2Server {
    private static final int MAX_NAME_OCTETS = 256;

    private final byte[] name;
    private final ChapTimer timer;
    private final RandomGenerator entropy;
    private final Queue<ChapAction> actions = new ArrayDeque<>();

    private Phase phase = Phase.IDLE;
    private byte[] challenge = new byte[0];
    private int identifier;
    private int challengesSent;
    private int triesLeft;
    private @Nullable ControlPacket answered;
    private @Nullable ControlPacket answer;
    private long repeatNanos = Long.MAX_VALUE;
    private long giveUpNanos = Long.MAX_VALUE;

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

    /** What the exchange wants done. */
    public sealed interface ChapAction {
        /** Send this packet under protocol C223. */
        record Send(ControlPacket packet) implements ChapAction {}

        /** Decide this and call {@link MsChapV2Server#decided}. */
        record Decide(MsChapV2Request request) implements ChapAction {}

        /** The peer is in. */
        record Succeeded(PeerName peerName) implements ChapAction {}

        /** The peer is out; the link is to be closed. */
        record Failed(String reason) implements ChapAction {}
    }

    /**
     * A server that has not started.
     *
     * @param name our name in the Challenge
     * @param entropy must be unpredictable: it makes the challenges
     */
    public MsChapV2Server(String name, ChapTimer timer, RandomGenerator entropy) {
        byte[] octets = name.getBytes(StandardCharsets.UTF_8);
        this.name = Arrays.copyOf(octets, Math.min(octets.length, MAX_NAME_OCTETS));
        this.timer = timer;
        this.triesLeft = timer.maxTries();
        this.entropy = entropy;
    }

    /** What to do next, or null when nothing is left. */
    public @Nullable ChapAction pollAction() {
        return actions.poll();
    }

    /** When {@link #onTimeout} wants to be called; {@link Long#MAX_VALUE} for never. */
    public long nextDeadlineNanos() {
        return Math.min(repeatNanos, giveUpNanos);
    }

    /** Begins: the first Challenge goes out. A new start gives no new tries. */
    public void start(long nowNanos) {
        challengesSent = 0;
        identifier = entropy.nextInt() & 0xFF;
        challenge = newChallenge();
        phase = Phase.CHALLENGED;
        giveUpNanos = timer.timeoutMillis() == 0 ? Long.MAX_VALUE : nowNanos + timer.timeoutNanos();
        sendChallenge(nowNanos);
    }

    /** Ends the exchange, whatever its state. */
    public void stop() {
        phase = Phase.IDLE;
        answered = null;
        stopTimers();
    }

    /** Repeats the Challenge, or gives up. To be called when the deadline has come. */
    public void onTimeout(long nowNanos) {
        if (isDue(giveUpNanos, nowNanos)) {
            fail("no valid login within " + timer.timeoutMillis() / 1000 + " s");
        } else if (isDue(repeatNanos, nowNanos)) {
            if (challengesSent >= timer.maxChallenge()) {
                fail("no answer to " + challengesSent + " challenges");
            } else {
                sendChallenge(nowNanos);
            }
        }
    }

    private static boolean isDue(long deadlineNanos, long nowNanos) {
        return deadlineNanos != Long.MAX_VALUE && deadlineNanos - nowNanos <= 0;
    }

    /** Takes a CHAP packet. Whatever is not a Response to our challenge is dropped. */
    public void receive(ControlPacket packet) {
        if (packet.code() != ChapCode.RESPONSE) {
            return;
        }
        if (answered != null && answer != null && packet.equals(answered)) {
            actions.add(new ChapAction.Send(answer));
            return;
        }
        if (phase != Phase.CHALLENGED || packet.identifier() != identifier) {
            return;
        }
        MsChapV2Request.decode(packet.data(), challenge)
                .ifPresent(request -> {
                    phase = Phase.DECIDING;
                    repeatNanos = Long.MAX_VALUE;
                    answered = packet;
                    answer = null;
                    actions.add(new ChapAction.Decide(request));
                });
    }

    /** Whether this request, which answers our latest challenge, waits for {@link #decided}. */
    public boolean isDeciding(MsChapV2Request request) {
        return phase == Phase.DECIDING
                && MessageDigest.isEqual(challenge, request.authenticatorChallenge());
    }

    /**
     * The outcome of {@link ChapAction.Decide}. Ignored when the exchange was stopped meanwhile,
     * also when another one has begun since.
     */
    public void decided(MsChapV2Request request, AuthenticationResult result) {
        if (!isDeciding(request)) {
            return;
        }
        switch (result) {
            case AuthenticationResult.Accepted accepted -> {
                phase = Phase.DONE;
                stopTimers();
                sendAnswer(ChapCode.SUCCESS, accepted.successMessage());
                actions.add(new ChapAction.Succeeded(request.peerName()));
            }
            case AuthenticationResult.Rejected rejected -> refuse(rejected.code());
        }
    }

    private void refuse(AuthenticationResult.FailureCode code) {
        triesLeft--;
        challenge = newChallenge();
        String message =
                String.format(
                        Locale.ROOT,
                        "E=%d R=%d C=%s V=3",
                        code.number(),
                        triesLeft > 0 ? 1 : 0,
                        HexFormat.of().withUpperCase().formatHex(challenge));
        sendAnswer(ChapCode.FAILURE, message);
        if (triesLeft > 0) {
            // The next Response counts its identifier up and answers the challenge in C=.
            phase = Phase.CHALLENGED;
            identifier = (identifier + 1) & 0xFF;
        } else {
            fail("login refused, E=" + code.number());
        }
    }

    private void fail(String reason) {
        phase = Phase.DONE;
        stopTimers();
        actions.add(new ChapAction.Failed(reason));
    }

    private void stopTimers() {
        repeatNanos = Long.MAX_VALUE;
        giveUpNanos = Long.MAX_VALUE;
    }

    private void sendAnswer(int code, String message) {
        answer = new ControlPacket(code, identifier, message.getBytes(StandardCharsets.US_ASCII));
        actions.add(new ChapAction.Send(answer));
    }

    private void sendChallenge(long nowNanos) {
        byte[] data =
                ByteBuffer.allocate(1 + MsChapV2.CHALLENGE_OCTETS + name.length)
                        .put((byte) MsChapV2.CHALLENGE_OCTETS)
                        .put(challenge)
                        .put(name)
                        .array();
        challengesSent++;
        repeatNanos = nowNanos + timer.restartNanos();
        actions.add(new ChapAction.Send(new ControlPacket(ChapCode.CHALLENGE, identifier, data)));
    }

    private byte[] newChallenge() {
        byte[] octets = new byte[MsChapV2.CHALLENGE_OCTETS];
        entropy.nextBytes(octets);
        return octets;
    }
}
