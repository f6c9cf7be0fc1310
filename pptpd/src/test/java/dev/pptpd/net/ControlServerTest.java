package dev.pptpd.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pptpd.control.CallClearRequest;
import dev.pptpd.control.CallDisconnectNotify;
import dev.pptpd.control.CallDisconnectResult;
import dev.pptpd.control.CallEnd;
import dev.pptpd.control.ControlCloseReason;
import dev.pptpd.control.ControlConnectionSettings;
import dev.pptpd.control.ControlMessageEncoder;
import dev.pptpd.control.EchoReply;
import dev.pptpd.control.EchoRequest;
import dev.pptpd.control.OutgoingCallReply;
import dev.pptpd.control.SetLinkInfo;
import dev.pptpd.control.StartControlConnectionReply;
import dev.pptpd.control.StopControlConnectionReply;
import dev.pptpd.control.StopControlConnectionRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ControlServerTest {
    private final RecordingCallHandler calls = new RecordingCallHandler();
    private ControlServer server;

    @BeforeEach
    void open() throws ListenException {
        server = ControlServer.open(settings(0), calls);
    }

    @AfterEach
    void close() throws Exception {
        server.close().get(10, TimeUnit.SECONDS);
    }

    @Test
    void runsACallFromStartToStop() throws IOException {
        try (var client = connected()) {
            client.send(new SetLinkInfo(calls.granted.getFirst(), 0xFFFF_FFFFL, 0xFFFF_FFFFL));
            client.send(new CallClearRequest(40265));
            assertThat(client.read(CallDisconnectNotify.class).callId())
                    .isEqualTo(calls.granted.getFirst());
            client.send(new StopControlConnectionRequest(1));
            assertThat(client.read(StopControlConnectionReply.class).resultCode()).isEqualTo(1);
            assertThat(client.read()).isEmpty();
        }
        await().until(() -> server.counters().open() == 0);
        assertThat(calls.linkInfos).hasValue(1);
        assertThat(calls.ended)
                .containsExactly(
                        new RecordingCallHandler.Ended(
                                calls.granted.getFirst(), CallEnd.CLEARED_BY_PEER));
        assertThat(server.counters().closed(ControlCloseReason.STOPPED_BY_PEER)).isEqualTo(1);
    }

    @Test
    void answersAStartCutIntoSingleOctetsAndMessagesOfOneSegment() throws IOException {
        try (var client = client()) {
            var start = ControlMessageEncoder.encode(TestClient.START);
            while (start.hasRemaining()) {
                client.send(new byte[] {start.get()});
            }
            client.read(StartControlConnectionReply.class);
            client.send(TestClient.call(0, ""), new EchoRequest(7));
            assertThat(client.read(OutgoingCallReply.class).resultCode()).isEqualTo(1);
            assertThat(client.read(EchoReply.class).identifier()).isEqualTo(7);
        }
    }

    @Test
    void answersAHundredEchoesOfOneSegment() throws IOException {
        var requests = new EchoRequest[100];
        for (int i = 0; i < requests.length; i++) {
            requests[i] = new EchoRequest(i);
        }
        try (var client = connected()) {
            client.send(requests);
            for (int i = 0; i < requests.length; i++) {
                assertThat(client.read(EchoReply.class).identifier()).isEqualTo(i);
            }
        }
    }

    @Test
    void tellsARefusedClientThatItIsBusy() throws IOException {
        try (var client = client()) {
            client.send(TestClient.START, TestClient.call(1, "busy"));
            client.read(StartControlConnectionReply.class);
            assertThat(client.read(OutgoingCallReply.class).resultCode()).isEqualTo(4);
        }
    }

    @Test
    void malformedMessagesCloseThatConnectionOnly() throws IOException {
        try (var bystander = connected()) {
            for (var malformed :
                    new byte[][] {
                        {0, 0},
                        {0, 11},
                        {(byte) 0xFF, (byte) 0xFF},
                        {0, 16, 0, 2},
                        {0, 16, 0, 1, 0x1A, 0x2B, 0x3C, 0x4E}
                    }) {
                try (var client = connected()) {
                    client.send(malformed);
                    assertThat(client.read()).isEmpty();
                }
            }
            bystander.send(new EchoRequest(1));
            bystander.read(EchoReply.class);
        }
        await().until(() -> calls.ended.size() == 6);
        assertThat(server.counters().closed(ControlCloseReason.BAD_MAGIC_COOKIE)).isEqualTo(1);
    }

    @Test
    void silentConnectionsDelayNobodyAndTooManyAreTurnedAway() throws IOException {
        var silent = new ArrayList<TestClient>();
        try {
            for (int i = 0; i < ConnectionLimits.DEFAULTS.halfOpenPerAddress() - 1; i++) {
                silent.add(client());
            }
            connected().close();
            silent.add(client());
            await().until(() -> server.counters().open() == silent.size());
            assertThatThrownBy(this::connected).isInstanceOf(Exception.class);
            assertThat(server.counters().refused()).isEqualTo(1);
        } finally {
            for (var client : silent) {
                client.close();
            }
        }
        await().until(() -> server.counters().open() == 0);
    }

    @Test
    void closedTcpEndsItsCall() throws IOException {
        connected().close();

        await().atMost(Duration.ofSeconds(1)).until(() -> !calls.ended.isEmpty());
        assertThat(calls.ended.getFirst().end()).isEqualTo(CallEnd.TRANSPORT_CLOSED);
    }

    @Test
    void halfClosedTcpEndsItsCallAfterTheRepliesAreOut() throws IOException {
        try (var client = connected()) {
            client.send(new EchoRequest(5));
            client.socket.shutdownOutput();
            assertThat(client.read(EchoReply.class).identifier()).isEqualTo(5);
            assertThat(client.read()).isEmpty();
        }
        await().until(() -> calls.ended.size() == 1);
    }

    @Test
    void closesAPeerThatAsksAndNeverReads() throws IOException {
        try (var greedy = connected()) {
            greedy.socket.setReceiveBufferSize(4096);
            var echo = ControlMessageEncoder.encode(new EchoRequest(1));
            var segment = new byte[16 * 1000];
            for (int i = 0; i < segment.length; i++) {
                segment[i] = echo.get(i % 16);
            }
            var flood =
                    CompletableFuture.runAsync(() -> {
                        try {
                            while (true) {
                                greedy.send(segment);
                            }
                        } catch (IOException _) {
                            // The server has closed: what this test waits for.
                        }
                    });
            await().atMost(Duration.ofSeconds(30)).until(() -> server.counters().overflowed() == 1);
            await().until(() -> calls.ended.size() == 1 && flood.isDone());
        }
    }

    @Test
    void disconnectsACallFromThisSide() throws Exception {
        try (var client = connected()) {
            var channel = calls.channels.getFirst();
            assertThatThrownBy(() -> channel.disconnectCall(1, CallDisconnectResult.REQUEST))
                    .isInstanceOf(IllegalStateException.class);

            server.execute(() -> channel.disconnectCall(1, CallDisconnectResult.LOST_CARRIER));

            assertThat(client.read(CallDisconnectNotify.class).resultCode()).isEqualTo(1);
            assertThat(channel.peerVendorName()).hasToString("Microsoft");
            assertThat(channel.localAddress()).isEqualTo(server.localAddress());
            assertThat(channel.peerAddress().getPort()).isEqualTo(client.socket.getLocalPort());
        }
    }

    @Test
    void stopsAllConnectionsGracefully() throws Exception {
        try (var polite = connected();
                var mute = connected();
                var fresh = client()) {
            await().until(() -> server.counters().open() == 3);
            long before = System.nanoTime();
            var closed = server.close();

            assertThat(polite.read(CallDisconnectNotify.class).resultCode()).isEqualTo(3);
            assertThat(polite.read(StopControlConnectionRequest.class).reason()).isEqualTo(3);
            polite.send(new StopControlConnectionReply(1, 0));
            assertThat(polite.read()).isEmpty();
            polite.socket.shutdownOutput();
            assertThat(fresh.read()).isEmpty();
            closed.get(5, TimeUnit.SECONDS);

            assertThat(System.nanoTime() - before).isBetween(2_900_000_000L, 4_900_000_000L);
            assertThat(mute.socket.isClosed()).isFalse();
            assertThat(calls.ended).hasSize(2).allMatch(e -> e.end() == CallEnd.STOPPED);
        }
        assertThatThrownBy(() -> client().close()).isInstanceOf(IOException.class);
    }

    @Test
    void tellsAnAddressInUseFromOneThatIsNotHere() {
        var taken = settings(server.localAddress().getPort());
        assertThatThrownBy(() -> ControlServer.open(taken, calls))
                .isInstanceOfSatisfying(
                        ListenException.class,
                        e ->
                                assertThat(e.obstacle())
                                        .isEqualTo(ListenException.Obstacle.ADDRESS_IN_USE))
                .hasMessageContaining("already in use");
        var foreign =
                new ControlServerSettings(
                        new InetSocketAddress("192.0.2.1", 0),
                        ConnectionLimits.DEFAULTS,
                        ControlConnectionSettings.DEFAULTS);
        assertThatThrownBy(() -> ControlServer.open(foreign, calls))
                .isInstanceOfSatisfying(
                        ListenException.class,
                        e ->
                                assertThat(e.obstacle())
                                        .isEqualTo(
                                                ListenException.Obstacle.ADDRESS_NOT_OF_THIS_HOST));
    }

    @Test
    void runsScheduledTasksOnTheLoop() throws Exception {
        var ran = new CompletableFuture<String>();
        var task =
                server.schedule(
                        () -> ran.complete(Thread.currentThread().getName()), Duration.ofMillis(1));

        assertThat(ran.get(5, TimeUnit.SECONDS)).startsWith("control");
        await().until(task::isDone);
    }

    private TestClient client() throws IOException {
        return new TestClient(server.localAddress());
    }

    /** A client with its call up. */
    private TestClient connected() throws IOException {
        var client = client();
        client.send(TestClient.START);
        client.read(StartControlConnectionReply.class);
        client.send(TestClient.call(40265, ""));
        assertThat(client.read(OutgoingCallReply.class).resultCode()).isEqualTo(1);
        return client;
    }

    private static ControlServerSettings settings(int port) {
        return new ControlServerSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                ConnectionLimits.DEFAULTS,
                ControlConnectionSettings.DEFAULTS);
    }
}
