package dev.pptpd.lab;

import java.nio.file.Path;

/**
 * One guest beside the server's namespace.
 *
 * <pre>
 *  guest 10.77.0.11 --- t1 --- br0 10.77.0.1  [server]  tunnels: 10.99.0.1 - 10.99.0.10..
 * </pre>
 */
record GuestNetwork(Namespace server, Guest guest) implements AutoCloseable {
    static final String SERVER = "10.77.0.1";
    static final String GUEST = "10.77.0.11";
    static final String DEVICE = "t1";

    /** Boots the guest; its first command waits until it is ready. */
    static GuestNetwork build(Path folder) {
        Namespace server = Namespace.create("server");
        server.bridge("br0");
        server.address("br0", SERVER + "/24");
        server.tap(DEVICE);
        server.attach(DEVICE, "br0");
        return new GuestNetwork(server, Guest.boot(server, DEVICE, GUEST + "/24", folder));
    }

    /** The guest's pppd, with words about network protocols. */
    PptpLinuxClient client(PppdEncryption encryption, String network) {
        return new PptpLinuxClient(guest, SERVER, encryption, "", network);
    }

    @Override
    public void close() {
        guest.close();
        server.close();
    }
}
