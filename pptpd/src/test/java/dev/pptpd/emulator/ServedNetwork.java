package dev.pptpd.emulator;

import dev.pptpd.lab.Namespace;
import dev.pptpd.lab.ServerFiles;
import dev.pptpd.lab.ServerProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A {@link TestNetwork} with a server that all tests of a class share. Both are there before the
 * class's first method and are taken away after its last.
 */
@SuppressWarnings("NullAway.Init") // by beforeAll
final class ServedNetwork implements BeforeAllCallback {
    private static final ExtensionContext.Namespace RESOURCES =
            ExtensionContext.Namespace.create(ServedNetwork.class);

    private final Supplier<Path> folder;
    private final UnaryOperator<ServerFiles> changes;
    private TestNetwork network;
    private ServerProcess server;

    /** With the server's files in a folder that is asked for when the server starts. */
    ServedNetwork(Supplier<Path> folder) {
        this(folder, files -> files);
    }

    /** The same with other files than those that work everywhere. */
    ServedNetwork(Supplier<Path> folder, UnaryOperator<ServerFiles> changes) {
        this.folder = folder;
        this.changes = changes;
    }

    /** Whatever is in the store is closed with the class, the last one first. */
    @Override
    public void beforeAll(ExtensionContext context) {
        ExtensionContext.Store resources = context.getStore(RESOURCES);
        network = new TestNetwork();
        resources.put("network", network);
        server = ServerProcess.start(network.server(), changes.apply(ServerFiles.in(folder.get())));
        resources.put("server", server);
    }

    /** Where the server lives. */
    Namespace namespace() {
        return network.server();
    }

    /** Where {@link #stranger} lives: a network on the server's other side. */
    Namespace strangers() {
        return network.strangers();
    }

    ServerProcess server() {
        return server;
    }

    /** The names of the devices of the server's sessions. */
    List<String> sessionDevices() {
        return network.server().devices("ppp");
    }

    /** See {@link TestNetwork#client}. */
    Place client(int number) {
        return network.client(number);
    }

    /** See {@link TestNetwork#stranger}. */
    Place stranger() {
        return network.stranger();
    }
}
