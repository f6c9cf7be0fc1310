package dev.pptpd.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pptpd.control.CallDisconnectResult;
import dev.pptpd.control.CallEnd;
import dev.pptpd.control.CallRequest;
import dev.pptpd.control.ControlConnectionSettings;
import dev.pptpd.control.ControlTimers;
import dev.pptpd.control.EchoRequest;
import dev.pptpd.control.IncomingCallRequest;
import dev.pptpd.control.OutgoingCallRequest;
import dev.pptpd.control.StopControlConnectionReason;
import dev.pptpd.control.Subaddress;
import dev.pptpd.control.TextField;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ControlClientTest {
    private static final OutgoingCallRequest CALL = OutgoingCallRequest.of(501, 1, 64);
    private static final ControlConnectionSettings SETTINGS =
            ControlConnectionSettings.DEFAULTS.withMaximumCalls(4);

    private final RecordingCallHandler calls = new RecordingCallHandler();
    private final ControlClient client = ControlClient.open(Duration.ofSeconds(2));
    private ControlServer server;

    @BeforeEach
    void open() throws ListenException {
        server =
                ControlServer.open(
                        new ControlServerSettings(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                ConnectionLimits.DEFAULTS,
                                ControlConnectionSettings.DEFAULTS.withMaximumCalls(3)),
                        calls);
    }

    @AfterEach
    void close() throws Exception {
        client.close().get(10, TimeUnit.SECONDS);
        server.close().get(10, TimeUnit.SECONDS);
    }

    @Test
    void placesACallClearsItAndStops() throws Exception {
        var handler = connect(CALL);
        handler.awaitHeard("call 501 connected");
        var channel = handler.channel();
        assertThat(channel.peerAddress()).isEqualTo(server.localAddress());
        assertThat(channel.localAddress()).isEqualTo(calls.channels.getFirst().peerAddress());
        assertThat(channel.peerVendorName()).hasToString("linux");

        client.execute(() -> channel.disconnectCall(501, CallDisconnectResult.REQUEST));
        handler.awaitHeard("call 501 ended DISCONNECTED");
        client.execute(() -> channel.stop(StopControlConnectionReason.NONE));
        handler.awaitHeard("closed STOPPED");

        assertThat(handler.heard)
                .containsExactly(
                        "connected",
                        "started",
                        "call 501 connected",
                        "call 501 ended DISCONNECTED",
                        "closed STOPPED");
        assertThat(calls.ended).extracting("end").containsExactly(CallEnd.CLEARED_BY_PEER);
    }

    @Test
    void isUsableAgainAfterEachConnection() throws Exception {
        for (int i = 0; i < 5; i++) {
            var handler = connect(CALL);
            handler.awaitHeard("call 501 connected");
            var channel = handler.channel();
            client.execute(() -> channel.stop(StopControlConnectionReason.NONE));
            handler.awaitHeard("closed STOPPED");
        }
        await().until(() -> calls.ended.size() == 5);
    }

    @Test
    void carriesSeveralCallsOfBothKindsOnOneConnection() throws Exception {
        var handler =
                connect(
                        CALL,
                        IncomingCallRequest.of(502, 2),
                        OutgoingCallRequest.of(503, 3, 64),
                        OutgoingCallRequest.of(504, 4, 64),
                        OutgoingCallRequest.of(505, 5, 64));
        handler.awaitHeard("call 504 failed: busy");

        assertThat(handler.heard)
                .contains("call 501 connected", "call 502 connected", "call 503 connected")
                .contains("call 505 failed: too many calls on this connection");
        assertThat(calls.granted).hasSize(3);
        var channel = calls.channels.getFirst();
        int second = calls.granted.get(1);
        server.execute(() -> channel.disconnectCall(second, CallDisconnectResult.REQUEST));
        handler.awaitHeard("call 502 ended CLEARED_BY_PEER");
    }

    @Test
    void waitsForAServerThatDecidesLater() throws Exception {
        var handler =
                connect(
                        new OutgoingCallRequest(
                                501,
                                1,
                                300,
                                1000,
                                3,
                                3,
                                64,
                                0,
                                TextField.of("later"),
                                Subaddress.NONE));
        await().until(() -> calls.undecided.size() == 1);
        assertThat(handler.heard).doesNotContain("call 501 connected");

        server.execute(() ->
                calls.channels
                        .getFirst()
                        .decide(calls.undecided.getFirst(), new CallDecision.Accept(9)));

        handler.awaitHeard("call 501 connected");
    }

    @Test
    void tellsThatItIsRefused() throws Exception {
        InetSocketAddress nobody;
        try (var gone = new TestServer(1)) {
            nobody = gone.address();
        }
        var handler = connect(nobody, Optional.empty(), SETTINGS);

        handler.awaitHeard("connect failed REFUSED");
        assertThat(handler.heard).hasSize(1);
    }

    @Test
    void tellsThatNobodyAnswers() throws Exception {
        try (var deaf = new TestServer(1)) {
            deaf.fillBacklog();
            var handler = connect(deaf.address(), Optional.empty(), SETTINGS);

            handler.awaitHeard("connect failed TIMED_OUT");
        }
    }

    @Test
    void tellsThatItsOwnAddressIsNotThere() {
        var handler =
                connect(
                        server.localAddress(),
                        Optional.of(new InetSocketAddress("192.0.2.1", 0)),
                        SETTINGS);

        handler.awaitHeard("connect failed OTHER");
    }

    @Test
    void callsFromTheAddressItIsTold() throws Exception {
        var from = new InetSocketAddress("127.0.0.2", 0);
        var handler = connect(server.localAddress(), Optional.of(from), SETTINGS);

        assertThat(handler.channel().localAddress().getAddress()).isEqualTo(from.getAddress());
    }

    @Test
    void givesUpAServerThatSaysNothing() throws Exception {
        var impatient =
                SETTINGS.withTimers(
                        ControlTimers.DEFAULTS.withReplies(
                                Duration.ofMillis(200), Duration.ofSeconds(60)));
        try (var silent = new TestServer(1)) {
            var handler = connect(silent.address(), Optional.empty(), impatient);

            handler.awaitHeard("closed START_REPLY_MISSING");
            assertThat(handler.heard).doesNotContain("started");
        }
    }

    @Test
    void readsAReplyThatComesInSingleOctetsA05() throws Exception {
        try (var slow = new TestServer(1)) {
            var handler = connect(slow.address(), Optional.empty(), SETTINGS);
            var socket = slow.accept();
            for (byte octet : TestServer.octets(TestServer.STARTED)) {
                socket.getOutputStream().write(octet);
            }

            handler.awaitHeard("started");
        }
    }

    @Test
    void hearsOfAServerThatResetsTheConnection() throws Exception {
        try (var rude = new TestServer(1)) {
            var handler = connect(rude.address(), Optional.empty(), SETTINGS, CALL);
            var socket = rude.accept();
            socket.getOutputStream().write(TestServer.octets(TestServer.STARTED));
            handler.awaitHeard("started");
            socket.setSoLinger(true, 0);
            socket.close();

            handler.awaitHeard("closed TRANSPORT_CLOSED");
            assertThat(handler.heard).contains("call 501 failed: no control connection");
        }
    }

    @Test
    void closesAServerThatAsksAndNeverReadsV07() throws Exception {
        try (var greedy = new TestServer(1)) {
            var handler = connect(greedy.address(), Optional.empty(), SETTINGS);
            var socket = greedy.accept();
            socket.setReceiveBufferSize(4096);
            socket.getOutputStream().write(TestServer.octets(TestServer.STARTED));
            var echo = TestServer.octets(new EchoRequest(1));
            var segment = new byte[1000 * echo.length];
            for (int i = 0; i < segment.length; i++) {
                segment[i] = echo[i % echo.length];
            }
            var flood =
                    CompletableFuture.runAsync(() -> {
                        try {
                            while (true) {
                                socket.getOutputStream().write(segment);
                            }
                        } catch (IOException _) {
                            // The client has closed: what this test waits for.
                        }
                    });

            await().atMost(Duration.ofSeconds(30)).until(() -> flood.isDone());
            handler.awaitHeard("closed TRANSPORT_CLOSED");
        }
    }

    @Test
    void hearsWhyAServerThatStopsHangsUp() throws Exception {
        var handler = connect(CALL);
        handler.awaitHeard("call 501 connected");
        server.close().get(10, TimeUnit.SECONDS);

        handler.awaitHeard("closed STOPPED_BY_PEER");
        assertThat(handler.heard)
                .contains("call 501 ended DISCONNECTED_BY_PEER: administrative shutdown");
    }

    @Test
    void endsItsCallsWhenItIsClosed() throws Exception {
        var handler = connect(CALL);
        handler.awaitHeard("call 501 connected");
        client.close().get(10, TimeUnit.SECONDS);

        assertThat(handler.heard).endsWith("call 501 ended STOPPED", "closed STOPPED");
        await().until(() -> calls.ended.size() == 1);
        assertThatThrownBy(() -> client.execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void givesUpWhatItIsOpeningWhenItIsClosed() throws Exception {
        try (var deaf = new TestServer(1)) {
            deaf.fillBacklog();
            var handler = connect(deaf.address(), Optional.empty(), SETTINGS);
            client.close().get(10, TimeUnit.SECONDS);

            assertThat(handler.heard).hasSize(1);
            assertThat(handler.heard.getFirst()).startsWith("connect failed");
        }
    }

    private RecordingPlacedCallHandler connect(CallRequest... requests) {
        return connect(server.localAddress(), Optional.empty(), SETTINGS, requests);
    }

    private RecordingPlacedCallHandler connect(
            InetSocketAddress to,
            Optional<InetSocketAddress> from,
            ControlConnectionSettings settings,
            CallRequest... requests) {
        var handler = new RecordingPlacedCallHandler(requests);
        client.connect(to, from, settings, handler);
        return handler;
    }
}
