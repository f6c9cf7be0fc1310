package dev.pptpd.ppp.eap;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.ppp.auth.AuthenticationRequest;
import dev.pptpd.ppp.auth.AuthenticationResult;
import dev.pptpd.ppp.auth.AuthenticationResult.FailureCode;
import dev.pptpd.ppp.auth.AuthenticationResult.Rejected;
import dev.pptpd.ppp.auth.AuthenticationServer.Action;
import dev.pptpd.ppp.auth.KnownPassword;
import dev.pptpd.ppp.auth.LoginTries;
import dev.pptpd.ppp.auth.MsChapV2;
import dev.pptpd.ppp.auth.PeerName;
import dev.pptpd.ppp.packet.ControlPacket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A server that offers MSCHAPv2, and Responses made by hand. */
final class EapServerTest {
    private static final KnownPassword PASSWORD = known("clientPass");
    private static final int INTERVAL_SECONDS = 600;
    private static final EapTimer TIMER =
            new EapTimer(3_000, 10, 20, 20_000, 60_000, INTERVAL_SECONDS * 1000);

    private final EapServer server =
            new EapServer(
                    List.of(EapMethod.MS_CHAP_V2),
                    TIMER,
                    new ServerMethods(
                            "pptpd",
                            new LoginTries(3),
                            () -> {
                                throw new AssertionError("nobody offers TLS");
                            },
                            1400,
                            new Random(1)),
                    new Random(2));
    private final List<Action> outcomes = new ArrayList<>();
    private final long startNanos = -TimeUnit.HOURS.toNanos(1);
    private long nowNanos = startNanos;
    private ControlPacket request = new ControlPacket(0, 0, new byte[0]);

    @Test
    void givesAPeerThatIsWrongNoMoreTimeThanOneThatIsSilent() {
        start();
        identify("User");
        for (int wrong = 0; wrong < 2; wrong++) {
            pass(20);
            respond("User", known("guessed"));
            assertThat(text(request)).contains("E=691 R=1 C=");
            assertThat(server.awaitsUser()).isFalse();
        }
        pass(600);
        assertThat(outcomes).containsExactly(new Action.Failed("no valid login in time"));
        assertThat(secondsOfLogin()).isEqualTo(60);
    }

    @Test
    void asksForAnotherTryAsOftenAsForAnythingElse() {
        start();
        identify("User");
        respond("User", known("guessed"));
        pass(600);
        assertThat(outcomes).containsExactly(new Action.Failed("no answer to 10 requests"));
        assertThat(secondsOfLogin()).isEqualTo(30);
    }

    @Test
    void waitsFiveMinutesForAUserToThinkOfAPassword() {
        start();
        identify("User");
        respond("User", new Rejected(FailureCode.PASSWORD_EXPIRED));
        assertThat(text(request)).contains("E=648 R=1 C=");
        assertThat(server.awaitsUser()).isTrue();
        pass(600);
        assertThat(outcomes).containsExactly(new Action.Failed("no valid login in time"));
        assertThat(secondsOfLogin()).isEqualTo(300);
    }

    @Test
    void staysWithThePeerWhoLogsInAgainUnderTheSameName() {
        start();
        logIn("User", "User");
        passInterval();
        logIn("Somebody", "User");
        assertThat(outcomes).containsExactly(succeeded("User"));
    }

    /** The domain in other letters, or none: it is for the one who decides to know users. */
    @Test
    void staysWithTheUserWhoWordsTheNameOtherwise() {
        start();
        logIn("User", "User");
        for (String name : List.of("CORP\\User", "corp\\User")) {
            passInterval();
            identify(name);
            respond(name, acceptedAs("User"));
            acknowledgeSuccess();
            assertThat(outcomes).containsExactly(succeeded(name));
        }
    }

    @Test
    void endsWhereTheSameNameIsAnotherUser() {
        start();
        logIn("User", "User");
        passInterval();
        identify("User");
        respond("User", acceptedAs("Other"));
        acknowledgeSuccess();
        assertThat(outcomes)
                .containsExactly(new Action.Failed("the peer logs in again as somebody else"));
    }

    private static AuthenticationResult acceptedAs(String user) {
        return new AuthenticationResult.Accepted(
                "S=" + "0".repeat(40), Optional.empty(), new PeerName(user.getBytes(UTF_8)));
    }

