package dev.pptpd.net;

import dev.pptpd.control.CallDisconnectResult;
import dev.pptpd.control.CallRequest;
import dev.pptpd.control.IncomingCallRequest;
import dev.pptpd.control.OutgoingCallRequest;
import dev.pptpd.control.StopControlConnectionReason;
import dev.pptpd.control.TextField;
import dev.pptpd.control.WanErrorCounters;
import java.net.InetSocketAddress;

/**
 * One control connection, as its calls see it. Only for the event loop: on another thread every
 * method that does something throws {@link IllegalStateException}.
 */
public interface ControlChannel {
    /** The peer's end of TCP. */
    InetSocketAddress peerAddress();

    /** This end of TCP: the address of this host that the peer knows, and its GRE's source. */
    InetSocketAddress localAddress();

    /** What the peer calls itself, as it wishes; {@link TextField#toString} is safe to log. */
    TextField peerHostName();

    /** The make of the peer, as it wishes; {@link TextField#toString} is safe to log. */
    TextField peerVendorName();

    /**
     * Asks the peer for a call, as PNS by an {@link OutgoingCallRequest} or as PAC by an {@link
     * IncomingCallRequest}, with our call id in it, 1..65535.
     */
    void placeCall(CallRequest request);

    /**
     * Answers a request for which the handler returned {@link CallDecision.Later}; of no effect but
     * the end of an accepted call, if the request is withdrawn.
     *
     * @throws IllegalArgumentException if it is to be later still
     */
    void decide(CallRequest request, CallDecision decision);

    /**
     * Ends a call, by Call-Disconnect-Notify or, where this end placed it as PNS, by
     * Call-Clear-Request; nothing happens if it is over already.
     */
    void disconnectCall(int callId, CallDisconnectResult result);

    /** Sends Set-Link-Info, if the settings have it sent at all; masks of 32 bits. */
    void sendLinkInfo(int callId, long sendAccm, long receiveAccm);

    /** Sends WAN-Error-Notify, if this end is the PAC of the call, at most each 60 s. */
    void sendWanErrors(int callId, WanErrorCounters counters);

    /**
     * Ends all calls and asks the peer for the end of the connection; TCP is closed with its reply
     * or 3 s later.
     */
    void stop(StopControlConnectionReason reason);
}
