package dev.pptpd;

import dev.pptpd.call.CallIdAllocator;
import dev.pptpd.config.HostResolver;
import dev.pptpd.config.RelayConfig;
import dev.pptpd.dataplane.RelayWorker;
import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.linux.Capabilities;
import dev.pptpd.linux.Capability;
import dev.pptpd.net.ConnectionLimits;
import dev.pptpd.net.ControlServerSettings;
import dev.pptpd.net.ListenException;
import dev.pptpd.net.RelayListener;
import dev.pptpd.net.RelayListenerSettings;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.relay.RouteTable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wires the relay together, and takes it apart again in order. */
final class RelayServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RelayServer.class);

    /** One thread passes packets on; the low bits of a call id need not tell which. */
    private static final int WORKERS = 1;

    private static final long CONNECTIONS_MILLIS = 3_500;

    private final RelayConfig config;
    private final PidFile pidFile;
    private final RouteTable routes = new RouteTable();
    private final RelayWorker worker;
    private volatile @Nullable RelayListener listener;
    private volatile boolean stopping;

    private RelayServer(RelayConfig config) throws ErrnoException {
        this.config = config;
        this.pidFile = new PidFile(config.pidFile());
        this.worker = RelayWorker.open(routes);
    }

    /**
     * Starts relaying and returns. From here on the process ends by a signal, or by a mistake of
     * ours.
     */
    static void start(RelayConfig config) throws StartException {
        requireCapability();
        RelayServer server;
        try {
            server = new RelayServer(config);
        } catch (ErrnoException e) {
            throw new StartException(ExitCode.OS_ERROR, e.getMessage() + ".", e);
        }
        // Before anybody is served: also a signal in between finds an orderly end.
        Runtime.getRuntime().addShutdownHook(new Thread(server::stopProcess, "shutdown"));
        server.serve();
        server.pidFile.write();
        LOG.info(
                "event=ready mode=relay listen={} server={}:{} address={}",
                config.listen(),
                config.server(),
                config.serverPort(),
                config.serverAddress());
    }

    private void serve() throws StartException {
        RelayListenerSettings settings =
                new RelayListenerSettings(
                        socketAddress(config.listen(), ControlServerSettings.PPTP_PORT),
                        ConnectionLimits.DEFAULTS,
                        config.maximumConnections(),
                        Duration.ofSeconds(config.firstMessageTimeoutSeconds()));
        RelayedServer server = new RelayedServer(config, HostResolver.system());
        try {
            listener =
                    RelayListener.open(
                            settings,
                            server,
                            routes,
                            new CallIdAllocator(new SecureRandom(), WORKERS));
        } catch (ListenException e) {
            throw StartException.of(e);
        }
        worker.start(this::onWorkerDeath);
    }

    /** The raw socket is all that needs one: no device is made, no route set. */
    private static void requireCapability() throws StartException {
        try {
            if (!Capabilities.ofThisProcess().has(Capability.CAP_NET_RAW)) {
                throw new StartException(
                        ExitCode.NO_PERMISSION,
                        "needs CAP_NET_RAW: start it as root or give it the capability.");
            }
        } catch (IOException e) {
            LOG.debug("event=capabilities-unknown detail=\"{}\"", e.getMessage());
        }
    }

    static InetSocketAddress socketAddress(Ipv4Address address, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address.octets()), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four octets are an address", e);
        }
    }

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

    /** The orderly end: both ends of every connection are asked for it. At most 5.5 s. */
    @Override
    public void close() {
        stopping = true;
        RelayListener running = listener;
        if (running != null) {
            try {
                running.close().get(CONNECTIONS_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                LOG.debug("event=impatient detail=\"not every connection ended\"");
            } catch (ExecutionException e) {
                LOG.warn("event=stop-failed", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        worker.close();
    }
}
