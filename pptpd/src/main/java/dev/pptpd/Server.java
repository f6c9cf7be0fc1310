package dev.pptpd;

import dev.pptpd.address.Ipv4Endpoint;
import dev.pptpd.auth.ChapSecrets;
import dev.pptpd.call.CallTable;
import dev.pptpd.config.BroadcastOptions;
import dev.pptpd.config.PppOptions;
import dev.pptpd.config.ServerConfig;
import dev.pptpd.control.ControlTimers;
import dev.pptpd.dataplane.BroadcastInlet;
import dev.pptpd.dataplane.BroadcastThread;
import dev.pptpd.dataplane.Worker;
import dev.pptpd.dataplane.WorkerProxy;
import dev.pptpd.dataplane.WorkerSettings;
import dev.pptpd.gre.linux.Errno;
import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.linux.HostObstacle;
import dev.pptpd.net.ConnectionLimits;
import dev.pptpd.net.ControlServer;
import dev.pptpd.net.ControlServerSettings;
import dev.pptpd.net.ListenException;
import dev.pptpd.session.DeviceThread;
import dev.pptpd.session.Ipv6Settings;
import dev.pptpd.session.SessionControl;
import dev.pptpd.session.SessionSettings;
import dev.pptpd.session.StrayPackets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place that wires the parts together, and takes them apart again in order. */
final class Server implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    private static final int MAX_WORKERS = 4;

    /** Link groups of ours have this bit; the others come from the address that is listened on. */
    private static final int GROUP_MARK = 0x4000_0000;

    /** Spreads neighbouring addresses far apart: 2^32 divided by the golden ratio. */
    private static final int GROUP_SPREAD = 0x9E37_79B1;

    /** How long sessions may take to end by LCP, and the connections after them: 5 s in all. */
    private static final long SESSIONS_MILLIS = 1_300;

    private static final long CONNECTIONS_MILLIS = 3_100;

    private static final Duration REMOVAL_TIMEOUT = Duration.ofMillis(500);

    /** For the devices of a thousand sessions, and a kernel that is busy with them. */
    private static final Duration SWEEP_TIMEOUT = Duration.ofSeconds(10);

    private final ServerConfig config;
    private final DeviceThread devices;
    private final List<Worker> workers = new ArrayList<>();
    private final List<WorkerProxy> proxies = new ArrayList<>();
    private final Optional<BroadcastThread> broadcasts;
    private final EventLoop eventLoop = new EventLoop();
    private final SessionControl sessions;
    private final PidFile pidFile;
    private final ProcessEnd end;

    private Server(ServerConfig config, ChapSecrets secrets, Optional<ChapSecrets> papSecrets)
            throws StartException, ErrnoException {
        this.config = config;
        this.pidFile = new PidFile(config.pidFile());
        this.end = new ProcessEnd(pidFile);
        this.devices =
                DeviceThread.open(
                        group(config),
                        PptpSettings.offloads(config.pptp()),
                        config.pptp().readyDevices());
        SecureRandom entropy = new SecureRandom();
        int workerCount = workerCount();
        this.broadcasts = broadcasts(config);
        LateEvents events = new LateEvents();
        StrayPackets strays = new StrayPackets();
        for (int index = 0; index < workerCount; index++) {
            Worker worker =
                    Worker.open(
                            new WorkerSettings(
                                    index,
                                    workerCount,
                                    config.listen(),
                                    PptpSettings.gre(config.pptp())),
                            events,
                            strays,
                            broadcasts
                                    .<BroadcastInlet>map(relay -> relay)
                                    .orElse(BroadcastInlet.CLOSED));
            workers.add(worker);
            proxies.add(worker.proxy());
        }
        PppOptions ppp = config.ppp();
        Users users = new Users(config, secrets, papSecrets);
        this.sessions =
                new SessionControl(
                        new SessionSettings(
                                LinkSettings.of(ppp),
                                ppp.lcp().mtuBytes(),
                                ppp.dnsServers(),
                                ppp.winsServers(),
                                ppp.tunnel(),
                                new Ipv6Settings(
                                        ppp.network().ipv6().isPresent(),
                                        ppp.network().identifiersFromIpv4(),
                                        config.ipv6().pool(),
                                        config.ipv6().dns())),
                        new SessionControl.Parts(
                                users.addresses(),
                                new CallTable(entropy, workerCount, config.addresses().size()),
                                proxies,
                                users.authenticator(entropy),
                                devices,
                                strays,
                                eventLoop,
                                task -> Thread.ofVirtual().name("login").start(task),
                                entropy));
        events.to(sessions.events());
    }

    /**
     * Starts serving and returns. From here on the process ends by a signal, or by a mistake of
     * ours.
     */
    static void start(ServerConfig config, ChapSecrets secrets, Optional<ChapSecrets> papSecrets)
            throws StartException {
        Server server = prepare(config, secrets, papSecrets);
        // Before anybody is served: also a signal in between finds an orderly end.
        server.end.whenAsked(server::close);
        server.serve();
        server.pidFile.write();
        LOG.info(
                "event=ready listen={} addresses={} workers={}",
                config.listen(),
                config.addresses().size(),
                server.workers.size());
        server.workers.forEach(Worker::warmUp);
    }

    /** Serves until {@link #close}, in the network namespace of the calling thread. */
    static Server open(ServerConfig config, ChapSecrets secrets, Optional<ChapSecrets> papSecrets)
            throws StartException {
        Server server = prepare(config, secrets, papSecrets);
        server.serve();
        return server;
    }

    /**
     * Makes all that a server consists of but its listener, which another process may have, and
     * takes it apart again. Without the listener it makes no device and removes none; it only has
     * the kernel list its networks.
     *
     * @throws StartException also for want of rights
     */
    static void rehearse(ServerConfig config, ChapSecrets secrets, Optional<ChapSecrets> papSecrets)
            throws StartException {
        try (Server server = prepare(config, secrets, papSecrets)) {
            server.runWorkers();
            server.devices.hostNetworks(_ -> {});
        }
    }

    private static Server prepare(
            ServerConfig config, ChapSecrets secrets, Optional<ChapSecrets> papSecrets)
            throws StartException {
        requireOfHost();
        try {
            return new Server(config, secrets, papSecrets);
        } catch (ErrnoException e) {
            // The first to bind is the raw socket, before the listener could say so.
            String message =
                    e.errno() == Errno.EADDRNOTAVAIL
                            ? "no interface has the address " + config.listen()
                            : e.getMessage();
            throw new StartException(ExitCode.OS_ERROR, message + ".", e);
        }
    }

    private void serve() throws StartException {
        // The listener is the lock: who has it may remove the devices that another process left.
        eventLoop.run(listen());
        int swept = sweep();
        if (swept > 0) {
            LOG.info("event=swept devices={}", swept);
        }
        devices.makeAhead();
        runWorkers();
    }

    private void runWorkers() {
        workers.forEach(worker -> worker.start(end::onWorkerDeath));
        broadcasts.ifPresent(relay -> relay.start(proxies));
    }

    private ControlServer listen() throws StartException {
        ControlServerSettings settings =
                new ControlServerSettings(
                        Ipv4Endpoint.of(config.listen(), ControlServerSettings.PPTP_PORT),
                        ConnectionLimits.DEFAULTS,
                        PptpSettings.control(
                                config.pptp(),
                                ControlTimers.DEFAULTS.withStartRequest(
                                        Duration.ofSeconds(config.firstMessageTimeoutSeconds()))));
        try {
            return ControlServer.open(settings, sessions);
        } catch (ListenException e) {
            throw StartException.of(e);
        }
    }

    private int sweep() throws StartException {
        try {
            return devices.sweep(SWEEP_TIMEOUT);
        } catch (ErrnoException e) {
            throw new StartException(ExitCode.OS_ERROR, e.getMessage() + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /** What is left is for the next start to sweep: the end does not wait for it. */
    private void removeDevices() {
        try {
            devices.sweep(REMOVAL_TIMEOUT);
        } catch (ErrnoException e) {
            LOG.warn("event=devices-left detail=\"{}\"", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void requireOfHost() throws StartException {
        Optional<HostObstacle> obstacle = HostObstacle.find();
        if (obstacle.isPresent()) {
            ExitCode exitCode =
                    switch (obstacle.get().kind()) {
                        case CAPABILITY -> ExitCode.NO_PERMISSION;
                        case TUN -> ExitCode.OS_ERROR;
                    };
            throw new StartException(exitCode, obstacle.get().sentence());
        }
    }

    private static Optional<BroadcastThread> broadcasts(ServerConfig config) throws ErrnoException {
        Optional<BroadcastOptions> options = config.broadcasts();
        return options.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        BroadcastThread.open(options.get().device(), options.get().perSecond()));
    }

    /** A power of two, so that a call id tells its worker by its low bits. */
    private static int workerCount() {
        int cores = Math.min(MAX_WORKERS, Runtime.getRuntime().availableProcessors());
        return Integer.highestOneBit(Math.max(1, cores));
    }

    /** Every server with an address of its own has a link group of its own. */
    private static int group(ServerConfig config) {
        return GROUP_MARK | ((config.listen().value() * GROUP_SPREAD) >>> 2);
    }

    /** The orderly end: sessions by LCP, connections by PPTP, then what is left. At most 5 s. */
    @Override
    public void close() {
        end.begin();
        boolean hasListened = eventLoop.isRunning();
        if (hasListened) {
            CompletableFuture<Void> ended = new CompletableFuture<>();
            eventLoop.execute(() -> sessions.shutDown(() -> ended.complete(null)));
            ProcessEnd.await(ended, SESSIONS_MILLIS);
        }
        ProcessEnd.await(eventLoop.close(), CONNECTIONS_MILLIS);
        if (hasListened) {
            removeDevices();
        }
        broadcasts.ifPresent(BroadcastThread::close);
        workers.forEach(Worker::close);
        devices.close();
    }
}
