package dev.pptpd.dataplane;

import dev.pptpd.discovery.Ipv6Neighbor;
import dev.pptpd.discovery.Ipv6Role;
import dev.pptpd.linux.PacketDevice;
import dev.pptpd.linux.TunDevice;
import dev.pptpd.ppp.auth.AuthenticationRequest;
import dev.pptpd.ppp.auth.AuthenticationResult;
import dev.pptpd.ppp.ccp.MppeConfiguration;
import dev.pptpd.ppp.ipcp.Ipv4Assignment;
import dev.pptpd.session.CloseReason;
import dev.pptpd.session.InnerSources;
import dev.pptpd.session.SessionStart;
import dev.pptpd.session.SessionTerms;
import dev.pptpd.session.SessionWorker;

/** A {@link Worker} for other threads: every call becomes a command in its queue. */
public final class WorkerProxy implements SessionWorker {
    private final Worker worker;

    WorkerProxy(Worker worker) {
        this.worker = worker;
    }

    @Override
    public boolean open(SessionStart start) {
        return worker.submit((sessions, nowNanos) -> sessions.open(start, nowNanos));
    }

    /**
     * Sends a broadcast into every tunnel but one.
     *
     * @param packet not to be changed any more
     * @param exceptCallId whose tunnel it came out of; none with a negative number
     */
    boolean spread(byte[] packet, int exceptCallId) {
        return worker.submit(
                (sessions, nowNanos) -> sessions.spread(packet, exceptCallId, nowNanos));
    }

    @Override
    public boolean agree(int callId, SessionTerms terms) {
        return worker.submit((sessions, nowNanos) ->
                sessions.run(callId, (session, now) -> session.agree(terms, now), nowNanos));
    }

    @Override
    public boolean carryIpv6(int callId, Ipv6Role role) {
        return worker.submit((sessions, nowNanos) ->
                sessions.run(
                        callId,
                        (session, now) -> session.carryIpv6(Ipv6Neighbor.of(role)),
                        nowNanos));
    }

    @Override
    public boolean omitIpv6(int callId) {
        return worker.submit((sessions, nowNanos) ->
                sessions.run(callId, (session, now) -> session.link().omitIpv6(), nowNanos));
    }

    @Override
    public boolean configureEncryption(int callId, MppeConfiguration ofUser) {
        return worker.submit((sessions, nowNanos) ->
                sessions.run(
                        callId,
                        (session, now) -> session.link().configureEncryption(ofUser),
                        nowNanos));
    }

    @Override
    public boolean admit(
            int callId,
            AuthenticationRequest request,
            AuthenticationResult.Accepted accepted,
            Ipv4Assignment assignment,
            InnerSources sources,
            TunDevice device) {
        return worker.submit(admission(callId, request, accepted, assignment, sources, device));
    }

    /** The keys are the link's from then on; nobody has them where there is none to let in. */
    static Worker.Command admission(
            int callId,
            AuthenticationRequest request,
            AuthenticationResult.Accepted accepted,
            Ipv4Assignment assignment,
            InnerSources sources,
            PacketDevice device) {
        return (sessions, nowNanos) -> {
            boolean isThere =
                    sessions.run(
                            callId,
                            (session, now) -> {
                                if (sessions.attach(session, device, sources, now)) {
                                    session.link()
                                            .authenticated(request, accepted, assignment, now);
                                } else {
                                    accepted.wipe();
                                }
                            },
                            nowNanos);
            if (!isThere) {
                accepted.wipe();
            }
        };
    }

    @Override
    public boolean admit(
            int callId, Ipv4Assignment assignment, InnerSources sources, TunDevice device) {
        return worker.submit((sessions, nowNanos) ->
                sessions.run(
                        callId,
                        (session, now) -> {
                            if (sessions.attach(session, device, sources, now)) {
                                session.link().admitted(assignment, now);
                            }
                        },
                        nowNanos));
    }

    @Override
    public boolean attach(
            int callId, Ipv4Assignment assignment, InnerSources sources, TunDevice device) {
        return worker.submit((sessions, nowNanos) ->
                sessions.run(
                        callId,
                        (session, now) -> sessions.attach(session, device, sources, now),
                        nowNanos));
    }

    @Override
    public boolean decideAddress(int callId, Ipv4Assignment assignment, InnerSources sources) {
        return worker.submit((sessions, nowNanos) ->
                sessions.run(
                        callId,
                        (session, now) -> {
                            session.permit(sources);
                            session.link().addressDecided(assignment, now);
                        },
                        nowNanos));
    }

    @Override
    public boolean refuse(
            int callId, AuthenticationRequest request, AuthenticationResult.Rejected rejected) {
        return worker.submit((sessions, nowNanos) ->
                sessions.run(
                        callId,
                        (session, now) -> session.link().refused(request, rejected, now),
                        nowNanos));
    }

    @Override
    public boolean computed(int callId, Runnable task) {
        return worker.submit((sessions, nowNanos) ->
                sessions.run(
                        callId, (session, now) -> session.link().computed(task, now), nowNanos));
    }

    @Override
    public boolean terminate(int callId, CloseReason reason) {
        return worker.submit((sessions, nowNanos) ->
                sessions.run(
                        callId,
                        (session, now) -> sessions.terminate(session, reason, now),
                        nowNanos));
    }

    @Override
    public boolean drop(int callId, CloseReason reason) {
        return worker.submit((sessions, nowNanos) ->
                sessions.run(
                        callId, (session, now) -> sessions.end(session, reason, now), nowNanos));
    }
}
