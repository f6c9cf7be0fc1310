package dev.pptpd.bench.server;

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
import dev.pptpd.session.SessionWorker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What happened to a fleet: counts of it, and waiting for them. For any thread. */
final class FleetEvents implements SessionEvents {
    private final Semaphore places;
    private final Map<Integer, Member> members = new ConcurrentHashMap<>();
    private final List<String> failures = new ArrayList<>();
    private volatile @Nullable SessionWorker worker;
    private int up;
    private int told;

    /**
     * @param places one for each login that may go on
     */
    FleetEvents(Semaphore places) {
        this.places = places;
    }

    /** Whose sessions they are. */
    void to(SessionWorker owner) {
        worker = owner;
    }

    void add(Member member) {
        members.put(member.callId(), member);
    }

    /** Waits for a place; false when the time is over. */
    boolean awaitPlace(long deadlineNanos) throws InterruptedException {
        return places.tryAcquire(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    /** Waits until so many sessions have come up or failed, or the time is over. */
    synchronized void awaitSettled(int sessions, long deadlineNanos) throws InterruptedException {
        while (up + failures.size() < sessions) {
            if (!pause(deadlineNanos)) {
                return;
            }
        }
    }

    /** Waits until the server has told so many clients of the end, or the time is over. */
    synchronized void awaitTold(int sessions, long deadlineNanos) throws InterruptedException {
        while (told < sessions) {
            if (!pause(deadlineNanos)) {
                return;
            }
        }
    }

    private boolean pause(long deadlineNanos) throws InterruptedException {
        long left = deadlineNanos - System.nanoTime();
        if (left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return left > 0;
    }

    /** Sessions that came up, whatever became of them. */
    synchronized int up() {
        return up;
    }

    /** Sessions whose end the server has announced on the control connection. */
    synchronized int told() {
        return told;
    }

    /** Why sessions did not come up, or did not stay up. */
    synchronized List<String> failures() {
        return List.copyOf(failures);
    }

    /** A session is up. */
    synchronized void onMemberUp() {
        up++;
        places.release();
        notifyAll();
    }

    /** The server says that the call is over. */
    synchronized void onTold() {
        told++;
        notifyAll();
    }

    /** A session did not come up. */
    synchronized void onFailed(String reason) {
        failures.add(reason);
        places.release();
        notifyAll();
    }

    private SessionWorker worker() {
        SessionWorker owner = worker;
        if (owner == null) {
            throw new IllegalStateException("no worker yet");
        }
        return owner;
    }

    private Member member(int callId) {
        Member member = members.get(callId);
        if (member == null) {
            throw new IllegalStateException("no call " + callId);
        }
        return member;
    }

    @Override
    public void onUp(
            int callId, Ipv4Assignment assignment, Optional<MppeMode> encryption, int mtuBytes) {
        member(callId).onUp(assignment, encryption);
    }

    @Override
    public void onEnded(int callId, CloseReason reason, SessionTraffic traffic) {
        member(callId).onSessionEnded(reason);
    }

    @Override
    public void onComputation(int callId, Runnable task) {
        Thread.ofVirtual()
                .start(() -> {
                    task.run();
                    worker().computed(callId, task);
                });
    }

    @Override
    public void onLogin(int callId, AuthenticationRequest request, int mtuBytes) {
        throw new IllegalStateException("a client asks nobody to log in");
    }

    @Override
    public void onAdmissionRequested(int callId, int mtuBytes) {
        throw new IllegalStateException("a client admits nobody");
    }

    @Override
    public void onAddressAsked(int callId, Ipv4Address asked) {
        throw new IllegalStateException("a client gives no addresses");
    }

    @Override
    public void onLoggedIn(int callId, String method) {}

    @Override
    public void onIpv6Up(int callId, Ipv6Identifiers identifiers) {}

    @Override
    public void onAdvertised(int callId, RouterAdvertisement advertisement) {}

    @Override
    public void onRoutesTold(int callId, List<Ipv4Network> routes) {}

    @Override
    public void onNotGiven(int callId, String what, String detail) {}

    @Override
    public void onIdentified(int callId, String text) {}
}
