package dev.pptpd;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.discovery.RouterAdvertisement;
import dev.pptpd.mppe.MppeMode;
import dev.pptpd.ppp.auth.AuthenticationRequest;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.ppp.ipcp.Ipv4Assignment;
import dev.pptpd.ppp.ipv6cp.Ipv6Identifiers;
import dev.pptpd.session.CloseReason;
import dev.pptpd.session.SessionEvents;
import dev.pptpd.session.SessionTraffic;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets workers and the control side be made one after the other, though each needs the other. */
final class LateEvents implements SessionEvents {
    private volatile @Nullable SessionEvents target;

    /** To be called before the workers start. */
    void to(SessionEvents events) {
        target = events;
    }

    private SessionEvents target() {
        SessionEvents events = target;
        if (events == null) {
            throw new IllegalStateException("a worker started before the control side was there");
        }
        return events;
    }

    @Override
    public void onLogin(int callId, AuthenticationRequest request, int mtuBytes) {
        target().onLogin(callId, request, mtuBytes);
    }

    @Override
    public void onComputation(int callId, Runnable task) {
        target().onComputation(callId, task);
    }

    @Override
    public void onAdmissionRequested(int callId, int mtuBytes) {
        target().onAdmissionRequested(callId, mtuBytes);
    }

    @Override
    public void onAddressAsked(int callId, Ipv4Address asked) {
        target().onAddressAsked(callId, asked);
    }

    @Override
    public void onUp(
            int callId, Ipv4Assignment assignment, Optional<MppeMode> encryption, int mtuBytes) {
        target().onUp(callId, assignment, encryption, mtuBytes);
    }

    @Override
    public void onIpv6Up(int callId, Ipv6Identifiers identifiers) {
        target().onIpv6Up(callId, identifiers);
    }

    @Override
    public void onAdvertised(int callId, RouterAdvertisement advertisement) {
        target().onAdvertised(callId, advertisement);
    }

    @Override
    public void onLoggedIn(int callId, String method) {
        target().onLoggedIn(callId, method);
    }

    @Override
    public void onRoutesTold(int callId, List<Ipv4Network> routes) {
        target().onRoutesTold(callId, routes);
    }

    @Override
    public void onNotGiven(int callId, String what, String detail) {
        target().onNotGiven(callId, what, detail);
    }

    @Override
    public void onIdentified(int callId, String text) {
        target().onIdentified(callId, text);
    }

    @Override
    public void onEnded(int callId, CloseReason reason, SessionTraffic traffic) {
        target().onEnded(callId, reason, traffic);
    }
}