    /** Nothing binds the identity to the name that has the password. */
    @Test
    void endsWhereAnotherUserLogsInAgainUnderTheSameIdentity() {
        start();
        logIn("User", "User");
        passInterval();
        logIn("User", "Other");
        assertThat(outcomes)
                .containsExactly(new Action.Failed("the peer logs in again as somebody else"));
        assertThat(request.code()).isEqualTo(EapCode.FAILURE);
    }

    private void logIn(String identity, String name) {
        identify(identity);
        respond(name, PASSWORD);
        acknowledgeSuccess();
    }

    private void acknowledgeSuccess() {
        assertThat(text(request)).contains("S=");
        answer(EapMethod.MS_CHAP_V2.type(), MsChapV2Packet.acknowledgment(MsChapV2Packet.SUCCESS));
    }

    private static Action succeeded(String name) {
        return new Action.Succeeded(new PeerName(name.getBytes(UTF_8)));
    }

    private void passInterval() {
        assertThat(outcomes).singleElement().isInstanceOf(Action.Succeeded.class);
        outcomes.clear();
        nowNanos += TimeUnit.SECONDS.toNanos(INTERVAL_SECONDS);
        server.onTimeout(nowNanos);
        drain();
    }

    private void start() {
        server.start(nowNanos);
        drain();
    }

    private void identify(String identity) {
        answer(EapType.IDENTITY, identity.getBytes(UTF_8));
    }

    private void respond(String name, KnownPassword password) {
        decide(answerChallenge(name, password), PASSWORD);
    }

    private void respond(String name, AuthenticationResult result) {
        server.decided(answerChallenge(name, PASSWORD), result, nowNanos);
        drain();
    }

    private void decide(AuthenticationRequest login, KnownPassword password) {
        server.decided(login, login.verify(password), nowNanos);
        drain();
    }

    /** A Response to the challenge that is out. */
    private AuthenticationRequest answerChallenge(String name, KnownPassword password) {
        byte[] data =
                MsChapV2.respond(
                                new PeerName(name.getBytes(UTF_8)),
                                challenge(),
                                new byte[MsChapV2.CHALLENGE_OCTETS],
                                password.ntHash())
                        .encode();
        answer(
                EapMethod.MS_CHAP_V2.type(),
                new MsChapV2Packet(MsChapV2Packet.RESPONSE, request.identifier(), data).encode());
        return ((Action.Decide) outcomes.removeLast()).request();
    }

    /** In a Challenge behind its length, in a Failure as text. */
    private byte[] challenge() {
        byte[] octets = request.data();
        if (octets[1] == MsChapV2Packet.CHALLENGE) {
            return Arrays.copyOfRange(octets, 6, 6 + MsChapV2.CHALLENGE_OCTETS);
        }
        return HexFormat.of().parseHex(text(request).replaceFirst("(?s).* C=(\\w+).*", "$1"));
    }

    private void answer(int type, byte[] data) {
        server.receive(new EapBody(type, data).response(request.identifier()), nowNanos);
        drain();
    }

    /** Lets the time go by, at most so long, until there is an outcome. */
    private void pass(int seconds) {
        long endNanos = nowNanos + TimeUnit.SECONDS.toNanos(seconds);
        while (outcomes.isEmpty() && server.nextDeadlineNanos() - endNanos <= 0) {
            nowNanos = server.nextDeadlineNanos();
            server.onTimeout(nowNanos);
            drain();
        }
        nowNanos = outcomes.isEmpty() ? endNanos : nowNanos;
    }

    private long secondsOfLogin() {
        return TimeUnit.NANOSECONDS.toSeconds(nowNanos - startNanos);
    }

    private void drain() {
        for (Action action = server.pollAction(); action != null; action = server.pollAction()) {
            if (action instanceof Action.Send(ControlPacket packet)) {
                request = packet;
            } else {
                outcomes.add(action);
            }
        }
    }

    private static String text(ControlPacket packet) {
        return new String(packet.data(), US_ASCII);
    }

    private static KnownPassword known(String text) {
        return KnownPassword.ofText(text.getBytes(UTF_8));
    }
}
