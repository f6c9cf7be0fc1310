package dev.pptpd.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pptpd.call.CallIdAllocator;
import dev.pptpd.control.CallClearRequest;
import dev.pptpd.control.CallDisconnectNotify;
import dev.pptpd.control.ControlMessageEncoder;
import dev.pptpd.control.EchoRequest;
import dev.pptpd.control.OutgoingCallReply;
import dev.pptpd.control.OutgoingCallRequest;
import dev.pptpd.control.StartControlConnectionReply;
import dev.pptpd.control.StartControlConnectionRequest;
import dev.pptpd.control.StopControlConnectionReply;
import dev.pptpd.control.StopControlConnectionRequest;
import dev.pptpd.control.TextField;
import dev.pptpd.relay.RouteTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class RelayListenerTest {
    private static final StartControlConnectionReply STARTED =
            new StartControlConnectionReply(
                    0x0100, 1, 0, 3, 3, 0, 0, TextField.EMPTY, TextField.of("linux"));
    private static final int SERVER_CALL_ID = 500;

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger unreachable = new AtomicInteger();
    private final RouteTable routes = new RouteTable();
    private ServerSocket server;
    private RelayListener relay;

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        server.setSoTimeout(5000);
        relay = relay(Duration.ofSeconds(5), 10);
    }

    @AfterEach
    void close() throws Exception {
        relay.close().get(10, TimeUnit.SECONDS);
        server.close();
    }

    private RelayListener relay(Duration firstMessage, int connections) throws ListenException {
        return relay(firstMessage, connections, ConnectionLimits.DEFAULTS);
    }

    private RelayListener relay(Duration firstMessage, int connections, ConnectionLimits limits)
            throws ListenException {
        var target =
                new RelayTarget() {
                    @Override
                    public InetSocketAddress address() {
                        asked.incrementAndGet();
                        return (InetSocketAddress) server.getLocalSocketAddress();
                    }

                    @Override
                    public void onUnreachable() {
                        unreachable.incrementAndGet();
                    }
                };
        var settings =
                new RelayListenerSettings(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        limits,
                        connections,
                        firstMessage);
        return RelayListener.open(
                settings, target, routes, new CallIdAllocator(new SecureRandom(), 1));
    }

    /** A client and the server's end of its relayed connection, with a call between them. */
    private final class Pair implements AutoCloseable {
        final TestClient client = new TestClient(relay.localAddress());
        final TestClient served;
        final int shownToClient;
        final int shownToServer;

        Pair() throws IOException {
            client.send(TestClient.START, TestClient.call(0, "x"));
            served = new TestClient(server.accept());
            assertThat(served.read(StartControlConnectionRequest.class))
                    .isEqualTo(TestClient.START);
            shownToServer = served.read(OutgoingCallRequest.class).callId();
            served.send(
                    STARTED,
                    new OutgoingCallReply(SERVER_CALL_ID, shownToServer, 1, 0, 0, 9, 64, 0, 0));
            assertThat(client.read(StartControlConnectionReply.class)).isEqualTo(STARTED);
            var reply = client.read(OutgoingCallReply.class);
            assertThat(reply.peerCallId()).isZero();
            shownToClient = reply.callId();
        }

        @Override
        public void close() throws IOException {
            client.close();
            served.close();
        }
    }

    @Test
    void relaysACallFromStartToStop() throws IOException {
        try (var pair = new Pair()) {
            assertThat(pair.shownToClient).isNotIn(0, SERVER_CALL_ID, pair.shownToServer);
            assertThat(routes.isEmpty()).isFalse();
            pair.client.send(new CallClearRequest(0));
            assertThat(pair.served.read(CallClearRequest.class).callId())
                    .isEqualTo(pair.shownToServer);
            pair.served.send(new CallDisconnectNotify(SERVER_CALL_ID, 0, 0, 0, TextField.EMPTY));
            assertThat(pair.client.read(CallDisconnectNotify.class).callId())
                    .isEqualTo(pair.shownToClient);
            assertThat(routes.isEmpty()).isTrue();
            pair.client.send(new StopControlConnectionRequest(1));
            pair.served.read(StopControlConnectionRequest.class);
            pair.served.send(new StopControlConnectionReply(1, 0));
            pair.client.read(StopControlConnectionReply.class);
        }
    }

    @Test
    void passesTheLastWordsOfTheClientOn() throws IOException {
        try (var pair = new Pair()) {
            pair.client.send(new CallClearRequest(0));
            pair.client.socket.shutdownOutput();
            pair.served.read(CallClearRequest.class);
            assertThat(pair.served.read()).isEmpty();
            // And the server's answer to them finds its way back.
            pair.served.send(new CallDisconnectNotify(SERVER_CALL_ID, 0, 0, 0, TextField.EMPTY));
            pair.client.read(CallDisconnectNotify.class);
            pair.served.close();
            assertThat(pair.client.read()).isEmpty();
            // At once: both have said so, and nobody waits for the 3 s of a silent end.
            await().atMost(Duration.ofSeconds(2)).until(routes::isEmpty);
        }
    }

    @Test
    void passesTheLastWordsOfTheServerOn() throws IOException {
        try (var pair = new Pair()) {
            pair.served.send(
                    new CallDisconnectNotify(SERVER_CALL_ID, 1, 0, 0, TextField.EMPTY),
                    new StopControlConnectionRequest(3));
            pair.served.close();
            pair.client.read(CallDisconnectNotify.class);
            pair.client.read(StopControlConnectionRequest.class);
            assertThat(pair.client.read()).isEmpty();
        }
    }

    @Test
    void closesAClientWhoseServerCannotBeReachedAndGoesOn() throws IOException {
        int port = server.getLocalPort();
        server.close();
        try (var client = new TestClient(relay.localAddress())) {
            client.send(TestClient.START);
            assertThat(client.read()).isEmpty();
        }
        assertThat(unreachable).hasValue(1);
        server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        server.setSoTimeout(5000);
        try (var pair = new Pair()) {
            assertThat(pair.shownToClient).isPositive();
        }
    }

    /**
     * A call may be asked for before there is a server. With room for one connection and one that
     * is half open, the next client is served only if nothing is left of those before it.
     */
    @Test
    void givesThePlaceBackOfAClientThatAskedForACallWhileTheServerWasUnreachable()
            throws Exception {
        relay.close().get(10, TimeUnit.SECONDS);
        relay = relay(Duration.ofSeconds(5), 1, new ConnectionLimits(1, 1, 10, 128, 64 * 1024));
        int port = server.getLocalPort();
        server.close();
        for (int attempt = 1; attempt <= 3; attempt++) {
            try (var client = new TestClient(relay.localAddress())) {
                client.send(TestClient.START, TestClient.call(0, "x"));
                assertThat(client.read()).isEmpty();
            }
            assertThat(unreachable).hasValue(attempt);
        }
        assertThat(routes.isEmpty()).isTrue();
        server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        server.setSoTimeout(5000);
        try (var pair = new Pair()) {
            assertThat(pair.shownToClient).isPositive();
        }
    }

    @Test
    void closesAClientThatWaitsForTheServerWhenItIsClosed() throws Exception {
        server.close();
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var waiting = fillBacklog();
        try (var client = new TestClient(relay.localAddress())) {
            client.send(TestClient.START, TestClient.call(0, "x"));
            await().until(() -> asked.get() == 1);
            relay.close().get(5, TimeUnit.SECONDS);
            assertThat(client.read()).isEmpty();
            assertThat(unreachable).hasValue(0);
        } finally {
            for (var connected : waiting) {
                connected.close();
            }
        }
    }

    /** Until nobody's SYN is answered any more: the next one is connecting for a long time. */
    private List<Socket> fillBacklog() throws IOException {
        var waiting = new ArrayList<Socket>();
        while (true) {
            var socket = new Socket();
            waiting.add(socket);
            try {
                socket.connect(server.getLocalSocketAddress(), 300);
            } catch (SocketTimeoutException e) {
                return waiting;
            }
        }
    }

    /** A03: who connects and says nothing, or something else, never reaches the server. */
    @Test
    void keepsScannersFromTheServer() throws Exception {
        server.setSoTimeout(300);
        var impatient = relay(Duration.ofMillis(100), 10);
        try (var silent = new TestClient(impatient.localAddress());
                var wrong = new TestClient(relay.localAddress());
                var web = new TestClient(relay.localAddress())) {
            assertThat(silent.read()).isEmpty();
            wrong.send(new EchoRequest(1));
            assertThat(wrong.read()).isEmpty();
            web.send("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(endOf(web)).isTrue();
            var nobody = CompletableFuture.supplyAsync(this::accepted);
            assertThat(nobody.get(5, TimeUnit.SECONDS)).isFalse();
        } finally {
            impatient.close().get(10, TimeUnit.SECONDS);
        }
    }

    private boolean accepted() {
        try {
            server.accept().close();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By FIN, or by a reset where octets were left unread. */
    private static boolean endOf(TestClient client) throws IOException {
        try {
            return client.read().isEmpty();
        } catch (SocketException e) {
            return true;
        }
    }

    @Test
    void refusesMoreConnectionsThanItMayHave() throws Exception {
        var small = relay(Duration.ofSeconds(5), 1);
        try (var first = new TestClient(small.localAddress())) {
            first.send(TestClient.START);
            server.accept().close();
            try (var second = new TestClient(small.localAddress())) {
                assertThat(endOf(second)).isTrue();
            }
        } catch (SocketException e) {
            // Connected and reset at once is a refusal, too.
        } finally {
            small.close().get(10, TimeUnit.SECONDS);
        }
    }

    /** A10: a peer that asks and does not read. The relay takes no more than it can pass on. */
    @Test
    void readsNobodyWhileOneDoesNotRead() throws IOException {
        try (var pair = new Pair();
                var writer = SocketChannel.open(relay.localAddress())) {
            writer.setOption(StandardSocketOptions.SO_SNDBUF, 16 * 1024);
            writer.write(ControlMessageEncoder.encode(TestClient.START));
            try (var deaf = server.accept()) {
                writer.configureBlocking(false);
                long taken = fill(writer);
                // What both kernels receive for those who do not read, the 32 KiB that ours sends
                // to each, and 64 KiB of our own.
                assertThat(taken).isLessThan(16L << 20);
                assertThat(deaf.isConnected()).isTrue();
                // Nobody else notices.
                pair.client.send(new EchoRequest(1));
                pair.served.read(EchoRequest.class);
            }
        }
    }

    /** Writes until nothing was taken for a second. */
    private static long fill(SocketChannel writer) throws IOException {
        ByteBuffer echo = ControlMessageEncoder.encode(new EchoRequest(1));
        ByteBuffer many = ByteBuffer.allocate(1000 * echo.limit());
        while (many.hasRemaining()) {
            many.put(echo.duplicate());
        }
        many.flip();
        long taken = 0;
        long lastNanos = System.nanoTime();
        while (System.nanoTime() - lastNanos < Duration.ofSeconds(1).toNanos()) {
            int count = writer.write(many);
            if (count > 0) {
                taken += count;
                lastNanos = System.nanoTime();
            }
            if (!many.hasRemaining()) {
                many.rewind();
            }
            Thread.onSpinWait();
        }
        return taken;
    }

    @Test
    void asksBothEndsForTheEndWhenItIsClosed() throws Exception {
        try (var pair = new Pair()) {
            var closed = relay.close();
            pair.client.read(StopControlConnectionRequest.class);
            pair.served.read(StopControlConnectionRequest.class);
            pair.client.send(new StopControlConnectionReply(1, 0));
            pair.served.send(new StopControlConnectionReply(1, 0));
            assertThat(pair.client.read()).isEmpty();
            assertThat(pair.served.read()).isEmpty();
            closed.get(2, TimeUnit.SECONDS);
            assertThat(routes.isEmpty()).isTrue();
        }
    }

    @Test
    void doesNotWaitForEverWhenItIsClosed() throws Exception {
        try (var pair = new Pair()) {
            relay.close().get(6, TimeUnit.SECONDS);
            assertThat(pair.shownToClient).isPositive();
        }
    }
}
