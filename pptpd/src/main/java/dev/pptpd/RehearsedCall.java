package dev.pptpd;

import dev.pptpd.config.ServerConfig;
import dev.pptpd.control.CallEnd;
import dev.pptpd.control.CallFailure;
import dev.pptpd.control.CallRequest;
import dev.pptpd.control.ControlCloseReason;
import dev.pptpd.control.ControlConnectionSettings;
import dev.pptpd.control.ControlTimers;
import dev.pptpd.control.OutgoingCallRequest;
import dev.pptpd.control.StopControlConnectionReason;
import dev.pptpd.net.CallDecision;
import dev.pptpd.net.CallHandler;
import dev.pptpd.net.ConnectFailure;
import dev.pptpd.net.ConnectionLimits;
import dev.pptpd.net.ControlChannel;
import dev.pptpd.net.ControlClient;
import dev.pptpd.net.ControlServer;
import dev.pptpd.net.ControlServerSettings;
import dev.pptpd.net.ListenException;
import dev.pptpd.net.PlacedCallHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** A client that opens a control connection over loopback and asks a busy server for a call. */
final class RehearsedCall {
    private static final int LIMIT_SECONDS = 20;
    private static final int CALL_ID = 1;
    private static final int WINDOW = 64;

    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    private RehearsedCall() {}

    /**
     * Plays both ends. Whatever comes of it, they are closed afterwards.
     *
     * @throws IllegalStateException if the call does not come as far as its refusal, or not in time
     */
    static void run(ServerConfig config) throws StartException {
        ControlServerSettings settings =
                new ControlServerSettings(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        ConnectionLimits.DEFAULTS,
                        PptpSettings.control(config.pptp(), ControlTimers.DEFAULTS));
        ControlServer server;
        try {
            server = ControlServer.open(settings, new BusyServer());
        } catch (ListenException e) {
            throw StartException.of(e);
        }
        try {
            call(server.localAddress());
        } finally {
            await(server.close());
        }
    }

    /** Plays the client alone. */
    static void call(InetSocketAddress server) {
        RehearsedCall call = new RehearsedCall();
        ControlClient client = ControlClient.open();
        try {
            client.connect(
                    server,
                    Optional.empty(),
                    ControlConnectionSettings.DEFAULTS,
                    call.new Caller());
            await(call.closed);
        } finally {
            await(client.close());
        }
    }

    private static void await(CompletableFuture<Void> future) {
        try {
            future.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw new IllegalStateException("the rehearsed call failed: " + e.getCause(), e);
        }
    }

    private static final class BusyServer implements CallHandler {
        @Override
        public CallDecision onCallRequested(
                ControlChannel channel, CallRequest request, long nowNanos) {
            return CallDecision.Refuse.BUSY;
        }

        @Override
        public void onCallEnded(int callId, CallEnd end, String detail, long nowNanos) {
            // There was none.
        }
    }

    private final class Caller implements PlacedCallHandler {
        private Optional<ControlChannel> open = Optional.empty();

        @Override
        public void onConnectFailed(ConnectFailure failure, long nowNanos) {
            closed.completeExceptionally(new IllegalStateException(failure.toString()));
        }

        @Override
        public void onConnected(ControlChannel channel, long nowNanos) {
            open = Optional.of(channel);
        }

        @Override
        public void onStarted(ControlChannel channel, long nowNanos) {
            channel.placeCall(OutgoingCallRequest.of(CALL_ID, CALL_ID, WINDOW));
        }

        @Override
        public void onCallFailed(int callId, CallFailure failure, long nowNanos) {
            open.orElseThrow().stop(StopControlConnectionReason.LOCAL_SHUTDOWN);
        }

        @Override
        public void onCallEnded(int callId, CallEnd end, String detail, long nowNanos) {
            // There was none.
        }

        @Override
        public void onClosed(ControlCloseReason reason, String detail, long nowNanos) {
            closed.complete(null);
        }
    }
}
