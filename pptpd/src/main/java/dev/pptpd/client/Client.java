package dev.pptpd.client;

import dev.pptpd.address.Ipv4Endpoint;
import dev.pptpd.control.ControlConnectionSettings;
import dev.pptpd.dataplane.BroadcastInlet;
import dev.pptpd.dataplane.Worker;
import dev.pptpd.dataplane.WorkerSettings;
import dev.pptpd.gre.GreConfiguration;
import dev.pptpd.gre.linux.Errno;
import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.linux.HostObstacle;
import dev.pptpd.linux.Netlink;
import dev.pptpd.net.ControlClient;
import dev.pptpd.net.ControlServerSettings;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.session.DeviceThread;
import dev.pptpd.session.StrayPackets;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place that wires the client, runs one attempt after another, and ends in order. */
final class Client {
    private static final Logger LOG = LoggerFactory.getLogger(Client.class);

    /** Nobody but this process looks after its device, so it is in no group. */
    private static final int NO_GROUP = 0;

    private static final boolean WITH_OFFLOADS = true;

    private static final int MAX_CALL_ID = 0xFFFF;

    /** How long a session may take to end by LCP, and the connection after it: 5 s in all. */
    private static final long SESSION_MILLIS = 1_500;

    private static final long CONNECTION_MILLIS = 3_200;

    private final ClientArguments arguments;
    private final RandomGenerator entropy = new SecureRandom();
    private final ControlClient control = ControlClient.open();
    private final CurrentAttempt current = new CurrentAttempt(this::onEventLoop);
    private final Credentials credentials;
    private final Worker worker;
    private final DeviceThread devices;
    private final Netlink netlink;
    private final Surroundings surroundings;
    private final Reconnection reconnection;

    private final CountDownLatch stopRequested = new CountDownLatch(1);
    private final CompletableFuture<Void> finished = new CompletableFuture<>();

    private Client(ClientArguments arguments, Credentials credentials) throws ErrnoException {
        this.arguments = arguments;
        this.credentials = credentials;
        this.worker =
                Worker.open(
                        new WorkerSettings(
                                0,
                                1,
                                arguments.local().orElse(Ipv4Address.ANY),
                                GreConfiguration.DEFAULT),
                        current,
                        new StrayPackets(),
                        BroadcastInlet.CLOSED);
        this.devices = DeviceThread.open(NO_GROUP, arguments.interfaceName(), WITH_OFFLOADS);
        this.netlink = Netlink.open();
        this.surroundings =
                new Surroundings(
                        arguments,
                        ClientLink.of(arguments, credentials.password(), credentials.eap()),
                        worker.proxy(),
                        devices,
                        new ServerPin(netlink),
                        arguments.dnsFile().map(ResolverFile::new),
                        this::onEventLoop);
        ClientArguments.Persistence persistence = arguments.persistence();
        this.reconnection =
                new Reconnection(
                        persistence.persists(),
                        persistence.maxFailures(),
                        new Backoff(persistence.firstWaitMillis(), entropy));
    }

    /**
     * Makes sure of what is needed, and of the password, before anybody is asked for anything.
     *
     * @throws ClientException naming what is missing
     */
    static Client open(ClientArguments arguments) throws ClientException {
        requireOfHost();
        requireFreeName(arguments.interfaceName());
        if (arguments.dnsFile().isPresent()) {
            new ResolverFile(arguments.dnsFile().get()).check();
        }
        Credentials credentials = Credentials.read(arguments);
        try {
            return new Client(arguments, credentials);
        } catch (ErrnoException e) {
            throw refused(arguments, e);
        }
    }

    /** The first to bind is the raw socket, before the connection could say so. */
    private static ClientException refused(ClientArguments arguments, ErrnoException e) {
        Optional<Ipv4Address> local = arguments.local();
        return e.errno() == Errno.EADDRNOTAVAIL && local.isPresent()
                ? new ClientException(
                        ClientExit.DEVICE,
                        "no interface of this host has the address " + local.get() + ".",
                        e)
                : new ClientException(ClientExit.DEVICE, e.getMessage() + ".", e);
    }

    private static void requireOfHost() throws ClientException {
        Optional<HostObstacle> obstacle = HostObstacle.find();
        if (obstacle.isPresent()) {
            ClientExit exit =
                    switch (obstacle.get().kind()) {
                        case CAPABILITY -> ClientExit.NO_PERMISSION;
                        case TUN -> ClientExit.DEVICE;
                    };
            throw new ClientException(exit, obstacle.get().sentence());
        }
    }

