package dev.pptpd.ppp.cbcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.ppp.packet.ControlPacket;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The exchange of the capture W7: CLIENTS.md section 5. */
final class CallbackServerTest {
    private static final long STEP_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final CallbackServer server = new CallbackServer();
    private long nowNanos;

    @BeforeEach
    void start() {
        server.start(nowNanos);
    }

    @Test
    void offersNoCallbackAndConfirmsIt() {
        assertThat(polled()).isEqualTo("01 01 0102");
        say(2, 1, "0102");
        assertThat(polled()).isEqualTo("03 01 0102");
        assertThat(server.isDone()).isTrue();
        assertThat(server.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void confirmsOnceMoreWhenTheConfirmationWasLost() {
        say(2, 1, "0102");
        polled();
        say(2, 1, "0102");
        assertThat(polled()).isEqualTo("03 01 0102");
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 0102", "3, 1, 0102", "2, 2, 0102", "4, 1, 0102"})
    void takesNothingButTheAnswer(int code, int identifier, String data) {
        polled();
        say(code, identifier, data);
        assertThat(polled()).isEqualTo("-");
        assertThat(server.isDone()).isFalse();
    }

    @Test
    void asksAgainWhomeverWantsToBeCalledBackAndGivesUpInTheEnd() {
        for (int n = 0; n < 10; n++) {
            assertThat(polled()).isEqualTo("01 01 0102");
            assertThat(server.failure()).isEmpty();
            say(2, 1, "020c0001313233340000");
        }
        assertThat(polled()).isEqualTo("-");
        assertThat(server.failure()).isPresent();
    }

    @Test
    void asksTenTimesEveryThreeSeconds() {
        for (int n = 0; n < 10; n++) {
            assertThat(polled()).isEqualTo("01 01 0102");
            assertThat(server.nextDeadlineNanos()).isEqualTo(nowNanos + STEP_NANOS);
            nowNanos += STEP_NANOS;
            server.onTimeout(nowNanos);
        }
        assertThat(server.failure()).isPresent();
        assertThat(server.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void survivesRandomPackets() {
        Random random = new Random(0xC029);
        for (int n = 0; n < 50_000; n++) {
            byte[] data = new byte[random.nextInt(20)];
            random.nextBytes(data);
            server.receive(new ControlPacket(random.nextInt(5), random.nextInt(3), data), n);
        }
        assertThat(server.isDone()).isFalse();
    }

    private void say(int code, int identifier, String data) {
        server.receive(
                new ControlPacket(code, identifier, HexFormat.of().parseHex(data)), nowNanos);
    }

    private String polled() {
        ControlPacket packet = server.poll();
        return packet == null
                ? "-"
                : String.format(
                        "%02d %02d %s",
                        packet.code(),
                        packet.identifier(),
                        HexFormat.of().formatHex(packet.data()));
    }
}
