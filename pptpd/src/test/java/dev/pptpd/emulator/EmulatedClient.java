package dev.pptpd.emulator;

import dev.pptpd.emulator.Observation.ConnectionClosed;
import dev.pptpd.emulator.Observation.Direction;
import dev.pptpd.emulator.linux.Poll;
import dev.pptpd.emulator.linux.Pollable;
import dev.pptpd.emulator.linux.RawGreSocket;
import dev.pptpd.emulator.linux.TcpSocket;
import dev.pptpd.emulator.linux.WakeUp;
import dev.pptpd.lab.linux.NamespaceThread;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A client with sockets in a network namespace and a thread of its own. It logs in as soon as it is
 * made; the test watches and steers it from outside.
 */
public final class EmulatedClient implements AutoCloseable {
    private static final int CONTROL_PORT = 1723;
    private static final AtomicLong SEED = new AtomicLong(1);

    private final Place place;
    private final int segmentOctets;
    private final Journal journal = new Journal();
    private final ClientAutomaton automaton;
    private final Queue<Consumer<ClientAutomaton>> commands = new ConcurrentLinkedQueue<>();
    private final WakeUp wakeUp = new WakeUp();
    private final Thread thread;
    private volatile long synNanos;
    private volatile boolean stopped;

    private UnaryOperator<byte[]> disguise = UnaryOperator.identity();
    private Optional<TcpSocket> control = Optional.empty();
    private Optional<RawGreSocket> tunnel = Optional.empty();

    private EmulatedClient(
            Place place, ClientProfile profile, Credentials credentials, int segmentOctets) {
        this.place = place;
        this.segmentOctets = segmentOctets;
        var entropy = new SplittableRandom(SEED.getAndIncrement());
        automaton = new ClientAutomaton(profile, credentials, entropy, journal);
        thread = Thread.ofPlatform().daemon().name(profile.name()).unstarted(this::run);
    }

    /** A client that begins to log in now. */
    public static EmulatedClient start(
            Place place, ClientProfile profile, Credentials credentials) {
        return prepare(place, profile, credentials, Integer.MAX_VALUE).begin();
    }

    /**
     * A client that waits for {@link #begin()}.
     *
     * @param segmentOctets where its control messages are cut into TCP segments
     */
    static EmulatedClient prepare(
            Place place, ClientProfile profile, Credentials credentials, int segmentOctets) {
        return new EmulatedClient(place, profile, credentials, segmentOctets);
    }

    EmulatedClient begin() {
        thread.start();
        return this;
    }

    public Journal journal() {
        return journal;
    }

    /** Waits until the network is up; the time since the SYN. */
    public Duration awaitNetworkUp(Duration limit) {
        return Duration.ofNanos(await("network up", automaton.networkUp(), limit) - synNanos);
    }

    /** Waits for the answer to the echo sent as soon as the network was up; since the SYN. */
    public Duration awaitFirstEcho(Duration limit) {
        return Duration.ofNanos(await("first echo", automaton.firstEcho(), limit) - synNanos);
    }

    /** Sends one echo request to the server's end of the tunnel. */
    public CompletableFuture<Long> ping() {
        var answer = new CompletableFuture<Long>();
        act(client -> client.link().network().data().ping(answer));
        return answer;
    }

    /** Sends an echo request and waits for the reply. */
    public void expectPing(Duration limit) {
        await("echo reply", ping(), limit);
    }

    /** Leaves as the kind of client does. */
    public void hangUp() {
        act(client -> client.hangUp(System.nanoTime()));
    }

    public void awaitConnectionClosed(Duration limit) {
        journal.await("end of the control connection", ConnectionClosed.class::isInstance, limit);
    }

    /** Does something on the client's own thread. */
    void act(Consumer<ClientAutomaton> command) {
        commands.add(command);
        wakeUp.signal();
    }

    /** Sends a frame out of turn. */
    void inject(PppFrame frame) {
        act(client -> client.link().send(frame));
    }

    /** Sends octets on the control connection, in one segment where they fit. */
    void injectControl(PptpMessage... messages) {
        Octets together = Octets.EMPTY;
        for (PptpMessage message : messages) {
            together = together.plus(message.octets());
        }
        byte[] octets = together.toArray();
        act(client -> control.ifPresent(socket -> socket.send(octets)));
    }

    /** Changes each GRE packet on its way to the socket, without the IP header. */
    void disguisePackets(UnaryOperator<byte[]> change) {
        act(client -> disguise = change);
    }

    /** Puts options into the outer IP header of what is sent from now on. */
    void useOuterOptions(byte[] options) {
        act(client -> tunnel.orElseThrow().ipOptions(options));
    }

