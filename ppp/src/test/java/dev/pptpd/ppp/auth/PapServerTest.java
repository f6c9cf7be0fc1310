package dev.pptpd.ppp.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.ppp.auth.AuthenticationResult.FailureCode;
import dev.pptpd.ppp.auth.AuthenticationServer.Action;
import dev.pptpd.ppp.packet.ControlPacket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PapServerTest {
    private static final AuthenticationResult ACCEPTED =
            new AuthenticationResult.Accepted("", Optional.empty(), new PeerName(new byte[0]));
    private static final AuthenticationResult REJECTED =
            new AuthenticationResult.Rejected(FailureCode.AUTHENTICATION_FAILURE);

    private final PapServer server = new PapServer(PapTimer.DEFAULT);
    private final List<ControlPacket> sent = new ArrayList<>();
    private final List<Action> outcomes = new ArrayList<>();
    private final List<AuthenticationRequest> requests = new ArrayList<>();
    private long nowNanos = -TimeUnit.HOURS.toNanos(1);

    @Test
    void saysNothingBeforeItIsSpokenTo() {
        server.start(nowNanos);
        assertThat(server.pollAction()).isNull();
    }

    @Test
    void acknowledgesAGoodLogin() {
        server.start(nowNanos);
        receive(request(7, "User", "clientPass"));
        decide(ACCEPTED);
        assertThat(sent).containsExactly(new ControlPacket(2, 7, new byte[] {0}));
        assertThat(outcomes).containsExactly(new Action.Succeeded(requests.getFirst().peerName()));
        assertThat(server.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void refusesOnceAndForGood() {
        server.start(nowNanos);
        receive(request(7, "User", "guessed"));
        decide(REJECTED);
        receive(request(8, "User", "guessed again"));
        assertThat(sent).containsExactly(new ControlPacket(3, 7, new byte[] {0}));
        assertThat(outcomes).containsExactly(new Action.Failed("login refused, E=691"));
        assertThat(requests).hasSize(1);
    }

    /** The Ack may be lost: RFC 1334 section 2.2.2. */
    @Test
    void acknowledgesARepeatedRequestAgainAndStartsNothingTwice() {
        server.start(nowNanos);
        receive(request(7, "User", "clientPass"));
        decide(ACCEPTED);
        receive(request(8, "User", "clientPass"));
        assertThat(sent).hasSize(2).last().isEqualTo(new ControlPacket(2, 8, new byte[] {0}));
        assertThat(outcomes).hasSize(1);
        assertThat(requests).hasSize(1);
    }

    @Test
    void answersTheLatestOfTheRequestsThatCameWhileOneWasDecided() {
        server.start(nowNanos);
        receive(request(7, "User", "clientPass"));
        receive(request(8, "User", "clientPass"));
        decide(ACCEPTED);
        assertThat(sent).containsExactly(new ControlPacket(2, 8, new byte[] {0}));
        assertThat(requests).hasSize(1);
    }

    @Test
    void dropsWhatIsNoWholeRequest() {
        server.start(nowNanos);
        byte[] data = request(1, "User", "clientPass").data();
        for (int octets = 0; octets < data.length; octets++) {
            receive(new ControlPacket(1, 1, Arrays.copyOf(data, octets)));
        }
        for (int code : new int[] {0, 2, 3, 4, 255}) {
            receive(new ControlPacket(code, 1, data));
        }
        assertThat(requests).isEmpty();
        assertThat(sent).isEmpty();
    }

    @Test
    void dropsEverythingWhileItIsNotStarted() {
        receive(request(1, "User", "clientPass"));
        assertThat(requests).isEmpty();
    }

    @Test
    void givesUpAfterItsTime() {
        server.start(nowNanos);
        nowNanos = server.nextDeadlineNanos();
        server.onTimeout(nowNanos - 1);
        assertThat(server.pollAction()).isNull();
        server.onTimeout(nowNanos);
        drain();
        assertThat(outcomes).containsExactly(new Action.Failed("no valid login within 30 s"));
    }

    @Test
    void waitsForEverWhereItsTimeIsZero() {
        PapServer patient = new PapServer(new PapTimer(3_000, 10, 0));
        patient.start(nowNanos);
        assertThat(patient.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void ignoresADecisionOnAnEarlierLogin() {
        server.start(nowNanos);
        receive(request(1, "User", "clientPass"));
        AuthenticationRequest early = requests.getFirst();
        server.stop();
        server.start(nowNanos);
        receive(request(1, "User", "clientPass"));
        server.decided(early, ACCEPTED, nowNanos);
        drain();
        assertThat(sent).isEmpty();
        assertThat(server.isDeciding(early)).isFalse();
        assertThat(server.isDeciding(requests.getLast())).isTrue();
    }

    @Test
    void keepsNoPasswordOnceItIsDecided() {
        server.start(nowNanos);
        receive(request(1, "User", "clientPass"));
        decide(ACCEPTED);
        assertThat(((PapRequest) requests.getFirst()).password()).containsOnly(0);
    }

    private static ControlPacket request(int identifier, String name, String password) {
        PapRequest request =
                new PapRequest(new PeerName(name.getBytes(UTF_8)), password.getBytes(UTF_8));
        return new ControlPacket(1, identifier, request.encode());
    }

    private void receive(ControlPacket packet) {
        server.receive(packet, nowNanos);
        drain();
    }

    private void decide(AuthenticationResult result) {
        server.decided(requests.getLast(), result, nowNanos);
        drain();
    }

    private void drain() {
        for (Action action = server.pollAction(); action != null; action = server.pollAction()) {
            switch (action) {
                case Action.Send(ControlPacket packet) -> sent.add(packet);
                case Action.Decide(AuthenticationRequest request) -> requests.add(request);
                case Action.Compute _, Action.Succeeded _, Action.Failed _ -> outcomes.add(action);
            }
        }
    }
}
