package dev.pptpd.emulator;

import dev.pptpd.lab.Namespace;
import dev.pptpd.lab.ServerFiles;

/**
 * The world of the emulated clients.
 *
 * <pre>
 *   clients                      server                     strangers
 *   10.77.0.10 to .69 --- eth0 10.77.0.1
 *                         eth1 10.78.0.1 --- 10.78.0.66
 * </pre>
 */
final class TestNetwork implements AutoCloseable {
    /** As many clients as log in at once. */
    static final int CLIENTS = 60;

    static final Credentials GOOD = new Credentials(ServerFiles.USER, ServerFiles.PASSWORD);

    private static final String SERVER_ADDRESS = "10.77.0.1";
    private static final String SERVER_ADDRESS_FOR_STRANGERS = "10.78.0.1";
    private static final String STRANGER_ADDRESS = "10.78.0.66";

    private final Namespace server = Namespace.create("server");
    private final Namespace clients = Namespace.create("clients");
    private final Namespace strangers = Namespace.create("strangers");

    TestNetwork() {
        server.veth("eth0", clients, "eth0");
        server.veth("eth1", strangers, "eth0");
        server.address("eth0", SERVER_ADDRESS + "/24");
        server.address("eth1", SERVER_ADDRESS_FOR_STRANGERS + "/24");
        strangers.address("eth0", STRANGER_ADDRESS + "/24");
        for (int number = 0; number < CLIENTS; number++) {
            clients.address("eth0", clientAddress(number) + "/24");
        }
    }

    Namespace server() {
        return server;
    }

    /** Where strangers live. */
    Namespace strangers() {
        return strangers;
    }

    /** The place of one of the clients, numbered from 0. */
    Place client(int number) {
        return Place.of(clients.name(), clientAddress(number), SERVER_ADDRESS);
    }

    /** A place that no session belongs to. */
    Place stranger() {
        return Place.of(strangers.name(), STRANGER_ADDRESS, SERVER_ADDRESS_FOR_STRANGERS);
    }

    static String clientAddress(int number) {
        return "10.77.0." + (10 + number);
    }

    @Override
    public void close() {
        clients.close();
        strangers.close();
        server.close();
    }
}
