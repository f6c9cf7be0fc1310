package dev.pptpd.net;

import static org.awaitility.Awaitility.await;

import dev.pptpd.control.CallEnd;
import dev.pptpd.control.CallFailure;
import dev.pptpd.control.CallRequest;
import dev.pptpd.control.CallTerms;
import dev.pptpd.control.ControlCloseReason;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Places calls as soon as the connection is started, and writes down what it hears. */
final class RecordingPlacedCallHandler implements PlacedCallHandler {
    final List<String> heard = new CopyOnWriteArrayList<>();
    final CompletableFuture<ControlChannel> channel = new CompletableFuture<>();
    private final List<CallRequest> requests;

    RecordingPlacedCallHandler(CallRequest... requests) {
        this.requests = List.of(requests);
    }

    ControlChannel channel() throws Exception {
        return channel.get(10, TimeUnit.SECONDS);
    }

    /** Waits until it has heard this. */
    void awaitHeard(String what) {
        await().until(() -> heard.contains(what));
    }

    @Override
    public void onConnectFailed(ConnectFailure failure, long nowNanos) {
        heard.add("connect failed " + failure.kind());
    }

    @Override
    public void onConnected(ControlChannel opened, long nowNanos) {
        heard.add("connected");
        channel.complete(opened);
    }

    @Override
    public void onStarted(ControlChannel opened, long nowNanos) {
        heard.add("started");
        requests.forEach(opened::placeCall);
    }

    @Override
    public void onClosed(ControlCloseReason reason, String detail, long nowNanos) {
        heard.add("closed " + reason);
    }

    @Override
    public void onCallConnected(int callId, int peerCallId, CallTerms terms, long nowNanos) {
        heard.add("call " + callId + " connected");
    }

    @Override
    public void onCallFailed(int callId, CallFailure failure, long nowNanos) {
        heard.add("call " + callId + " failed: " + failure);
    }

    @Override
    public void onCallEnded(int callId, CallEnd end, String detail, long nowNanos) {
        heard.add("call " + callId + " ended " + end + (detail.isEmpty() ? "" : ": " + detail));
    }
}
