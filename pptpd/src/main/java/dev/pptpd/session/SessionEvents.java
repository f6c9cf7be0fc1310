package dev.pptpd.session;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.discovery.RouterAdvertisement;
import dev.pptpd.mppe.MppeMode;
import dev.pptpd.ppp.auth.AuthenticationRequest;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.ppp.ipcp.Ipv4Assignment;
import dev.pptpd.ppp.ipv6cp.Ipv6Identifiers;
import java.util.List;
import java.util.Optional;

/**
 * What a worker tells the control side. Called on the worker's thread; an implementation hands over
 * to its own thread and returns at once.
 */
public interface SessionEvents {
    /** A peer wants to log in; {@code mtuBytes} is the largest IP packet it takes. */
    void onLogin(int callId, AuthenticationRequest request, int mtuBytes);

    /**
     * The login goes on when this has been run, on a thread that may be kept waiting, and {@link
     * SessionWorker#computed} has been called with it.
     */
    void onComputation(int callId, Runnable task);

    /** The link needs no login; what it waits for is its addresses. */
    void onAdmissionRequested(int callId, int mtuBytes);

    /** We are in, at a server; {@code method} says how, in words for a log. */
    void onLoggedIn(int callId, String method);

    /** The client asks for this address; {@link SessionWorker#decideAddress} answers. */
    void onAddressAsked(int callId, Ipv4Address asked);

    /**
     * IP packets flow. Told again when the link negotiated anew, perhaps with other addresses.
     *
     * @param assignment the addresses of both ends: ours is {@code local}
     * @param mtuBytes the largest IP packet that the peer takes
     */
    void onUp(int callId, Ipv4Assignment assignment, Optional<MppeMode> encryption, int mtuBytes);

    /**
     * IPv6 packets flow, perhaps with other identifiers than before.
     *
     * @param identifiers of both ends
     */
    void onIpv6Up(int callId, Ipv6Identifiers identifiers);

    /** The far end, our router, says something new of itself. */
    void onAdvertised(int callId, RouterAdvertisement advertisement);

    /** The far end, our server, says which networks lie behind it; perhaps none. */
    void onRoutesTold(int callId, List<Ipv4Network> routes);

    /**
     * Something that we asked our server for does not come; the session goes on without.
     *
     * @param what a word for it
     * @param detail why, in words for a log
     */
    void onNotGiven(int callId, String what, String detail);

    /** What the client says of itself in LCP. */
    void onIdentified(int callId, String text);

    /** The session is gone from the worker, its device is out of use. Nothing follows. */
    void onEnded(int callId, CloseReason reason, SessionTraffic traffic);
}
