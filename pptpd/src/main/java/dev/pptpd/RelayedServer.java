package dev.pptpd;

import dev.pptpd.address.Ipv4Endpoint;
import dev.pptpd.config.HostResolver;
import dev.pptpd.config.RelayConfig;
import dev.pptpd.net.RelayTarget;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server behind the relay. Its name is resolved when the relay starts and again whenever nobody
 * could be reached, on a thread of its own: connections do not wait for a name server.
 */
final class RelayedServer implements RelayTarget {
    private static final Logger LOG = LoggerFactory.getLogger(RelayedServer.class);

    private final String name;
    private final int port;
    private final Ipv4Address listen;
    private final HostResolver resolver;
    private final AtomicBoolean resolving = new AtomicBoolean();
    private volatile Ipv4Address address;

    RelayedServer(RelayConfig config, HostResolver resolver) {
        this.name = config.server();
        this.port = config.serverPort();
        this.listen = config.listen();
        this.address = config.serverAddress();
        this.resolver = resolver;
    }

    @Override
    public InetSocketAddress address() {
        return Ipv4Endpoint.of(address, port);
    }

    @Override
    public void onUnreachable() {
        if (Ipv4Address.parse(name).isEmpty() && resolving.compareAndSet(false, true)) {
            Thread.ofVirtual().name("resolver").start(this::resolve);
        }
    }

    private void resolve() {
        try {
            Optional<Ipv4Address> found = resolver.addressOrName(name);
            if (found.isEmpty()) {
                LOG.warn("event=server-unknown server={} address={}", name, address);
            } else if (!found.get().equals(address)) {
                move(found.get());
            }
        } finally {
            resolving.set(false);
        }
    }

    /** The same that is refused at the start: a relay to itself would fill up with itself. */
    private void move(Ipv4Address found) {
        if (RelayConfig.isRelayItself(found, port, listen, resolver)) {
            LOG.warn(
                    "event=server-refused server={} found={} address={} detail=\"that is this host,"
                            + " where the relay itself listens; the old address stays\"",
                    name,
                    found,
                    address);
        } else {
            LOG.info("event=server-moved server={} address={}", name, found);
            address = found;
        }
    }
}
