package dev.pptpd;

import dev.pptpd.auth.ChapSecrets;
import dev.pptpd.auth.SecretsAuthenticator;
import dev.pptpd.call.CallTable;
import dev.pptpd.config.PppOptions;
import dev.pptpd.config.ServerConfig;
import dev.pptpd.control.ControlConnectionSettings;
import dev.pptpd.control.ControlTimers;
import dev.pptpd.dataplane.Worker;
import dev.pptpd.dataplane.WorkerProxy;
import dev.pptpd.dataplane.WorkerSettings;
import dev.pptpd.gre.GreConfiguration;
import dev.pptpd.gre.linux.Errno;
import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.linux.Capabilities;
import dev.pptpd.linux.Capability;
import dev.pptpd.net.ConnectionLimits;
import dev.pptpd.net.ControlServer;
import dev.pptpd.net.ControlServerSettings;
import dev.pptpd.net.ListenException;
import dev.pptpd.ppp.auth.NtPasswordHash;
import dev.pptpd.session.AddressPool;
import dev.pptpd.session.DeviceThread;
import dev.pptpd.session.SessionControl;
import dev.pptpd.session.SessionSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place that wires the parts together, and takes them apart again in order. */
final class Server implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    private static final int MAX_WORKERS = 4;

    private static final Path TUN = Path.of("/dev/net/tun");

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
    private final EventLoop eventLoop = new EventLoop();
    private final SessionControl sessions;
    private final PidFile pidFile;
    private volatile boolean stopping;

    private Server(ServerConfig config, ChapSecrets secrets) throws StartException, ErrnoException {
        this.config = config;
        this.pidFile = new PidFile(config.pidFile());
        this.devices = DeviceThread.open(group(config));
        SecureRandom entropy = new SecureRandom();
        int workerCount = workerCount();
        List<WorkerProxy> proxies = new ArrayList<>();
        LateEvents events = new LateEvents();
        for (int index = 0; index < workerCount; index++) {
            Worker worker =
                    Worker.open(
                            new WorkerSettings(
                                    index, workerCount, config.listen(), GreConfiguration.DEFAULT),
                            events);
            workers.add(worker);
            proxies.add(worker.proxy());
        }
        PppOptions ppp = config.ppp();
        this.sessions =
                new SessionControl(
                        new SessionSettings(
                                LinkSettings.of(ppp),
                                ppp.lcp().mtuBytes(),
                                ppp.dnsServers(),
                                ppp.winsServers()),
                        new SessionControl.Parts(
                                new AddressPool(config.addresses()),
                                new CallTable(entropy, workerCount, config.addresses().size()),
                                proxies,
                                authenticator(ppp, secrets, entropy),
                                devices,
                                eventLoop,
                                entropy));
        events.to(sessions.events());
    }

    /**
     * Starts serving and returns. From here on the process ends by a signal, or by a mistake of
     * ours.
     */
    static void start(ServerConfig config, ChapSecrets secrets) throws StartException {
        Server server = prepare(config, secrets);
        // Before anybody is served: also a signal in between finds an orderly end.
        Runtime.getRuntime().addShutdownHook(new Thread(server::stopProcess, "shutdown"));
        server.serve();
        server.pidFile.write();
        LOG.info(
                "event=ready listen={} addresses={} workers={}",
                config.listen(),
                config.addresses().size(),
                server.workers.size());
    }

    /** Serves until {@link #close}, in the network namespace of the calling thread. */
    static Server open(ServerConfig config, ChapSecrets secrets) throws StartException {
        Server server = prepare(config, secrets);
        server.serve();
        return server;
    }

    private static Server prepare(ServerConfig config, ChapSecrets secrets) throws StartException {
        requireCapabilities();
        requireTun();
        try {
            return new Server(config, secrets);
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
        workers.forEach(worker -> worker.start(this::onWorkerDeath));
    }

    private ControlServer listen() throws StartException {
        ControlServerSettings settings =
                new ControlServerSettings(
                        new InetSocketAddress(inetAddress(config), ControlServerSettings.PPTP_PORT),
                        ConnectionLimits.DEFAULTS,
                        ControlConnectionSettings.DEFAULTS.withTimers(
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

    private static void requireCapabilities() throws StartException {
        Set<Capability> missing;
        try {
            missing = Capabilities.ofThisProcess().missing();
        } catch (IOException e) {
            LOG.debug("event=capabilities-unknown detail=\"{}\"", e.getMessage());
            return;
        }
        if (!missing.isEmpty()) {
            String names = missing.stream().map(Enum::name).collect(Collectors.joining(" and "));
            throw new StartException(
                    ExitCode.NO_PERMISSION,
                    "needs " + names + ": start it as root or give it the capability.");
        }
    }

    /** To find out now and not with the first client. Opening it alone makes no device. */
    private static void requireTun() throws StartException {
        try {
            FileChannel.open(TUN, StandardOpenOption.READ, StandardOpenOption.WRITE).close();
        } catch (IOException e) {
            String obstacle =
                    e instanceof AccessDeniedException
                            ? "permission denied"
                            : "load the module tun, or let the container have it";
            throw new StartException(
                    ExitCode.OS_ERROR, "cannot open " + TUN + ": " + obstacle + ".", e);
        }
    }

    private static SecretsAuthenticator authenticator(
            PppOptions ppp, ChapSecrets secrets, SecureRandom entropy) {
        byte[] decoy = new byte[NtPasswordHash.OCTETS];
        entropy.nextBytes(decoy);
        return new SecretsAuthenticator(
                secrets, ppp.serverName(), ppp.authentication().stripDomain(), decoy);
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

    private static InetAddress inetAddress(ServerConfig config) {
        try {
            return InetAddress.getByAddress(config.listen().octets());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four octets are an address", e);
        }
    }

    /** A worker never dies alone: half a server would keep clients from finding a whole one. */
    private void onWorkerDeath(Thread thread, Throwable mistake) {
        if (!stopping) {
            LOG.error("event=worker-died worker={}", thread.getName(), mistake);
            pidFile.delete();
            Runtime.getRuntime().halt(ExitCode.SOFTWARE.number());
        }
    }

    private void stopProcess() {
        LOG.info("event=stopping");
        close();
        pidFile.delete();
        LOG.info("event=stopped");
        // Not the JVM's own 143: an end by SIGTERM is a success.
        Runtime.getRuntime().halt(ExitCode.OK.number());
    }

    /** The orderly end: sessions by LCP, connections by PPTP, then what is left. At most 5 s. */
    @Override
    public void close() {
        stopping = true;
        if (eventLoop.isRunning()) {
            CompletableFuture<Void> ended = new CompletableFuture<>();
            eventLoop.execute(() -> sessions.shutDown(() -> ended.complete(null)));
            await(ended, SESSIONS_MILLIS);
        }
        await(eventLoop.close(), CONNECTIONS_MILLIS);
        removeDevices();
        workers.forEach(Worker::close);
        devices.close();
    }

    private static void await(CompletableFuture<Void> future, long millis) {
        try {
            future.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.debug("event=impatient detail=\"not every peer answered\"");
        } catch (ExecutionException e) {
            LOG.warn("event=stop-failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
