package dev.pptpd.bench.poptop;

import dev.pptpd.address.Ipv4Endpoint;
import dev.pptpd.control.CallEnd;
import dev.pptpd.control.CallFailure;
import dev.pptpd.control.CallTerms;
import dev.pptpd.control.ControlCloseReason;
import dev.pptpd.control.ControlConnectionSettings;
import dev.pptpd.control.OutgoingCallRequest;
import dev.pptpd.net.ConnectFailure;
import dev.pptpd.net.ControlChannel;
import dev.pptpd.net.ControlClient;
import dev.pptpd.net.ControlServerSettings;
import dev.pptpd.net.PlacedCallHandler;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A call that stands, and whose packets are somebody else's business. */
final class PlacedCall implements PlacedCallHandler {
    private static final long LIMIT_SECONDS = 10;

    private final int callId;
    private final CompletableFuture<Integer> peerCallId = new CompletableFuture<>();

    private PlacedCall(int callId) {
        this.callId = callId;
    }

    /**
     * Asks a server for one; the control connection stays, and answers its Echo-Requests.
     *
     * @param callId ours
     * @return the server's call id
     */
    static int connect(ControlClient control, Ipv4Address server, int callId) throws IOException {
        PlacedCall call = new PlacedCall(callId);
        control.connect(
                Ipv4Endpoint.of(server, ControlServerSettings.PPTP_PORT),
                Optional.empty(),
                ControlConnectionSettings.DEFAULTS,
                call);
        try {
            return call.peerCallId.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("no call", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void onStarted(ControlChannel channel, long nowNanos) {
        channel.placeCall(
                OutgoingCallRequest.of(
                        callId,
                        callId,
                        ControlConnectionSettings.DEFAULTS.packetReceiveWindowSize()));
    }

    @Override
    public void onCallConnected(int call, int peer, CallTerms terms, long nowNanos) {
        peerCallId.complete(peer);
    }

    @Override
    public void onConnectFailed(ConnectFailure failure, long nowNanos) {
        fail("TCP: " + failure.detail());
    }

    @Override
    public void onCallFailed(int call, CallFailure failure, long nowNanos) {
        fail("call: " + failure);
    }

    @Override
    public void onClosed(ControlCloseReason reason, String detail, long nowNanos) {
        fail("connection closed: " + reason);
    }

    private void fail(String reason) {
        peerCallId.completeExceptionally(new IOException(reason));
    }

    @Override
    public void onConnected(ControlChannel channel, long nowNanos) {}

    @Override
    public void onCallEnded(int call, CallEnd end, String detail, long nowNanos) {}
}
