package dev.pptpd;

import dev.pptpd.address.Ipv4Endpoint;
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
import dev.pptpd.relay.RouteTable;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
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
    private final ProcessEnd end;
    private final RouteTable routes = new RouteTable();
    private final RelayWorker worker;
    private volatile @Nullable RelayListener listener;

    private RelayServer(RelayConfig config) throws ErrnoException {
        this.config = config;
        this.pidFile = new PidFile(config.pidFile());
        this.end = new ProcessEnd(pidFile);
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
        server.end.whenAsked(server::close);
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
                        Ipv4Endpoint.of(config.listen(), ControlServerSettings.PPTP_PORT),
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
        worker.start(end::onWorkerDeath);
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

    /** The orderly end: both ends of every connection are asked for it. At most 5.5 s. */
    @Override
    public void close() {
        end.begin();
        RelayListener running = listener;
        if (running != null) {
            ProcessEnd.await(running.close(), CONNECTIONS_MILLIS);
        }
        worker.close();
    }
}
