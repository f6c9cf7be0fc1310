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
import java.util.concurrent.Executor;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** What workers tell, carried over to the event loop; news of a session that is gone is dropped. */
final class WorkerEvents implements SessionEvents {
    private final Executor eventLoop;
    private final IntFunction<@Nullable SessionEntry> sessions;
    private final Listener listener;

    /** Hears of sessions that the control side still knows, on the event loop. */
    interface Listener {
        void onLogin(SessionEntry entry, AuthenticationRequest request, int mtuBytes);

        void onComputation(SessionEntry entry, Runnable task);

        void onAdmissionRequested(SessionEntry entry, int mtuBytes);

        void onAddressAsked(SessionEntry entry, Ipv4Address asked);

        void onUp(SessionEntry entry, Optional<MppeMode> encryption);

        void onIpv6Up(SessionEntry entry, Ipv6Identifiers identifiers);

        void onEnded(SessionEntry entry, CloseReason reason, SessionTraffic traffic);
    }

    private interface OnEntry {
        void run(SessionEntry entry);
    }

    /** {@code sessions} finds a session by its call id and is called on the event loop only. */
    WorkerEvents(
            Executor eventLoop, IntFunction<@Nullable SessionEntry> sessions, Listener listener) {
        this.eventLoop = eventLoop;
        this.sessions = sessions;
        this.listener = listener;
    }

    private void hop(int callId, OnEntry action) {
        eventLoop.execute(() -> {
            SessionEntry entry = sessions.apply(callId);
            if (entry != null) {
                action.run(entry);
            }
        });
    }

    @Override
    public void onLogin(int callId, AuthenticationRequest request, int mtuBytes) {
        hop(callId, entry -> listener.onLogin(entry, request, mtuBytes));
    }

    @Override
    public void onComputation(int callId, Runnable task) {
        hop(callId, entry -> listener.onComputation(entry, task));
    }

    @Override
    public void onAdmissionRequested(int callId, int mtuBytes) {
        hop(callId, entry -> listener.onAdmissionRequested(entry, mtuBytes));
    }

    @Override
    public void onAddressAsked(int callId, Ipv4Address asked) {
        hop(callId, entry -> listener.onAddressAsked(entry, asked));
    }

    @Override
    public void onUp(
            int callId, Ipv4Assignment assignment, Optional<MppeMode> encryption, int mtuBytes) {
        hop(callId, entry -> listener.onUp(entry, encryption));
    }

    @Override
    public void onIpv6Up(int callId, Ipv6Identifiers identifiers) {
        hop(callId, entry -> listener.onIpv6Up(entry, identifiers));
    }

    @Override
    public void onAdvertised(int callId, RouterAdvertisement advertisement) {
        throw new IllegalStateException("a server listens to no router");
    }

    @Override
    public void onLoggedIn(int callId, String method) {
        throw new IllegalStateException("a server logs in nowhere");
    }

    @Override
    public void onRoutesTold(int callId, List<Ipv4Network> routes) {
        throw new IllegalStateException("a server asks for no routes");
    }

    @Override
    public void onNotGiven(int callId, String what, String detail) {
        throw new IllegalStateException("a server asks for nothing");
    }

    @Override
    public void onIdentified(int callId, String text) {
        hop(callId, entry -> SessionLog.identified(entry, text));
    }

    @Override
    public void onEnded(int callId, CloseReason reason, SessionTraffic traffic) {
        hop(callId, entry -> listener.onEnded(entry, reason, traffic));
    }
}
