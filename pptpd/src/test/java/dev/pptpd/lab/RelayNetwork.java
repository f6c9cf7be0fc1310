package dev.pptpd.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A gateway between clients and a server that cannot reach each other: it forwards nothing, and
 * neither side has a route to the other.
 *
 * <pre>
 *   [clients]                        [gateway]                        [server]
 *   10.77.0.10 to .59 \
 *   guests, at taps   - br0 --- eth0 10.77.0.1  eth1 10.88.0.1 --- eth0 10.88.0.2
 *                                                                  tunnels: 10.99.0.1
 * </pre>
 */
public final class RelayNetwork implements AutoCloseable {
    /** Where clients find the relay. */
    public static final String GATEWAY = "10.77.0.1";

    /** Where the relay finds the server. */
    public static final String SERVER = "10.88.0.2";

    private static final int CLIENTS = 50;

    private final Namespace clients = Namespace.create("clients");
    private final Namespace gateway = Namespace.create("gateway");
    private final Namespace server = Namespace.create("server");

    /** Makes the three. */
    public RelayNetwork() {
        clients.bridge("br0");
        clients.veth("up0", gateway, "eth0");
        clients.attach("up0", "br0");
        gateway.veth("eth1", server, "eth0");
        gateway.address("eth0", GATEWAY + "/24");
        gateway.address("eth1", "10.88.0.1/24");
        server.address("eth0", SERVER + "/24");
        for (int number = 0; number < CLIENTS; number++) {
            clients.address("br0", clientAddress(number) + "/24");
        }
    }

    public Namespace clients() {
        return clients;
    }

    public Namespace gateway() {
        return gateway;
    }

    public Namespace server() {
        return server;
    }

    /** The address of one of the clients that are not guests, numbered from 0. */
    public static String clientAddress(int number) {
        return "10.77.0." + (10 + number);
    }

    /** Boots a machine among the clients. */
    Guest guest(String device, String address, Path folder) {
        clients.tap(device);
        clients.attach(device, "br0");
        return Guest.boot(clients, device, address + "/24", folder);
    }

    /** Starts a relay to the server and waits until it is ready. */
    public ServerProcess relay(Path folder, String... moreArguments) {
        ServerProcess relay = launchRelay(SERVER, folder, moreArguments);
        try {
            relay.awaitReady(Duration.ofSeconds(20));
            return relay;
        } catch (AssertionError e) {
            relay.close();
            throw e;
        }
    }

    /** Starts a relay on an empty configuration file, whatever the host may have. */
    public ServerProcess launchRelay(String target, Path folder, String... moreArguments) {
        List<String> arguments = new ArrayList<>(arguments(target, folder));
        arguments.addAll(List.of(moreArguments));
        return ServerProcess.launchProgram(gateway, arguments);
    }

    /** The usual flags of a relay with its files in that folder. */
    public static List<String> arguments(String target, Path folder) {
        Path conf = folder.resolve("relay.conf");
        try {
            Files.writeString(conf, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.of(
                "-f",
                "--relay",
                target,
                "-c",
                conf.toString(),
                "-p",
                folder.resolve("relay.pid").toString());
    }

    /** That no kernel helps: nothing is forwarded, nothing translated. */
    public void expectNoHelpOfTheKernel() {
        String forwarding = gateway.command("cat", "/proc/sys/net/ipv4/ip_forward").expectSuccess();
        String rules = gateway.command("nft", "list", "ruleset").expectSuccess();
        if (!forwarding.equals("0") || !rules.isEmpty()) {
            throw new AssertionError("ip_forward " + forwarding + ", rules: " + rules);
        }
    }

    @Override
    public void close() {
        clients.close();
        gateway.close();
        server.close();
    }
}
