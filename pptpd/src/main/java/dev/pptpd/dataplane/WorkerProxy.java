package dev.pptpd.dataplane;

import dev.pptpd.linux.TunDevice;
import dev.pptpd.ppp.auth.AuthenticationResult;
import dev.pptpd.ppp.auth.MsChapV2Request;
import dev.pptpd.ppp.ipcp.Ipv4Assignment;
import dev.pptpd.session.CloseReason;
import dev.pptpd.session.Session;
import dev.pptpd.session.SessionStart;
import dev.pptpd.session.SessionWorker;

/** A {@link Worker} for other threads: every call becomes a command in its queue. */
public final class WorkerProxy implements SessionWorker {
    private final Worker worker;

    WorkerProxy(Worker worker) {
        this.worker = worker;
    }

    private interface OnSession {
        void run(Worker worker, Session session, long nowNanos);
    }

    @Override
    public boolean open(SessionStart start) {
        return worker.submit((loop, nowNanos) -> loop.open(start, nowNanos));
    }

    @Override
    public boolean admit(
            int callId,
            MsChapV2Request request,
            AuthenticationResult.Accepted accepted,
            Ipv4Assignment assignment,
            TunDevice device) {
        return submit(
                callId,
                (loop, session, nowNanos) -> {
                    if (loop.attach(session, device, assignment, nowNanos)) {
                        session.link().authenticated(request, accepted, assignment, nowNanos);
                    }
                });
    }

    @Override
    public boolean admit(int callId, Ipv4Assignment assignment, TunDevice device) {
        return submit(
                callId,
                (loop, session, nowNanos) -> {
                    if (loop.attach(session, device, assignment, nowNanos)) {
                        session.link().admitted(assignment, nowNanos);
                    }
                });
    }

    @Override
    public boolean refuse(
            int callId, MsChapV2Request request, AuthenticationResult.Rejected rejected) {
        return submit(
                callId,
                (_, session, nowNanos) -> session.link().refused(request, rejected, nowNanos));
    }

    @Override
    public boolean terminate(int callId, CloseReason reason) {
        return submit(
                callId, (loop, session, nowNanos) -> loop.terminate(session, reason, nowNanos));
    }

    @Override
    public boolean drop(int callId, CloseReason reason) {
        return submit(
                callId,
                (loop, session, nowNanos) -> {
                    session.closeFor(reason);
                    loop.end(session, nowNanos);
                });
    }

    /** Runs on the session if it is still there, and then carries out what the link wants. */
    private boolean submit(int callId, OnSession action) {
        return worker.submit((loop, nowNanos) -> {
            Session session = loop.session(callId);
            if (session == null) {
                return;
            }
            try {
                action.run(loop, session, nowNanos);
                loop.onTouched(session, nowNanos);
            } catch (RuntimeException mistake) {
                loop.onFailure(session, mistake, nowNanos);
            }
        });
    }
}