    /** Said before the login rather than after it. */
    private static void requireFreeName(String interfaceName) throws ClientException {
        boolean isTaken;
        try {
            isTaken = NetworkInterface.getByName(interfaceName) != null;
        } catch (SocketException e) {
            LOG.debug("event=devices-not-listed", e);
            isTaken = false;
        }
        if (isTaken) {
            throw new ClientException(
                    ClientExit.DEVICE, "there is a device " + interfaceName + " already.");
        }
    }

    /**
     * Connects, and again as often as it is to, until there is an end. Whatever was made is gone
     * then. Not for the event loop.
     */
    AttemptEnd run() {
        worker.start(this::onWorkerDeath);
        try {
            AttemptEnd end = attempt();
            Reconnection.Decision decision = reconnection.after(end);
            while (decision instanceof Reconnection.Decision.Again(long waitMillis)
                    && !isStopRequestedWithin(end, waitMillis)) {
                end = attempt();
                decision = reconnection.after(end);
            }
            return end;
        } finally {
            close();
            finished.complete(null);
        }
    }

    private boolean isStopRequestedWithin(AttemptEnd end, long waitMillis) {
        if (stopRequested.getCount() == 0) {
            return true;
        }
        LOG.info(
                "event=waiting server={} wait-ms={} detail=\"{}\"",
                arguments.host(),
                waitMillis,
                end.sentence());
        try {
            return stopRequested.await(waitMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private AttemptEnd attempt() {
        Ipv4Address server;
        try {
            server = resolve(arguments.host());
        } catch (UnknownHostException e) {
            return new AttemptEnd(
                    ClientExit.NETWORK,
                    "no IPv4 address is known for " + arguments.host() + ".",
                    AttemptEnd.NEVER_UP);
        }
        // A lookup may take long.
        if (stopRequested.getCount() == 0) {
            return stopped();
        }
        Attempt attempt = new Attempt(surroundings, server, 1 + entropy.nextInt(MAX_CALL_ID));
        onEventLoop(() -> {
            current.set(attempt);
            if (stopRequested.getCount() == 0) {
                attempt.stop();
            }
        });
        try {
            control.connect(
                    Ipv4Endpoint.of(server, ControlServerSettings.PPTP_PORT),
                    arguments.local().map(local -> Ipv4Endpoint.of(local, 0)),
                    ControlConnectionSettings.DEFAULTS,
                    attempt);
        } catch (RejectedExecutionException e) {
            LOG.debug("event=event-loop-closed");
            return stopped();
        }
        return attempt.ended().join();
    }

    private static AttemptEnd stopped() {
        return new AttemptEnd(ClientExit.ASKED_FOR, "the end was asked for.", AttemptEnd.NEVER_UP);
    }

    /** Anew for each attempt: a server behind a dynamic address moves. */
    private static Ipv4Address resolve(String host) throws UnknownHostException {
        for (InetAddress found : InetAddress.getAllByName(host)) {
            if (found instanceof Inet4Address) {
                return Ipv4Address.of(found.getAddress());
            }
        }
        throw new UnknownHostException(host);
    }

    /** What comes when the event loop is gone has nobody left to tell. */
    private void onEventLoop(Runnable task) {
        try {
            control.execute(() -> guarded(task));
        } catch (RejectedExecutionException e) {
            LOG.debug("event=event-loop-closed");
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException mistake) {
            LOG.error("event=internal-error", mistake);
            Runtime.getRuntime().halt(ClientExit.INTERNAL.number());
        }
    }

    private void onWorkerDeath(Thread thread, Throwable mistake) {
        LOG.error("event=worker-died worker={}", thread.getName(), mistake);
        Runtime.getRuntime().halt(ClientExit.INTERNAL.number());
    }

    /** Ends in order what there is; returns when it is gone, or after 5 s. For any thread. */
    void stop() {
        stopRequested.countDown();
        onEventLoop(current::stop);
        if (!isDone(finished, SESSION_MILLIS)) {
            isDone(control.close(), CONNECTION_MILLIS);
        }
    }

    private void close() {
        isDone(control.close(), CONNECTION_MILLIS);
        worker.close();
        devices.close();
        netlink.close();
        credentials.wipe();
    }

    private static boolean isDone(CompletableFuture<Void> future, long millis) {
        try {
            future.get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            LOG.debug("event=stop-failed", e.getCause());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
