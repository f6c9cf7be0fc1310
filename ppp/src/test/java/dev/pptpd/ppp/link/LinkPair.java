package dev.pptpd.ppp.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.mppe.MppeDecryptor;
import dev.pptpd.mppe.MppeEncryptor;
import dev.pptpd.mppe.MppeEngine;
import dev.pptpd.mppe.MppeMode;
import dev.pptpd.mppe.MppeStrength;
import dev.pptpd.mppe.MppeVerdict;
import dev.pptpd.mppe.ReferenceMppeEngine;
import dev.pptpd.ppp.auth.AuthenticationRequest;
import dev.pptpd.ppp.auth.AuthenticationResult;
import dev.pptpd.ppp.auth.ChapTimer;
import dev.pptpd.ppp.auth.KnownPassword;
import dev.pptpd.ppp.auth.LoginLimits;
import dev.pptpd.ppp.auth.LoginMethod;
import dev.pptpd.ppp.auth.NtPasswordHash;
import dev.pptpd.ppp.auth.PapTimer;
import dev.pptpd.ppp.auth.PeerName;
import dev.pptpd.ppp.ccp.MppeConfiguration;
import dev.pptpd.ppp.frame.PppFrame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A client's link and a server's in one process, with a simulated clock and a path that may lose,
 * double and reorder their control frames.
 */
final class LinkPair {
    /** One end of the pair. */
    static final class End {
        final PppLink link;
        final List<LinkAction> events = new ArrayList<>();

        End(LinkConfiguration configuration, MppeEngine engine, long seed) {
            link = new PppLink(configuration, engine, new Random(seed));
        }

        boolean isUp() {
            long ups = events.stream().filter(LinkAction.NetworkUp.class::isInstance).count();
            long downs = events.stream().filter(LinkAction.NetworkDown.class::isInstance).count();
            return ups > downs;
        }

        /** The latest NetworkUp. */
        LinkAction.NetworkUp up() {
            return events.stream()
                    .filter(LinkAction.NetworkUp.class::isInstance)
                    .map(LinkAction.NetworkUp.class::cast)
                    .reduce((first, second) -> second)
                    .orElseThrow();
        }

        /** How it ended. */
        LinkEnd end() {
            return ((LinkAction.Finished) events.getLast()).end();
        }

