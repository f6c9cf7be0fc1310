package dev.pptpd.ppp.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.pptpd.mppe.MppeStartKeys;
import dev.pptpd.ppp.packet.ControlPacket;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of the MS-CHAPv2 exchange: answers each Challenge once, and believes a Success
 * only when it proves that the server knows the password. Not thread-safe.
 *
 * <p>A Challenge that comes again gets the same Response again. A Response without a verdict is
 * repeated: the server repeats its Challenge while the Response is lost, but never a lost Success,
 * which RFC 1994 leaves to the peer. A new Challenge after the login is answered as well; its keys
 * are handed out like the first ones. Then silence ends nothing, since the session stands.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2759 RFC 2759
 * @spec https://www.rfc-editor.org/rfc/rfc1994#section-4 RFC 1994 section 4
 */
public final class MsChapV2Client {
    private final PeerName name;
    private final NtPasswordHash passwordHash;
    private final ChapTimer timer;
    private final RandomGenerator entropy;
    private final Queue<ChapAction> actions = new ArrayDeque<>();

    private Phase phase = Phase.IDLE;

    /** The Response to the latest Challenge, and what is in it while its verdict is out. */
    private @Nullable ControlPacket response;

    private @Nullable MsChapV2Request undecided;
    private byte[] answered = new byte[0];
    private int responsesSent;
    private long repeatNanos = Long.MAX_VALUE;
    private long giveUpNanos = Long.MAX_VALUE;

    private enum Phase {
        /** Not started, or over for good. */
        IDLE,
        /** Nothing proves yet that the server let us in. */
        LOGGING_IN,
        /** We are in; the server may challenge again. */
        LOGGED_IN
    }

    /** What the exchange wants done. */
    public sealed interface ChapAction {
        /** Send this packet under protocol C223. */
        record Send(ControlPacket packet) implements ChapAction {}

        /** We are in and the server is proven. The keys belong to the receiver of the action. */
        record Succeeded(MppeStartKeys startKeys) implements ChapAction {}

        /** The server says that we are in without proof that it knows the password. */
        record NotProven() implements ChapAction {}

        /** We are not in; the link is to be closed. */
        record Failed(String reason) implements ChapAction {}
    }

    /**
     * A client that has not started.
     *
     * @param passwordHash owned by the caller; must not be wiped while Challenges may come
     * @param timer how often and for how long a Response is repeated
     * @param entropy must be unpredictable: it makes the peer challenges
     */
    public MsChapV2Client(
            PeerName name, NtPasswordHash passwordHash, ChapTimer timer, RandomGenerator entropy) {
        this.name = name;
        this.passwordHash = passwordHash;
        this.timer = timer;
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

    /** The server has said that it will challenge us. */
    public void start(long nowNanos) {
        stop();
        phase = Phase.LOGGING_IN;
        giveUpNanos = timer.timeoutMillis() == 0 ? Long.MAX_VALUE : nowNanos + timer.timeoutNanos();
    }

    /** Ends the exchange, whatever its state: what comes is dropped from now on. */
    public void stop() {
        phase = Phase.IDLE;
        response = null;
        undecided = null;
        answered = new byte[0];
        stopTimers();
    }

    /** Repeats the Response, or gives up. To be called when the deadline has come. */
    public void onTimeout(long nowNanos) {
        if (isDue(giveUpNanos, nowNanos)) {
            String missing = response == null ? "challenge" : "verdict";
            fail("no " + missing + " from the server in " + timer.timeoutMillis() / 1000 + " s");
        } else if (isDue(repeatNanos, nowNanos)) {
            if (responsesSent < timer.maxChallenge()) {
                sendResponse(nowNanos);
            } else if (phase == Phase.LOGGED_IN) {
                repeatNanos = Long.MAX_VALUE;
            } else {
                fail("no verdict from the server on " + responsesSent + " responses");
            }
        }
    }

    private static boolean isDue(long deadlineNanos, long nowNanos) {
        return deadlineNanos != Long.MAX_VALUE && deadlineNanos - nowNanos <= 0;
    }

    /** Whether {@link #receive} would answer it: that costs DES and hashes. */
    public static boolean isChallenge(ControlPacket packet) {
        return packet.code() == ChapCode.CHALLENGE;
    }

    /** Takes a CHAP packet. A Response is dropped: we ask nobody to log in. */
    public void receive(ControlPacket packet, long nowNanos) {
        if (phase == Phase.IDLE) {
            return;
        }
        switch (packet.code()) {
            case ChapCode.CHALLENGE -> receiveChallenge(packet, nowNanos);
            case ChapCode.SUCCESS -> receiveSuccess(packet);
            case ChapCode.FAILURE -> receiveFailure(packet);
            default -> {}
        }
    }

    /** Value-Size 16, the value, the server's name, which tells us nothing. */
    private void receiveChallenge(ControlPacket packet, long nowNanos) {
        byte[] data = packet.data();
        if (data.length <= MsChapV2.CHALLENGE_OCTETS || data[0] != MsChapV2.CHALLENGE_OCTETS) {
            return;
        }
        byte[] challenge = Arrays.copyOfRange(data, 1, 1 + MsChapV2.CHALLENGE_OCTETS);
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
        byte[] peerChallenge = new byte[MsChapV2.CHALLENGE_OCTETS];
        entropy.nextBytes(peerChallenge);
        MsChapV2Request request = MsChapV2.respond(name, challenge, peerChallenge, passwordHash);
        response = new ControlPacket(ChapCode.RESPONSE, identifier, request.encode());
        undecided = request;
        answered = challenge;
        responsesSent = 0;
    }

    private void sendResponse(long nowNanos) {
        if (response != null) {
            responsesSent++;
            repeatNanos = undecided == null ? Long.MAX_VALUE : nowNanos + timer.restartNanos();
            actions.add(new ChapAction.Send(response));
        }
    }

    private void receiveSuccess(ControlPacket packet) {
        MsChapV2Request request = undecided;
        if (request == null || !isVerdict(packet)) {
            return;
        }
        if (!MsChapV2.isProvenBy(new String(packet.data(), ISO_8859_1), request, passwordHash)) {
            stop();
            actions.add(new ChapAction.NotProven());
            return;
        }
        undecided = null;
        phase = Phase.LOGGED_IN;
        stopTimers();
        actions.add(new ChapAction.Succeeded(MsChapV2.clientStartKeys(request, passwordHash)));
    }

    private void receiveFailure(ControlPacket packet) {
        if (undecided != null && isVerdict(packet)) {
            fail(FailureMessage.decode(packet.data()).describe());
        }
    }

    private boolean isVerdict(ControlPacket packet) {
        return response != null && response.identifier() == packet.identifier();
    }

    private void fail(String reason) {
        stop();
        actions.add(new ChapAction.Failed(reason));
    }

    private void stopTimers() {
        repeatNanos = Long.MAX_VALUE;
        giveUpNanos = Long.MAX_VALUE;
    }
}
