package dev.pptpd.ppp.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.mppe.MppeStrength;
import dev.pptpd.ppp.auth.AuthenticationResult.Accepted;
import dev.pptpd.ppp.auth.AuthenticationResult.FailureCode;
import dev.pptpd.ppp.auth.AuthenticationResult.Rejected;
import dev.pptpd.ppp.packet.ControlPacket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Our MS-CHAPv2 client against our server, and a server that keeps expired passwords. */
final class ChapPasswordChangeTest {
    private static final int FAILURE = 4;
    private static final int CHANGE_PASSWORD = 7;
    private static final KnownPassword OLD = known("clientPass");

    private ChapAlgorithm algorithm = ChapAlgorithm.MS_CHAP_V2;
    private ChapServer server = server();
    private final Queue<ControlPacket> toServer = new ArrayDeque<>();
    private final Queue<ControlPacket> toClient = new ArrayDeque<>();
    private final Queue<AuthenticationRequest> requests = new ArrayDeque<>();
    private final List<Object> outcomes = new ArrayList<>();
    private ClientPassword password = new ClientPassword(OLD, Optional.of(known("n\u00e4chstes")));
    private ChapClient client = client();
    private long nowNanos = -TimeUnit.HOURS.toNanos(1);

    @Test
    void changesThePasswordAndLogsInWithTheNewOne() {
        ControlPacket failure = expire();
        assertThat(text(failure)).matches("E=648 R=0 C=[0-9A-F]{32} V=3");
        toClient(failure);
        ControlPacket change = toServer.remove();
        assertThat(change.code()).isEqualTo(CHANGE_PASSWORD);
        assertThat(change.identifier()).isEqualTo((failure.identifier() + 1) & 0xFF);
        assertThat(change.octets()).isEqualTo(586);
        toServer(change);
        ChangePasswordRequest request = (ChangePasswordRequest) requests.remove();
        Accepted accepted = accept(request);
        assertThat(password.isChanged()).isTrue();
        assertThat(outcomes.getFirst())
                .isEqualTo(new AuthenticationServer.Action.Succeeded(request.peerName()));
        AuthenticationClient.Action.Succeeded succeeded =
                (AuthenticationClient.Action.Succeeded) outcomes.get(1);
        assertThat(succeeded.startKeys().orElseThrow().send())
                .isEqualTo(accepted.startKeys().orElseThrow().receive());
    }

    /** RFC 2433 section 10: version 2, and the challenge that was answered before. */
    @Test
    void changesThePasswordOfMsChapV1() {
        useMsChapV1();
        ControlPacket failure = expire();
        assertThat(text(failure)).matches("E=648 R=0 C=[0-9A-F]{16} V=2");
        toClient(failure);
        ControlPacket change = toServer.remove();
        assertThat(change.code()).isEqualTo(6);
        assertThat(change.identifier()).isEqualTo((failure.identifier() + 1) & 0xFF);
        assertThat(change.octets()).isEqualTo(1_118);
        toServer(change);
        AuthenticationRequest request = requests.remove();
        assertThat(request.method()).isEqualTo("MS-CHAPv1");
        Accepted accepted = accept(request);
        assertThat(password.isChanged()).isTrue();
        AuthenticationClient.Action.Succeeded succeeded =
                (AuthenticationClient.Action.Succeeded) outcomes.get(1);
        assertThat(succeeded.startKeys().orElseThrow().send())
                .isEqualTo(accepted.startKeys().orElseThrow().receive());
        assertThat(succeeded.startKeys().orElseThrow().strengths()).contains(MppeStrength.BITS_128);
    }

