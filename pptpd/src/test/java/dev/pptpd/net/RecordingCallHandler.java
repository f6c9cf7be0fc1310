package dev.pptpd.net;

import dev.pptpd.control.CallEnd;
import dev.pptpd.control.CallRequest;
import dev.pptpd.control.OutgoingCallRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Grants every call and remembers what it was told. */
final class RecordingCallHandler implements CallHandler {
    record Ended(int callId, CallEnd end) {}

    final List<Integer> granted = new CopyOnWriteArrayList<>();
    final List<Ended> ended = new CopyOnWriteArrayList<>();
    final List<ControlChannel> channels = new CopyOnWriteArrayList<>();
    final AtomicInteger linkInfos = new AtomicInteger();
    final List<CallRequest> undecided = new CopyOnWriteArrayList<>();
    private final AtomicInteger nextCallId = new AtomicInteger(1);

    @Override
    public CallDecision onCallRequested(
            ControlChannel channel, CallRequest request, long nowNanos) {
        if (request instanceof OutgoingCallRequest outgoing
                && outgoing.phoneNumber().toString().equals("busy")) {
            return CallDecision.Refuse.BUSY;
        }
        channels.add(channel);
        if (request instanceof OutgoingCallRequest outgoing
                && outgoing.phoneNumber().toString().equals("later")) {
            undecided.add(request);
            return new CallDecision.Later();
        }
        int callId = nextCallId.getAndIncrement();
        granted.add(callId);
        return new CallDecision.Accept(callId);
    }

    @Override
    public void onCallEnded(int callId, CallEnd end, String detail, long nowNanos) {
        ended.add(new Ended(callId, end));
    }

    @Override
    public void onLinkInfo(int callId, long sendAccm, long receiveAccm, long nowNanos) {
        linkInfos.incrementAndGet();
    }
}
