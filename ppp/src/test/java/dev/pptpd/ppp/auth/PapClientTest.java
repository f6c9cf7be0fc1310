package dev.pptpd.ppp.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.ppp.auth.AuthenticationClient.Action;
import dev.pptpd.ppp.packet.ControlPacket;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PapClientTest {
    private final PapClient client = client("User", "clientPass");
    private long nowNanos = -TimeUnit.HOURS.toNanos(1);

    @Test
    void namesItselfAndItsPasswordAtOnce() {
        ControlPacket request = start();
        assertThat(request.code()).isEqualTo(1);
        assertThat(request.data()).isEqualTo("\4User\nclientPass".getBytes(UTF_8));
    }

    @Test
    void repeatsItsRequestUnderAnotherIdentifierUntilItGivesUp() {
        ControlPacket first = start();
        for (int n = 1; n < PapTimer.DEFAULT.maxRequests(); n++) {
            nowNanos = client.nextDeadlineNanos();
            client.onTimeout(nowNanos);
            ControlPacket again = sent();
            assertThat(again.data()).isEqualTo(first.data());
            assertThat(again.identifier()).isEqualTo((first.identifier() + n) & 0xFF);
        }
        client.onTimeout(client.nextDeadlineNanos());
        assertThat(client.pollAction())
                .isEqualTo(new Action.Failed("no verdict from the server on 10 requests"));
        assertThat(client.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void isInOnAnAckWithOrWithoutAMessage() {
        for (byte[] data : new byte[][] {{}, {0}, {5, 'H', 'e', 'l', 'l', 'o'}}) {
            client.receive(new ControlPacket(2, start().identifier(), data), nowNanos);
            assertThat(client.pollAction())
                    .isEqualTo(new Action.Succeeded("PAP", Optional.empty()));
            assertThat(client.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
        }
    }

    @Test
    void tellsWhatTheServerSaysWhenItRefuses() {
        client.receive(
                new ControlPacket(3, start().identifier(), "\4Gone, padding".getBytes(UTF_8)),
                nowNanos);
        assertThat(client.pollAction())
                .isEqualTo(new Action.Failed("the server refuses the login; it says: Gone"));
    }

    @Test
    void takesNoVerdictThatIsNotOnItsLatestRequest() {
        client.receive(new ControlPacket(2, 0, new byte[0]), nowNanos);
        assertThat(client.pollAction()).isNull();
        int identifier = start().identifier();
        client.receive(new ControlPacket(2, identifier + 1, new byte[0]), nowNanos);
        client.receive(new ControlPacket(4, identifier, new byte[0]), nowNanos);
        assertThat(client.pollAction()).isNull();
    }

    @Test
    void cannotTellMoreThan255Octets() {
        for (PapClient tooLong :
                new PapClient[] {client("u".repeat(256), "p"), client("u", "p".repeat(256))}) {
            tooLong.start(nowNanos);
            assertThat(tooLong.pollAction()).isInstanceOf(Action.Failed.class);
        }
    }

    private ControlPacket start() {
        client.start(nowNanos);
        return sent();
    }

    private ControlPacket sent() {
        Action action = client.pollAction();
        assertThat(action).isInstanceOf(Action.Send.class);
        assertThat(client.pollAction()).isNull();
        return ((Action.Send) Objects.requireNonNull(action)).packet();
    }

    private static PapClient client(String name, String password) {
        return new PapClient(
                new PeerName(name.getBytes(UTF_8)),
                KnownPassword.ofText(password.getBytes(UTF_8)),
                PapTimer.DEFAULT);
    }
}
