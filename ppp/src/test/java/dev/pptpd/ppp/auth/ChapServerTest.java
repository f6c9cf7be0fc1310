package dev.pptpd.ppp.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.ppp.auth.AuthenticationResult.FailureCode;
import dev.pptpd.ppp.auth.AuthenticationResult.Rejected;
import dev.pptpd.ppp.auth.AuthenticationServer.Action;
import dev.pptpd.ppp.packet.ControlPacket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ChapServerTest {
    private static final int CHALLENGE = 1;
    private static final int RESPONSE = 2;
    private static final int SUCCESS = 3;
    private static final int FAILURE = 4;
    private static final NtPasswordHash PASSWORD = NtPasswordHash.ofPassword("clientPass");
    private static final Rejected WRONG = new Rejected(FailureCode.AUTHENTICATION_FAILURE);

    private final ChapServer server = server("pptpd", ChapTimer.DEFAULT, new Random(2759));
    private final Queue<ControlPacket> sent = new ArrayDeque<>();
    private final Queue<AuthenticationRequest> requests = new ArrayDeque<>();
    private final Queue<Action> outcomes = new ArrayDeque<>();
    private long nowNanos = -TimeUnit.HOURS.toNanos(1);

    /** What {@code chap-timeout 0} means to pppd. */
    @Test
    void hasNoLimitForTheWholeLoginWhereItIsZero() {
        ChapServer patient = server("pptpd", new ChapTimer(3_000, 10, 0, 0), new Random(1));
        patient.start(0);
        assertThat(patient.nextDeadlineNanos()).isEqualTo(3_000_000_000L);
        patient.onTimeout(1);
        assertThat(patient.pollAction()).isInstanceOf(Action.Send.class);
        assertThat(patient.pollAction()).isNull();
    }

    @Test
    void challengesWithItsName() {
        ControlPacket challenge = start();
        assertThat(challenge.code()).isEqualTo(CHALLENGE);
        assertThat(challenge.data()[0]).isEqualTo((byte) 16);
        assertThat(Arrays.copyOfRange(challenge.data(), 17, challenge.data().length))
                .isEqualTo("pptpd".getBytes(US_ASCII));
    }

    @Test
    void cutsItsOwnNameAt256Octets() {
        ChapServer longNamed = server("n".repeat(300), ChapTimer.DEFAULT, new Random(1));
        longNamed.start(nowNanos);
        Action.Send challenge = (Action.Send) Objects.requireNonNull(longNamed.pollAction());
        assertThat(challenge.packet().data()).hasSize(1 + 16 + 256);
    }

    @Test
    void handsTheResponseOutAndTellsTheSuccess() {
        ControlPacket response = response(start(), "DOMAIN\\User", PASSWORD);
        receive(response);
        AuthenticationRequest request = requests.remove();
        assertThat(request.peerName()).hasToString("DOMAIN\\User");
        decide(request, PASSWORD);
        ControlPacket success = sent.remove();
        assertThat(success.code()).isEqualTo(SUCCESS);
        assertThat(success.identifier()).isEqualTo(response.identifier());
        assertThat(text(success)).matches("S=[0-9A-F]{40}");
        assertThat(outcomes).containsExactly(new Action.Succeeded(request.peerName()));
        assertThat(server.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    /** V28 of the list of attacks. */
    @Test
    void answersARepeatedResponseWithTheSameSuccessAndStartsNothingTwice() {
        ControlPacket response = response(start(), "User", PASSWORD);
        receive(response);
        decide(requests.remove(), PASSWORD);
        ControlPacket success = sent.remove();
        for (int n = 0; n < 100; n++) {
            receive(response);
            assertThat(sent.remove()).isEqualTo(success);
        }
        assertThat(outcomes).hasSize(1);
        assertThat(requests).isEmpty();
    }

    @Test
    void answersARepeatedResponseWithTheSameFailure() {
        ControlPacket response = response(start(), "User", PASSWORD);
        receive(response);
        decide(requests.remove(), WRONG);
        ControlPacket failure = sent.remove();
        receive(response);
        assertThat(sent.remove()).isEqualTo(failure);
        assertThat(requests).isEmpty();
    }

    @Test
    void ignoresAResponseWhileOneIsDecided() {
        ControlPacket challenge = start();
        ControlPacket response = response(challenge, "User", PASSWORD);
        receive(response);
        receive(response);
        receive(response(challenge, "Other", PASSWORD));
        assertThat(requests).hasSize(1);
        assertThat(sent).isEmpty();
    }

    @Test
    void ignoresAnotherIdentifierAndOtherCodes() {
        ControlPacket challenge = start();
        ControlPacket response = response(challenge, "User", PASSWORD);
        receive(new ControlPacket(RESPONSE, response.identifier() + 1, response.data()));
        for (int code : new int[] {0, CHALLENGE, SUCCESS, FAILURE, 5, 7, 255}) {
            receive(new ControlPacket(code, response.identifier(), response.data()));
        }
        assertThat(requests).isEmpty();
        assertThat(sent).isEmpty();
    }

    @Test
    void ignoresAResponseThatNobodyAskedFor() {
        receive(new ControlPacket(RESPONSE, 0, value(49, 4)));
        assertThat(requests).isEmpty();
    }

    /** V14 of the list of attacks. */
    @Test
    void takesOnlyAValueOf49OctetsAndANameOfAtMost256() {
        for (int valueSize : new int[] {0, 1, 48, 49, 50, 255}) {
            for (int nameOctets : new int[] {0, 1, 255, 256, 257, 1400}) {
                ControlPacket challenge = start();
                receive(
                        new ControlPacket(
                                RESPONSE, challenge.identifier(), value(valueSize, nameOctets)));
                boolean fine = valueSize == 49 && nameOctets <= 256;
                assertThat(requests)
                        .as("value of %d, name of %d octets", valueSize, nameOctets)
                        .hasSize(fine ? 1 : 0);
                if (fine) {
                    assertThat(requests.remove().peerName().octets()).hasSize(nameOctets);
                }
                server.stop();
            }
        }
    }

    @Test
    void dropsEveryTruncationOfAResponse() {
        ControlPacket challenge = start();
        byte[] data = response(challenge, "", PASSWORD).data();
        for (int length = 0; length < data.length; length++) {
            receive(
                    new ControlPacket(
                            RESPONSE, challenge.identifier(), Arrays.copyOf(data, length)));
        }
        assertThat(requests).isEmpty();
        receive(new ControlPacket(RESPONSE, challenge.identifier(), data));
        assertThat(requests).hasSize(1);
    }

    @Test
    void givesThreeTriesEachWithANewChallenge() {
        ControlPacket challenge = start();
        int identifier = challenge.identifier();
        byte[] octets = challengeOf(challenge);
        for (int tries = 1; tries <= 3; tries++) {
            receive(response(identifier, octets, "User", PASSWORD));
            MsChapV2Request request = (MsChapV2Request) requests.remove();
            assertThat(request.authenticatorChallenge()).isEqualTo(octets);
            decide(request, WRONG);
            ControlPacket failure = sent.remove();
            assertThat(failure.code()).isEqualTo(FAILURE);
            assertThat(failure.identifier()).isEqualTo(identifier);
            assertThat(text(failure))
                    .matches("E=691 R=" + (tries < 3 ? 1 : 0) + " C=[0-9A-F]{32} V=3");
            byte[] next = HexFormat.of().parseHex(text(failure).substring(12, 44));
            assertThat(next).isNotEqualTo(octets);
            octets = next;
            identifier = (identifier + 1) & 0xFF;
        }
        assertThat(outcomes).containsExactly(new Action.Failed("login refused, E=691"));
        receive(response(identifier, octets, "User", PASSWORD));
        assertThat(requests).isEmpty();
    }

    @Test
    void acceptsTheRightPasswordAtTheLastTry() {
        ControlPacket challenge = start();
        receive(response(challenge, "User", PASSWORD));
        decide(requests.remove(), WRONG);
        byte[] next = HexFormat.of().parseHex(text(sent.remove()).substring(12, 44));
        receive(response(challenge.identifier() + 1, next, "User", PASSWORD));
        decide(requests.remove(), PASSWORD);
        assertThat(sent.remove().code()).isEqualTo(SUCCESS);
    }

    /** A31: a peer that starts over, by negotiating LCP anew, does not get three tries again. */
    @Test
    void countsTheTriesOfAllStartsTogether() {
        for (int tries = 1; tries <= 3; tries++) {
            receive(response(start(), "User", PASSWORD));
            decide(requests.remove(), WRONG);
            assertThat(text(sent.remove())).contains(tries < 3 ? "R=1" : "R=0");
            server.stop();
        }
    }

    @Test
    void namesTheReasonOfTheRefusal() {
        for (FailureCode code : FailureCode.values()) {
            if (code == FailureCode.AUTHENTICATION_FAILURE) {
                continue; // the one that another try may change
            }
            server.stop();
            receive(response(start(), "User", PASSWORD));
            decide(requests.remove(), new Rejected(code));
            assertThat(text(sent.remove())).startsWith("E=" + code.number() + " R=0 ");
        }
    }

    @Test
    void ignoresADecisionAfterStop() {
        receive(response(start(), "User", PASSWORD));
        server.stop();
        decide(requests.remove(), PASSWORD);
        assertThat(sent).isEmpty();
        assertThat(outcomes).isEmpty();
    }

    @Test
    void ignoresTheDecisionOnARequestOfAnEarlierExchange() {
        receive(response(start(), "User", PASSWORD));
        AuthenticationRequest early = requests.remove();
        server.stop();
        receive(response(start(), "Somebody", NtPasswordHash.ofPassword("guessed")));
        decide(early, PASSWORD);
        assertThat(sent).isEmpty();
        assertThat(outcomes).isEmpty();
        assertThat(server.isDeciding(early)).isFalse();
        assertThat(server.isDeciding(requests.remove())).isTrue();
    }

    @Test
    void repeatsTheChallengeUntilItGivesUp() {
        ControlPacket challenge = start();
        for (int n = 1; n < ChapTimer.DEFAULT.maxChallenge(); n++) {
            expire();
            assertThat(sent.remove()).isEqualTo(challenge);
        }
        expire();
        assertThat(sent).isEmpty();
        assertThat(outcomes).containsExactly(new Action.Failed("no answer to 10 challenges"));
        assertThat(server.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void givesUpAfterItsTimeAlsoWhenTheDecisionNeverComes() {
        receive(response(start(), "User", PASSWORD));
        expire();
        assertThat(outcomes).containsExactly(new Action.Failed("no valid login within 60 s"));
        assertThat(nowNanos).isEqualTo(-TimeUnit.HOURS.toNanos(1) + TimeUnit.SECONDS.toNanos(60));
    }

    @Test
    void doesNothingWhenItIsWokenWithoutATimer() {
        server.onTimeout(nowNanos);
        assertThat(server.pollAction()).isNull();
    }

    /** A29 of the list of attacks. */
    @Test
    void neverRepeatsAChallenge() {
        Set<String> seen = new HashSet<>();
        for (int n = 0; n < 10_000; n++) {
            assertThat(seen.add(HexFormat.of().formatHex(challengeOf(start())))).isTrue();
            server.stop();
        }
    }

    @Test
    void challengesAgainAfterItsIntervalAndTakesTheSamePeerOnly() {
        ChapServer asking =
                server("pptpd", new ChapTimer(3_000, 10, 60_000, 600_000), new Random(3));
        asking.start(nowNanos);
        ControlPacket first = sent(asking);
        accept(asking, response(first, "User", PASSWORD));
        assertThat(asking.nextDeadlineNanos()).isEqualTo(nowNanos + TimeUnit.MINUTES.toNanos(10));
        nowNanos = asking.nextDeadlineNanos();
        asking.onTimeout(nowNanos);
        ControlPacket second = sent(asking);
        assertThat(second.identifier()).isEqualTo((first.identifier() + 1) & 0xFF);
        assertThat(challengeOf(second)).isNotEqualTo(challengeOf(first));
        accept(asking, response(second, "User", PASSWORD));
        nowNanos = asking.nextDeadlineNanos();
        asking.onTimeout(nowNanos);
        asking.receive(response(sent(asking), "Other", PASSWORD), nowNanos);
        Action.Decide decide = (Action.Decide) Objects.requireNonNull(asking.pollAction());
        asking.decided(
                decide.request(),
                decide.request().verify(KnownPassword.ofHash(PASSWORD)),
                nowNanos);
        assertThat(asking.pollAction())
                .isEqualTo(new Action.Failed("the peer logs in again as somebody else"));
    }

    /** By CHAP as by EAP. */
    @Test
    void takesTheSameUserUnderAnotherWordingOfTheName() {
        ChapServer asking =
                server("pptpd", new ChapTimer(3_000, 10, 60_000, 600_000), new Random(3));
        asking.start(nowNanos);
        accept(asking, response(sent(asking), "User", PASSWORD));
        nowNanos = asking.nextDeadlineNanos();
        asking.onTimeout(nowNanos);
        asking.receive(response(sent(asking), "CORP\\User", PASSWORD), nowNanos);
        Action.Decide decide = (Action.Decide) Objects.requireNonNull(asking.pollAction());
        AuthenticationResult.Accepted accepted =
                (AuthenticationResult.Accepted)
                        decide.request().verify(KnownPassword.ofHash(PASSWORD));
        asking.decided(
                decide.request(), accepted.as(new PeerName("User".getBytes(UTF_8))), nowNanos);
        assertThat(sent(asking).code()).isEqualTo(SUCCESS);
    }

    /** RFC 2433 does not say that a retry counts its identifier up. */
    @Test
    void takesARetryUnderTheOldIdentifierToo() {
        ControlPacket challenge = start();
        receive(response(challenge, "User", NtPasswordHash.ofPassword("guessed")));
        decide(requests.remove(), PASSWORD);
        byte[] next = HexFormat.of().parseHex(text(sent.remove()).substring(12, 44));
        receive(response(challenge.identifier(), next, "User", PASSWORD));
        decide(requests.remove(), PASSWORD);
        ControlPacket success = sent.remove();
        assertThat(success.code()).isEqualTo(SUCCESS);
        assertThat(success.identifier()).isEqualTo(challenge.identifier());
    }

    @Test
    void challengesMsChapV1With8OctetsAndNamesVersion2InItsFailure() {
        ChapServer v1 = of(ChapAlgorithm.MS_CHAP_V1);
        ControlPacket challenge = sent(v1);
        assertThat(challenge.data()).startsWith(8).hasSize(1 + 8 + 5);
        byte[] octets = Arrays.copyOfRange(challenge.data(), 1, 9);
        KnownPassword guessed = KnownPassword.ofText("guessed".getBytes(UTF_8));
        MsChapV1Request wrong = MsChapV1.respond(new PeerName(new byte[0]), octets, guessed);
        v1.receive(new ControlPacket(RESPONSE, challenge.identifier(), wrong.encode()), nowNanos);
        Action.Decide decide = (Action.Decide) Objects.requireNonNull(v1.pollAction());
        v1.decided(decide.request(), WRONG, nowNanos);
        assertThat(text(sent(v1))).matches("E=691 R=1 C=[0-9A-F]{16} V=2");
        assertThat(v1.pollAction()).isNull();
    }

    @Test
    void hasNoSecondTryForMd5() {
        ChapServer md5 = of(ChapAlgorithm.MD5);
        ControlPacket challenge = sent(md5);
        assertThat(challenge.data()).startsWith(16).hasSize(1 + 16 + 5);
        md5.receive(new ControlPacket(RESPONSE, challenge.identifier(), md5Response()), nowNanos);
        Action.Decide decide = (Action.Decide) Objects.requireNonNull(md5.pollAction());
        md5.decided(decide.request(), WRONG, nowNanos);
        ControlPacket failure = sent(md5);
        assertThat(failure.code()).isEqualTo(FAILURE);
        assertThat(failure.data()).isEmpty();
        assertThat(md5.pollAction()).isEqualTo(new Action.Failed("login refused, E=691"));
    }

    private static byte[] md5Response() {
        byte[] data = new byte[1 + 16 + 4];
        data[0] = 16;
        return data;
    }

    private ChapServer of(ChapAlgorithm algorithm) {
        ChapServer chap =
                new ChapServer(
                        algorithm, "pptpd", ChapTimer.DEFAULT, new LoginTries(3), new Random(5));
        chap.start(nowNanos);
        return chap;
    }

    private static ControlPacket sent(ChapServer chap) {
        return ((Action.Send) Objects.requireNonNull(chap.pollAction())).packet();
    }

    private void accept(ChapServer chap, ControlPacket response) {
        chap.receive(response, nowNanos);
        Action.Decide decide = (Action.Decide) Objects.requireNonNull(chap.pollAction());
        chap.decided(
                decide.request(),
                decide.request().verify(KnownPassword.ofHash(PASSWORD)),
                nowNanos);
        assertThat(sent(chap).code()).isEqualTo(SUCCESS);
        assertThat(chap.pollAction()).isInstanceOf(Action.Succeeded.class);
    }

    private static ChapServer server(String name, ChapTimer timer, Random entropy) {
        return new ChapServer(ChapAlgorithm.MS_CHAP_V2, name, timer, new LoginTries(3), entropy);
    }

    private ControlPacket start() {
        server.start(nowNanos);
        drain();
        return sent.remove();
    }

    private void receive(ControlPacket packet) {
        server.receive(packet, nowNanos);
        drain();
    }

    private void decide(AuthenticationRequest request, NtPasswordHash password) {
        decide(request, request.verify(KnownPassword.ofHash(password)));
    }

    private void decide(AuthenticationRequest request, AuthenticationResult result) {
        server.decided(request, result, nowNanos);
        drain();
    }

    private void expire() {
        nowNanos = server.nextDeadlineNanos();
        server.onTimeout(nowNanos);
        drain();
    }

    private void drain() {
        Action action = server.pollAction();
        while (action != null) {
            switch (action) {
                case Action.Send(ControlPacket packet) -> sent.add(packet);
                case Action.Decide(AuthenticationRequest request) -> requests.add(request);
                case Action.Compute _, Action.Succeeded _, Action.Failed _ -> outcomes.add(action);
            }
            action = server.pollAction();
        }
    }

    private static byte[] challengeOf(ControlPacket challenge) {
        return Arrays.copyOfRange(challenge.data(), 1, 17);
    }

    private static ControlPacket response(
            ControlPacket challenge, String name, NtPasswordHash password) {
        return response(challenge.identifier(), challengeOf(challenge), name, password);
    }

    private static ControlPacket response(
            int identifier, byte[] challenge, String name, NtPasswordHash password) {
        byte[] octets = name.getBytes(UTF_8);
        MsChapV2Request answer =
                MsChapV2.respond(new PeerName(octets), challenge, new byte[16], password);
        byte[] data =
                ByteBuffer.allocate(50 + octets.length)
                        .put((byte) 49)
                        .put(answer.peerChallenge())
                        .put(new byte[8])
                        .put(answer.ntResponse())
                        .put((byte) 0)
                        .put(octets)
                        .array();
        return new ControlPacket(RESPONSE, identifier, data);
    }

    /** Value-Size, so many octets of value, so many of a name. */
    private static byte[] value(int valueSize, int nameOctets) {
        byte[] data = new byte[1 + 49 + nameOctets];
        data[0] = (byte) valueSize;
        return data;
    }

    private static String text(ControlPacket packet) {
        return new String(packet.data(), US_ASCII);
    }
}