    @Test
    void takesNoOtherPacketForTheOneOfMsChapV1() {
        useMsChapV1();
        toClient(expire());
        ControlPacket change = toServer.remove();
        for (int code : new int[] {2, 5, CHANGE_PASSWORD}) {
            toServer(new ControlPacket(code, change.identifier(), change.data()));
        }
        for (int length = 0; length < change.data().length; length++) {
            byte[] cut = Arrays.copyOf(change.data(), length);
            toServer(new ControlPacket(change.code(), change.identifier(), cut));
        }
        assertThat(requests).isEmpty();
        toServer(change);
        assertThat(requests).hasSize(1);
    }

    /** Version 1 of the packet would show the new hash to everybody on the path. */
    @Test
    void sendsNoNewPasswordToAServerThatKnowsTheFirstVersionOnly() {
        useMsChapV1();
        for (String version : List.of("", " V=1")) {
            client = client();
            ControlPacket failure = expire();
            byte[] text = ("E=648 R=0 C=0001020304050607" + version).getBytes(US_ASCII);
            toClient(new ControlPacket(FAILURE, failure.identifier(), text));
            assertThat(toServer).isEmpty();
            server.stop();
        }
    }

    @Test
    void logsInWithTheNewPasswordFromThenOn() {
        toClient(expire());
        toServer(toServer.remove());
        accept(requests.remove());
        outcomes.clear();
        server.stop();
        client = client();
        start();
        MsChapV2Request request = (MsChapV2Request) requests.remove();
        assertThat(request.verify(known("n\u00e4chstes"))).isInstanceOf(Accepted.class);
    }

    @Test
    void repeatsTheSuccessWhenTheChangeComesAgain() {
        toClient(expire());
        ControlPacket change = toServer.remove();
        toServer(change);
        AuthenticationRequest request = requests.remove();
        toServer(change);
        assertThat(requests).isEmpty();
        server.decided(request, request.verify(OLD), nowNanos);
        drain();
        ControlPacket success = toClient.remove();
        toServer(change);
        assertThat(toClient.remove()).isEqualTo(success);
    }

    @Test
    void repeatsTheChangeUntilThereIsAVerdict() {
        toClient(expire());
        ControlPacket change = toServer.remove();
        nowNanos = client.nextDeadlineNanos();
        client.onTimeout(nowNanos);
        drain();
        assertThat(toServer.remove()).isEqualTo(change);
    }

    /** RFC 2759 section 9.1: no retry after a change. */
    @Test
    void endsWhereTheNewPasswordIsRefused() {
        toClient(expire());
        toServer(toServer.remove());
        server.decided(requests.remove(), new Rejected(FailureCode.CHANGING_PASSWORD), nowNanos);
        drain();
        ControlPacket failure = toClient.remove();
        assertThat(text(failure)).startsWith("E=709 R=0 ");
        toClient(failure);
        assertThat(outcomes)
                .containsExactly(
                        new AuthenticationServer.Action.Failed("login refused, E=709"),
                        new AuthenticationClient.Action.Failed(
                                "the server refuses the login: the password could not be changed"
                                        + " (error 709)"));
        assertThat(password.isChanged()).isFalse();
    }

    @Test
    void takesNoChangeThatNobodyAskedFor() {
        client.start(nowNanos);
        server.start(nowNanos);
        drain();
        ControlPacket challenge = toClient.remove();
        byte[] data = new byte[ChangePasswordRequest.DATA_OCTETS];
        for (int identifier = 0; identifier < 256; identifier++) {
            toServer(new ControlPacket(CHANGE_PASSWORD, identifier, data));
        }
        assertThat(requests).isEmpty();
        assertThat(challenge.code()).isOne();
    }

    @Test
    void takesNothingButAWholeChangeOnceThePasswordHasExpired() {
        ControlPacket failure = expire();
        toClient(failure);
        ControlPacket change = toServer.remove();
        int identifier = change.identifier();
        for (int code = 0; code < 256; code++) {
            if (code != CHANGE_PASSWORD) {
                toServer(new ControlPacket(code, identifier, change.data()));
                toServer(new ControlPacket(code, identifier, new byte[54]));
            }
        }
        for (int length = 0; length < change.data().length; length++) {
            byte[] cut = Arrays.copyOf(change.data(), length);
            toServer(new ControlPacket(CHANGE_PASSWORD, identifier, cut));
        }
        toServer(new ControlPacket(CHANGE_PASSWORD, failure.identifier(), change.data()));
        assertThat(requests).isEmpty();
    }

