package dev.pptpd.bench.server;

import dev.pptpd.dataplane.BroadcastInlet;
import dev.pptpd.dataplane.Worker;
import dev.pptpd.dataplane.WorkerSettings;
import dev.pptpd.gre.GreConfiguration;
import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.lab.Namespace;
import dev.pptpd.net.ControlClient;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.ppp.link.LinkConfiguration;
import dev.pptpd.session.StrayPackets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * Clients of one server, all in this process and in one namespace: one event loop for their control
 * connections and one worker for their tunnels, as a client command has them, each for thousands
 * instead of one. Sessions have no device, but for those that are given one.
 */
final class Fleet implements AutoCloseable {
    /** Logins at a time: more would measure how well the server refuses. */
    private static final int AT_ONCE = 100;

    private static final long CLOSE_SECONDS = 10;

    private final Ipv4Address server;
    private final LinkConfiguration link;
    private final ControlClient control = ControlClient.open();
    private final FleetEvents events = new FleetEvents(new Semaphore(AT_ONCE));
    private final Worker worker;
    private final List<Member> members = new ArrayList<>();

    private Fleet(Ipv4Address server, LinkConfiguration link) throws ErrnoException {
        this.server = server;
        this.link = link;
        this.worker =
                Worker.open(
                        new WorkerSettings(0, 1, Ipv4Address.ANY, GreConfiguration.DEFAULT),
                        events,
                        new StrayPackets(),
                        BroadcastInlet.CLOSED);
        events.to(worker.proxy());
    }

    /** One without sessions, whose sockets are in {@code namespace}. */
    static Fleet open(Namespace namespace, Ipv4Address server, LinkConfiguration link)
            throws ErrnoException {
        return namespace.call(() -> {
            Fleet fleet = new Fleet(server, link);
            fleet.worker.start((_, mistake) -> fleet.events.onFailed("worker: " + mistake));
            // The event loop's thread is made with its first task, and here: it opens sockets.
            fleet.control.execute(() -> {});
            return fleet;
        });
    }

    /**
     * Brings up more sessions, several at a time, and waits until each is up or has failed.
     *
     * @param addresses where the session of that number, from 0, calls from
     * @param perSecond at most so many; 0 for no limit
     * @param timeoutNanos how long all of them may take
     */
    void connect(int sessions, IntFunction<Ipv4Address> addresses, int perSecond, long timeoutNanos)
            throws InterruptedException {
        int wanted = members.size() + sessions;
        long start = System.nanoTime();
        for (int count = 0; count < sessions; count++) {
            if (!events.awaitPlace(start + timeoutNanos)) {
                return;
            }
            pace(start, count, perSecond);
            Member member = new Member(members.size() + 1, server, link, worker.proxy(), events);
            members.add(member);
            events.add(member);
            member.call(control, addresses.apply(members.size() - 1));
        }
        events.awaitSettled(wanted, start + timeoutNanos);
    }

    private static void pace(long startNanos, int count, int perSecond)
            throws InterruptedException {
        if (perSecond > 0) {
            long due = startNanos + count * TimeUnit.SECONDS.toNanos(1) / perSecond;
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
        }
    }

    /** Those that came up and are. */
    FleetEvents events() {
        return events;
    }

    /** The first that came up. */
    Member first() {
        return members.getFirst();
    }

    /** Hangs up, if the server is still there, and closes all sockets. */
    @Override
    public void close() {
        control.close().completeOnTimeout(null, CLOSE_SECONDS, TimeUnit.SECONDS).join();
        worker.close();
    }
}
