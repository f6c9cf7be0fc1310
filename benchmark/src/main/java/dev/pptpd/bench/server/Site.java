package dev.pptpd.bench.server;

import dev.pptpd.bench.process.Belongings;
import dev.pptpd.lab.Namespace;
import dev.pptpd.lab.ServerFiles;
import dev.pptpd.ppp.auth.ClientPassword;
import dev.pptpd.ppp.auth.KnownPassword;
import dev.pptpd.ppp.auth.LoginLimits;
import dev.pptpd.ppp.auth.LoginMethod;
import dev.pptpd.ppp.auth.PeerName;
import dev.pptpd.ppp.eap.EapSettings;
import dev.pptpd.ppp.fsm.RestartTimer;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.ppp.lcp.EchoTimer;
import dev.pptpd.ppp.lcp.LcpConfiguration;
import dev.pptpd.ppp.link.LinkConfiguration;
import dev.pptpd.ppp.link.LinkRole;
import dev.pptpd.ppp.link.NetworkConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A server in one namespace and a fleet of clients in another:
 *
 * <pre>
 *   clients 10.77.0.2, and all of 10.78.0.0/16 ---- 10.77.0.1 server, 10.99.0.1 in every tunnel
 * </pre>
 */
final class Site implements AutoCloseable {
    /** The server on the wire, outside all tunnels. */
    static final String SERVER = "10.77.0.1";

    private static final String CLIENTS = "10.77.0.2";
    private static final String CLIENT_NETWORK = "10.78.0.0/16";
    private static final int FIRST_CLIENT = 0x0A4E_0001;
    private static final int MTU = 1_400;

    /** Like Windows it does not wait for the server to speak first. */
    private static final int START_DELAY_MILLIS = 0;

    private final Belongings belongings = new Belongings();
    private final Namespace serverHost = belongings.add(Namespace.create("load-server"));
    private final Namespace clientHost = belongings.add(Namespace.create("load-clients"));
    private final MeasuredServer server;
    private final Fleet fleet;

    /** How a server is started. */
    @FunctionalInterface
    interface Starter {
        MeasuredServer start(Namespace namespace) throws IOException, InterruptedException;
    }

    /** One whose server has no sessions yet, and requires MPPE-128. */
    Site(Starter starter) throws IOException, InterruptedException {
        this(starter, Encryption.MPPE_128);
    }

    /**
     * One whose server has no sessions yet.
     *
     * @param encryption what the clients insist on, as the server does
     */
    Site(Starter starter, Encryption encryption) throws IOException, InterruptedException {
        try {
            join();
            server = belongings.add(starter.start(serverHost));
            Ipv4Address address = Ipv4Address.parse(SERVER).orElseThrow();
            fleet = belongings.add(Fleet.open(clientHost, address, link(encryption)));
        } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
            belongings.closeAfter(e);
            throw e;
        }
    }

    private void join() {
        clientHost.veth("eth0", serverHost, "eth0");
        serverHost.address("eth0", SERVER + "/24");
        clientHost.address("eth0", CLIENTS + "/24");
        // Every address of the network is the clients' own, without two thousand entries.
        clientHost.ip("route", "add", "local", CLIENT_NETWORK, "dev", "lo");
        serverHost.route(CLIENT_NETWORK, CLIENTS);
    }

    private static LinkConfiguration link(Encryption encryption) {
        PeerName user = new PeerName(ServerFiles.USER.getBytes(StandardCharsets.UTF_8));
        KnownPassword password =
                KnownPassword.ofText(ServerFiles.PASSWORD.getBytes(StandardCharsets.UTF_8));
        return new LinkConfiguration(
                ServerFiles.USER,
                new LinkRole.Client(
                        user,
                        new ClientPassword(password),
                        List.of(LoginMethod.MS_CHAP_V2),
                        EapSettings.DEFAULT),
                new LcpConfiguration(MTU, true, 0, true, List.of(), true, true, true),
                encryption.configuration(),
                START_DELAY_MILLIS,
                RestartTimer.DEFAULT,
                RestartTimer.UNHURRIED,
                RestartTimer.DEFAULT,
                LoginLimits.DEFAULT,
                new EchoTimer(0, 0),
                NetworkConfiguration.IPV4_ONLY);
    }

    /** An address for each client. */
    static Ipv4Address ownAddress(int session) {
        return new Ipv4Address(FIRST_CLIENT + session);
    }

    /** The same address for all, as behind NAT. */
    static Ipv4Address oneAddress(int session) {
        return new Ipv4Address(FIRST_CLIENT);
    }

    MeasuredServer server() {
        return server;
    }

    Fleet fleet() {
        return fleet;
    }

    Namespace serverHost() {
        return serverHost;
    }

    Namespace clientHost() {
        return clientHost;
    }

    @Override
    public void close() {
        // Killed first: a server that is there would have every client say goodbye.
        server.close();
        belongings.close();
    }
}
