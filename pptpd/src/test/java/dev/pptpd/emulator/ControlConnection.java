package dev.pptpd.emulator;

import dev.pptpd.emulator.linux.Poll;
import dev.pptpd.emulator.linux.TcpSocket;
import dev.pptpd.lab.linux.NamespaceThread;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A control connection that does nothing by itself: for what no client would send. */
final class ControlConnection implements AutoCloseable {
    private static final int CONTROL_PORT = 1723;
    private static final Duration REPLY_LIMIT = Duration.ofSeconds(3);

    private final TcpSocket socket;
    private final MessageStream stream = new MessageStream();
    private final Deque<PptpMessage> received = new ArrayDeque<>();
    private boolean ended;

    private ControlConnection(TcpSocket socket) {
        this.socket = socket;
    }

    static ControlConnection open(Place place) {
        return new ControlConnection(
                NamespaceThread.call(
                        place.namespace(),
                        () -> TcpSocket.connect(place.local(), place.server(), CONTROL_PORT)));
    }

    /** Sends in one segment what fits into one. */
    void send(Octets octets) {
        socket.send(octets.toArray());
    }

    void send(PptpMessage... messages) {
        Octets together = Octets.EMPTY;
        for (PptpMessage message : messages) {
            together = together.plus(message.octets());
        }
        send(together);
    }

    /** Makes the connection ready for calls. */
    void startControlConnection() {
        send(PptpMessage.startControlConnectionRequest(ClientProfiles.WINDOWS_10.start()));
        expect(PptpMessage.START_CONTROL_CONNECTION_REPLY);
    }

    /** The next message, which must be of that type. */
    PptpMessage expect(int type) {
        readUntil(() -> !received.isEmpty(), REPLY_LIMIT);
        if (received.isEmpty() || received.getFirst().type() != type) {
            throw new AssertionError(
                    "expected message %d, got %s, closed: %s".formatted(type, received, ended));
        }
        return received.removeFirst();
    }

    /** Whether the server closes the connection within that time. */
    boolean closedWithin(Duration limit) {
        readUntil(() -> ended, limit);
        return ended;
    }

    private void readUntil(BooleanSupplier reached, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!reached.getAsBoolean() && !ended && System.nanoTime() - deadline < 0) {
            Poll.awaitReadable(List.of(socket), 10);
            Optional<byte[]> octets = socket.receive();
            ended = octets.isPresent() && octets.get().length == 0;
            octets.map(Octets::of).ifPresent(some -> received.addAll(stream.receive(some)));
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
