package dev.pptpd.session;

import dev.pptpd.discovery.Ipv6Role;
import dev.pptpd.linux.TunDevice;
import dev.pptpd.ppp.auth.AuthenticationRequest;
import dev.pptpd.ppp.auth.AuthenticationResult;
import dev.pptpd.ppp.ccp.MppeConfiguration;
import dev.pptpd.ppp.ipcp.Ipv4Assignment;

/**
 * A worker as the control side sees it. Every call is queued and done in order on the worker's
 * thread; calls for a session that has ended meanwhile do nothing. Each returns false when the
 * worker's queue is full: then nothing was queued.
 */
public interface SessionWorker {
    /** Begins a session. */
    boolean open(SessionStart start);

    /** What holds for the packets of the session, to be said before its device is there. */
    boolean agree(int callId, SessionTerms terms);

    /**
     * Says which end of the tunnel we are to IPv6, for a session whose link may negotiate it; to be
     * called before it can.
     */
    boolean carryIpv6(int callId, Ipv6Role role);

    /**
     * IPv6 is not for this session after all: its link rejects it. To be called before {@link
     * #admit}.
     */
    boolean omitIpv6(int callId);

    /**
     * Encrypts by what is settled for the user whose login is good; to be called before {@link
     * #admit}.
     */
    boolean configureEncryption(int callId, MppeConfiguration ofUser);

    /**
     * The login is good: packets go to and from {@code device} from now on.
     *
     * @param sources which addresses may come out of the tunnel
     */
    boolean admit(
            int callId,
            AuthenticationRequest request,
            AuthenticationResult.Accepted accepted,
            Ipv4Assignment assignment,
            InnerSources sources,
            TunDevice device);

    /** The same for a link that needs no login. */
    boolean admit(int callId, Ipv4Assignment assignment, InnerSources sources, TunDevice device);

    /**
     * Packets go to and from {@code device} from now on, for a session that nobody has to admit: we
     * are its client, and its network is up. May be called again, with the same device alone, when
     * the link has negotiated other addresses.
     *
     * @param sources which addresses may come out of the tunnel
     */
    boolean attach(int callId, Ipv4Assignment assignment, InnerSources sources, TunDevice device);

    /**
     * What came of the address that the client asked for.
     *
     * @param assignment with that address, or the one that there was
     * @param sources which addresses may come out of the tunnel
     */
    boolean decideAddress(int callId, Ipv4Assignment assignment, InnerSources sources);

    /** The login is refused. */
    boolean refuse(
            int callId, AuthenticationRequest request, AuthenticationResult.Rejected rejected);

    /** What the link wanted computed is done. */
    boolean computed(int callId, Runnable task);

    /** Ends a session in order: LCP Terminate-Request first. */
    boolean terminate(int callId, CloseReason reason);

    /** Ends a session at once: the peer is gone or has hung up. */
    boolean drop(int callId, CloseReason reason);
}