        boolean isFinished() {
            return !events.isEmpty() && events.getLast() instanceof LinkAction.Finished;
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    private record Flying(long arrivalNanos, long order, End to, byte[] frame) {}

    private static final KnownPassword KNOWN = KnownPassword.ofText("clientPass".getBytes(UTF_8));

    final End client;
    final End server;

    /** Octets of the last data frame on its way. */
    int carriedOctets;

    /** What happens on the way to the client. */
    UnaryOperator<byte[]> towardsClient = frame -> frame;

    /** Who decides logins. */
    Function<AuthenticationRequest, AuthenticationResult> authority =
            request -> request.verify(KNOWN);

    private final List<String> methodsTold = new ArrayList<>();
    private final List<String> methodsDecided = new ArrayList<>();
    private final MppeEngine engine = new ReferenceMppeEngine();
    private final Random random;
    private final PriorityQueue<Flying> path =
            new PriorityQueue<>(
                    Comparator.comparingLong(Flying::arrivalNanos)
                            .thenComparingLong(Flying::order));
    private int lossPercent;
    private int duplicatePercent;
    private int jitterMicros = 1;
    private long order;
    private long nowNanos = -TimeUnit.HOURS.toNanos(5);

    LinkPair(long seed, MppeConfiguration clientMppe, MppeConfiguration serverMppe) {
        this(seed, clientMppe, serverMppe, ScriptedPeer.PASSWORD, true);
    }

    LinkPair(
            long seed,
            MppeConfiguration clientMppe,
            MppeConfiguration serverMppe,
            NtPasswordHash clientPassword,
            boolean requireLogin) {
        this(
                seed,
                ScriptedPeer.configuration(
                        ScriptedPeer.client("User", clientPassword), clientMppe, false),
                ScriptedPeer.configuration(new LinkRole.Server(), serverMppe, requireLogin));
    }

    /** Both ends with MPPE, and with other network protocols. */
    LinkPair(
            long seed,
            MppeConfiguration mppe,
            NetworkConfiguration clientNetwork,
            NetworkConfiguration serverNetwork) {
        this(
                seed,
                ScriptedPeer.configuration(
                                ScriptedPeer.client("User", ScriptedPeer.PASSWORD), mppe, false)
                        .with(clientNetwork),
                ScriptedPeer.configuration(new LinkRole.Server(), mppe, true).with(serverNetwork));
    }

    LinkPair(long seed, LinkConfiguration clientLink, LinkConfiguration serverLink) {
        random = new Random(seed);
        client = new End(clientLink, engine, seed + 1);
        server = new End(serverLink, engine, seed + 2);
    }

    /** A server that asks for the first methods and a client that allows the second. */
    static LinkPair loggingIn(
            long seed,
            List<LoginMethod> asked,
            List<LoginMethod> allowed,
            MppeConfiguration clientMppe,
            MppeConfiguration serverMppe) {
        return new LinkPair(
                seed,
                ScriptedPeer.configuration(
                        client("clientPass", allowed), clientMppe, List.of(), LoginLimits.DEFAULT),
                ScriptedPeer.configuration(
                        new LinkRole.Server(), serverMppe, asked, LoginLimits.DEFAULT));
    }

    static LinkPair withWrongPassword(long seed, List<LoginMethod> methods) {
        return new LinkPair(
                seed,
                ScriptedPeer.configuration(
                        client("guessed", methods),
                        MppeConfiguration.NONE,
                        List.of(),
                        LoginLimits.DEFAULT),
                ScriptedPeer.configuration(
                        new LinkRole.Server(),
                        MppeConfiguration.NONE,
                        methods,
                        LoginLimits.DEFAULT));
    }

    /** A server that challenges its client again and again. */
    static LinkPair withChallengesEvery(int millis, LoginMethod method) {
        ChapTimer chap = ChapTimer.DEFAULT;
        LoginLimits limits =
                new LoginLimits(
                        new ChapTimer(
                                chap.restartMillis(),
                                chap.maxChallenge(),
                                chap.timeoutMillis(),
                                millis),
                        PapTimer.DEFAULT,
                        3);
        return new LinkPair(
                1,
                ScriptedPeer.configuration(
                        client("clientPass", List.of(method)),
                        MppeConfiguration.NONE,
                        List.of(),
                        limits),
                ScriptedPeer.configuration(
                        new LinkRole.Server(), MppeConfiguration.NONE, List.of(method), limits));
    }

    private static LinkRole.Client client(String password, List<LoginMethod> methods) {
        return new LinkRole.Client(
                new PeerName("User".getBytes(UTF_8)),
                KnownPassword.ofText(password.getBytes(UTF_8)),
                methods);
    }

    /** How the client says that it is logged in, one entry for each time. */
    List<String> methodsTold() {
        return methodsTold;
    }

    /** How the client tried to log in, one entry for each decision. */
    List<String> methodsDecided() {
        return methodsDecided;
    }

    void impair(int loss, int duplicates, int jitter) {
        lossPercent = loss;
        duplicatePercent = duplicates;
        jitterMicros = jitter;
    }

    LinkPair start() {
        client.link.start(nowNanos);
        server.link.start(nowNanos);
        return this;
    }

    /** Until both are up, or both have ended, or the time is over. */
    void settle(long limitSeconds) {
        long until = nowNanos + TimeUnit.SECONDS.toNanos(limitSeconds);
        while (!(client.isUp() && server.isUp() && path.isEmpty())
                && !(client.isFinished() && server.isFinished())
                && nextNanos() <= until) {
            step();
        }
    }

    void pass(long seconds) {
        long until = nowNanos + TimeUnit.SECONDS.toNanos(seconds);
        while (nextNanos() <= until) {
            step();
        }
        nowNanos = until;
    }

    void close(End end) {
        end.link.close(new LinkEnd(LinkEnd.Cause.LOCAL, "over"), nowNanos);
        drain();
    }

    private long nextNanos() {
        long arrival = path.isEmpty() ? Long.MAX_VALUE : path.element().arrivalNanos();
        long timer = Math.min(client.link.nextDeadlineNanos(), server.link.nextDeadlineNanos());
        return Math.min(arrival, timer);
    }

    private void step() {
        nowNanos = Math.max(nowNanos, nextNanos());
        if (!path.isEmpty() && path.element().arrivalNanos() <= nowNanos) {
            Flying first = path.remove();
            receive(first.to(), ByteBuffer.wrap(first.frame()));
        } else {
            client.link.onTimeout(nowNanos);
            server.link.onTimeout(nowNanos);
        }
        drain();
    }

    void passMillis(long millis) {
        long until = nowNanos + TimeUnit.MILLISECONDS.toNanos(millis);
        while (nextNanos() <= until) {
            step();
        }
        nowNanos = until;
    }

    /** A data frame that is lost on its way. */
    void lose(End from, byte[] packet) {
        encrypt(from, packet);
    }

    /** A data frame goes from one end to the other at once; the packet that came out, if any. */
    Optional<byte[]> carry(End from, byte[] packet) {
        Optional<ByteBuffer> sent = encrypt(from, packet);
        if (sent.isEmpty()) {
            return Optional.empty();
        }
        ByteBuffer frame = sent.get();
        carriedOctets = frame.remaining();
        FrameVerdict verdict = receive(from == client ? server : client, frame);
        drain();
        if (!verdict.isPacket()) {
            return Optional.empty();
        }
        byte[] arrived = new byte[frame.remaining()];
        frame.get(arrived);
        return Optional.of(arrived);
    }

    private Optional<ByteBuffer> encrypt(End from, byte[] packet) {
        ByteBuffer frame = ByteBuffer.allocate(PppLink.HEADROOM_OCTETS + packet.length);
        frame.position(PppLink.HEADROOM_OCTETS).put(packet).position(PppLink.HEADROOM_OCTETS);
        switch (from.link.prepare(frame)) {
            case DROPPED -> {
                return Optional.empty();
            }
            case READY -> {}
            case ENCRYPT -> {
                engine.encrypt(
                        new MppeEncryptor[] {from.link.encryptor()}, new ByteBuffer[] {frame}, 1);
                from.link.completeEncrypted(frame);
            }
        }
        return Optional.of(frame);
    }

    private FrameVerdict receive(End to, ByteBuffer frame) {
        FrameVerdict verdict = to.link.receive(frame, nowNanos);
        if (verdict == FrameVerdict.ENCRYPTED) {
            MppeVerdict[] verdicts = new MppeVerdict[1];
            MppeDecryptor[] states = {to.link.decryptor()};
            engine.decrypt(states, new ByteBuffer[] {frame}, verdicts, 1, nowNanos);
            verdict = to.link.decrypted(frame, verdicts[0], nowNanos);
        }
        return verdict;
    }

    private void drain() {
        drain(client, server);
        drain(server, client);
    }

    private void drain(End from, End to) {
        LinkAction action = from.link.pollAction();
        while (action != null) {
            assertThat(from.isFinished()).as("nothing follows Finished").isFalse();
            switch (action) {
                case LinkAction.SendFrame(byte[] frame) -> send(to, frame);
                case LinkAction.Authenticate(AuthenticationRequest request) -> {
                    assertThat(from).as("a client decides no login").isSameAs(server);
                    decide(request);
                }
                case LinkAction.Compute(Runnable task) -> {
                    task.run();
                    from.link.computed(task, nowNanos);
                }
                case LinkAction.Admit _ -> {
                    assertThat(from).as("a client admits nobody").isSameAs(server);
                    server.link.admitted(ScriptedPeer.ASSIGNMENT, nowNanos);
                }
                case LinkAction.LoggedIn(String method) -> methodsTold.add(method);
                case LinkAction.AskForAddress _,
                        LinkAction.NotGiven _,
                        LinkAction.Unencrypted _,
                        LinkAction.NetworkUp _,
                        LinkAction.NetworkDown _,
                        LinkAction.Ipv6Up _,
                        LinkAction.Ipv6Down _,
                        LinkAction.Identified _,
                        LinkAction.Finished _ ->
                        from.events.add(action);
            }
            action = from.link.pollAction();
        }
    }

    private void decide(AuthenticationRequest request) {
        methodsDecided.add(request.method());
        switch (authority.apply(request)) {
            case AuthenticationResult.Accepted accepted ->
                    server.link.authenticated(request, accepted, ScriptedPeer.ASSIGNMENT, nowNanos);
            case AuthenticationResult.Rejected rejected ->
                    server.link.refused(request, rejected, nowNanos);
        }
    }

    private void send(End to, byte[] frame) {
        byte[] altered = to == client ? towardsClient.apply(frame) : frame;
        int copies = random.nextInt(100) < duplicatePercent ? 2 : 1;
        for (int copy = 0; copy < copies; copy++) {
            if (random.nextInt(100) >= lossPercent) {
                long delay = TimeUnit.MICROSECONDS.toNanos(1 + random.nextInt(jitterMicros));
                path.add(new Flying(nowNanos + delay, order++, to, altered.clone()));
            }
        }
    }

    /** The protocol of a frame. */
    static int protocol(byte[] frame) {
        return PppFrame.decodeProtocol(ByteBuffer.wrap(frame));
    }

    /** The mode both ends have, which must be the same. */
    Optional<MppeMode> mode() {
        assertThat(client.up().encryption()).isEqualTo(server.up().encryption());
        return client.up().encryption();
    }

    /** The strength both ends have, which must be the same. */
    Optional<MppeStrength> strength() {
        assertThat(client.up().encryption()).isEqualTo(server.up().encryption());
        return client.up().encryption().flatMap(MppeMode::strength);
    }
}