    /** The session as an attacker knows it that reads along. */
    Target target() {
        var target = new CompletableFuture<Target>();
        act(client -> target.complete(new Target(client.peerCallId(), client.nextSequence())));
        return target.join();
    }

    /**
     * Where a packet must go to be taken for this client's.
     *
     * @param callId the server's for the call
     * @param nextSequence number of the client's next GRE packet
     */
    record Target(int callId, int nextSequence) {}

    /** Answers nothing any more, but keeps its sockets open: a machine that lost its power. */
    public void fallSilent() {
        stopped = true;
        wakeUp.signal();
        join();
    }

    /** Closes the sockets without a word. */
    @Override
    public void close() {
        fallSilent();
        control.ifPresent(TcpSocket::close);
        tunnel.ifPresent(RawGreSocket::close);
        wakeUp.close();
    }

    private void join() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private <T> T await(String what, CompletableFuture<T> event, Duration limit) {
        try {
            return event.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("no " + what + " within " + limit + "; saw:\n" + journal, e);
        }
    }

    private void run() {
        try {
            NamespaceThread.enter(place.namespace());
            tunnel = Optional.of(RawGreSocket.open(place.local()));
            synNanos = System.nanoTime();
            control = Optional.of(TcpSocket.connect(place.local(), place.server(), CONTROL_PORT));
            automaton.connected();
            while (!stopped) {
                perform();
                waitForInput();
                receiveControl();
                receivePackets();
                runCommands();
                automaton.onTimeout(System.nanoTime());
            }
        } catch (RuntimeException e) {
            journal.add(new Observation.Dropped("the client failed: " + e));
            automaton.networkUp().completeExceptionally(e);
            automaton.firstEcho().completeExceptionally(e);
        }
    }

    private void waitForInput() {
        OptionalLong deadline = automaton.nextDeadlineNanos();
        long limitMillis =
                deadline.isEmpty()
                        ? -1
                        : Math.max(0, (deadline.getAsLong() - System.nanoTime()) / 1_000_000 + 1);
        List<Pollable> sources =
                control.isPresent()
                        ? List.of(wakeUp, tunnel.orElseThrow(), control.orElseThrow())
                        : List.of(wakeUp, tunnel.orElseThrow());
        Poll.awaitReadable(sources, (int) Math.min(limitMillis, Integer.MAX_VALUE));
    }

    private void receiveControl() {
        if (control.isEmpty()) {
            return;
        }
        Optional<byte[]> octets = control.get().receive();
        if (octets.isPresent() && octets.get().length == 0) {
            closeControl(Direction.RECEIVED);
            automaton.connectionEnded();
        } else if (octets.isPresent()) {
            automaton.receiveControl(Octets.of(octets.get()), System.nanoTime());
        }
    }

    private void receivePackets() {
        RawGreSocket socket = tunnel.orElseThrow();
        Optional<byte[]> packet = socket.receive();
        while (packet.isPresent()) {
            Ipv4Packet.decode(Octets.of(packet.get()))
                    .filter(ip -> ip.source() == Octets.of(place.server().getAddress()).u32(0))
                    .flatMap(ip -> GrePacket.decode(ip.payload()))
                    .ifPresent(gre -> automaton.receive(gre, System.nanoTime()));
            perform();
            packet = socket.receive();
        }
    }

    private void runCommands() {
        wakeUp.clear();
        Consumer<ClientAutomaton> command = commands.poll();
        while (command != null) {
            command.accept(automaton);
            command = commands.poll();
        }
        automaton.collect(System.nanoTime());
    }

    private void perform() {
        Optional<ClientAction> action = automaton.pollAction();
        while (action.isPresent()) {
            switch (action.get()) {
                case ClientAction.SendMessage(PptpMessage message) -> sendInSegments(message);
                case ClientAction.SendPacket(GrePacket packet) ->
                        tunnel.orElseThrow()
                                .send(disguise.apply(packet.encode().toArray()), place.server());
                case ClientAction.CloseConnection() -> closeControl(Direction.SENT);
            }
            action = automaton.pollAction();
        }
    }

    private void sendInSegments(PptpMessage message) {
        Octets rest = message.octets();
        while (control.isPresent() && rest.length() > 0) {
            int length = Math.min(segmentOctets, rest.length());
            control.get().send(rest.slice(0, length).toArray());
            rest = rest.from(length);
        }
    }

    private void closeControl(Direction direction) {
        control.ifPresent(socket -> {
            socket.close();
            journal.add(new ConnectionClosed(direction));
        });
        control = Optional.empty();
    }
}
