package dev.pptpd.client;

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
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries what the worker tells over to the event loop and the attempt that it is about. */
final class CurrentAttempt implements SessionEvents {
    private static final Logger LOG = LoggerFactory.getLogger(CurrentAttempt.class);

    private final Executor eventLoop;

    /** Event loop only. */
    private @Nullable Attempt attempt;

    CurrentAttempt(Executor eventLoop) {
        this.eventLoop = eventLoop;
    }

    /** Event loop only. */
    void set(Attempt started) {
        attempt = started;
    }

    /** Event loop only. */
    void stop() {
        if (attempt != null) {
            attempt.stop();
        }
    }

    private void hop(Consumer<Attempt> news) {
        eventLoop.execute(() -> {
            if (attempt != null) {
                news.accept(attempt);
            }
        });
    }

    @Override
    public void onUp(
            int callId, Ipv4Assignment assignment, Optional<MppeMode> encryption, int mtuBytes) {
        hop(current -> current.onUp(assignment, encryption, mtuBytes));
    }

    @Override
    public void onLoggedIn(int callId, String method) {
        hop(current -> current.onLoggedIn(method));
    }

    @Override
    public void onIpv6Up(int callId, Ipv6Identifiers identifiers) {
        hop(current -> current.onIpv6Up(identifiers));
    }

    @Override
    public void onAdvertised(int callId, RouterAdvertisement advertisement) {
        hop(current -> current.onAdvertised(advertisement));
    }

    @Override
    public void onRoutesTold(int callId, List<Ipv4Network> routes) {
        hop(current -> current.onRoutesTold(routes));
    }

    @Override
    public void onNotGiven(int callId, String what, String detail) {
        hop(current -> current.onNotGiven(what, detail));
    }

    @Override
    public void onEnded(int callId, CloseReason reason, SessionTraffic traffic) {
        hop(current -> current.onSessionEnded(reason, traffic));
    }

    @Override
    public void onIdentified(int callId, String text) {
        LOG.debug("event=identification text=\"{}\"", text);
    }

    @Override
    public void onLogin(int callId, AuthenticationRequest request, int mtuBytes) {
        throw new IllegalStateException("nobody logs in at a client");
    }

    @Override
    public void onAddressAsked(int callId, Ipv4Address asked) {
        throw new IllegalStateException("a client gives no addresses");
    }

    @Override
    public void onComputation(int callId, Runnable task) {
        throw new IllegalStateException("a client computes where it is");
    }

    @Override
    public void onAdmissionRequested(int callId, int mtuBytes) {
        throw new IllegalStateException("nobody is let in by a client");
    }
}