    @Test
    void waitsFiveMinutesForAUserToThinkOfAPassword() {
        expire();
        assertThat(server.awaitsUser()).isTrue();
        assertThat(server.nextDeadlineNanos() - nowNanos).isEqualTo(TimeUnit.MINUTES.toNanos(5));
        nowNanos = server.nextDeadlineNanos();
        server.onTimeout(nowNanos);
        drain();
        assertThat(outcomes)
                .containsExactly(
                        new AuthenticationServer.Action.Failed(
                                "the password has expired and no new one came"));
    }

    @Test
    void saysThatThePasswordHasExpiredWhereThereIsNoOther() {
        password = new ClientPassword(OLD);
        client = client();
        toClient(expire());
        assertThat(toServer).isEmpty();
        assertThat(outcomes)
                .containsExactly(
                        new AuthenticationClient.Action.Failed(
                                "the server refuses the login: the password has expired (error"
                                        + " 648)"));
    }

    @Test
    void sendsNoNewPasswordOnAChallengeOfAnotherLength() {
        for (String challenge : List.of("", "C=00 ", "C=" + "0".repeat(30) + " ")) {
            client = client();
            ControlPacket failure = expire();
            byte[] text = ("E=648 R=0 " + challenge + "V=3").getBytes(US_ASCII);
            toClient(new ControlPacket(FAILURE, failure.identifier(), text));
            assertThat(toServer).isEmpty();
            server.stop();
        }
    }

    private Accepted accept(AuthenticationRequest request) {
        Accepted accepted = (Accepted) request.verify(OLD);
        server.decided(request, accepted, nowNanos);
        drain();
        toClient(toClient.remove());
        return accepted;
    }

    /** From the Challenge to the Failure that says that the password has expired. */
    private ControlPacket expire() {
        start();
        server.decided(requests.remove(), new Rejected(FailureCode.PASSWORD_EXPIRED), nowNanos);
        drain();
        return toClient.remove();
    }

    private void start() {
        client.start(nowNanos);
        server.start(nowNanos);
        drain();
        toClient(toClient.remove());
        toServer(toServer.remove());
    }

    private void useMsChapV1() {
        algorithm = ChapAlgorithm.MS_CHAP_V1;
        server = server();
        client = client();
    }

    private ChapServer server() {
        return new ChapServer(
                algorithm, "pptpd", ChapTimer.DEFAULT, new LoginTries(3), new Random(1));
    }

    private ChapClient client() {
        return new ChapClient(
                algorithm,
                new PeerName("User".getBytes(UTF_8)),
                password,
                ChapTimer.DEFAULT,
                new Random(2));
    }

    private void toClient(ControlPacket packet) {
        client.receive(packet, nowNanos);
        drain();
    }

    private void toServer(ControlPacket packet) {
        server.receive(packet, nowNanos);
        drain();
    }

    private void drain() {
        for (var action = server.pollAction(); action != null; action = server.pollAction()) {
            switch (action) {
                case AuthenticationServer.Action.Send(ControlPacket packet) -> toClient.add(packet);
                case AuthenticationServer.Action.Decide(var request) -> requests.add(request);
                case AuthenticationServer.Action.Compute _,
                        AuthenticationServer.Action.Succeeded _,
                        AuthenticationServer.Action.Failed _ ->
                        outcomes.add(action);
            }
        }
        for (var action = client.pollAction(); action != null; action = client.pollAction()) {
            if (action instanceof AuthenticationClient.Action.Send(ControlPacket packet)) {
                toServer.add(packet);
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
