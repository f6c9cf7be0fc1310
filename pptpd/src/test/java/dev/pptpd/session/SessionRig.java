package dev.pptpd.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.auth.AddressPermissions;
import dev.pptpd.auth.ChapSecret;
import dev.pptpd.auth.ChapSecrets;
import dev.pptpd.auth.Credential;
import dev.pptpd.auth.PasswordStore;
import dev.pptpd.auth.SecretsAuthenticator;
import dev.pptpd.auth.UserSettings;
import dev.pptpd.call.CallTable;
import dev.pptpd.config.AddressSlots;
import dev.pptpd.config.TunnelOptions;
import dev.pptpd.control.CallDisconnectResult;
import dev.pptpd.control.CallEnd;
import dev.pptpd.control.CallRequest;
import dev.pptpd.control.IncomingCallRequest;
import dev.pptpd.control.OutgoingCallRequest;
import dev.pptpd.control.StopControlConnectionReason;
import dev.pptpd.control.Subaddress;
import dev.pptpd.control.TextField;
import dev.pptpd.control.WanErrorCounters;
import dev.pptpd.discovery.Ipv6Role;
import dev.pptpd.linux.HostNetworks;
import dev.pptpd.linux.Ipv6Configuration;
import dev.pptpd.linux.TunDevice;
import dev.pptpd.linux.TunDevices;
import dev.pptpd.mppe.MppeStrength;
import dev.pptpd.net.CallDecision;
import dev.pptpd.net.ControlChannel;
import dev.pptpd.ppp.auth.AuthenticationRequest;
import dev.pptpd.ppp.auth.AuthenticationResult;
import dev.pptpd.ppp.auth.ChangePasswordRequest;
import dev.pptpd.ppp.auth.LoginLimits;
import dev.pptpd.ppp.auth.LoginMethod;
import dev.pptpd.ppp.auth.MsChapV2;
import dev.pptpd.ppp.auth.MsChapV2Request;
import dev.pptpd.ppp.auth.NtPasswordHash;
import dev.pptpd.ppp.auth.PasswordChange;
import dev.pptpd.ppp.auth.PeerName;
import dev.pptpd.ppp.ccp.MppeConfiguration;
import dev.pptpd.ppp.ccp.MppePolicy;
import dev.pptpd.ppp.fsm.RestartTimer;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.ppp.ipcp.Ipv4Assignment;
import dev.pptpd.ppp.lcp.EchoTimer;
import dev.pptpd.ppp.lcp.LcpConfiguration;
import dev.pptpd.ppp.link.LinkConfiguration;
import dev.pptpd.ppp.link.LinkRole;
import dev.pptpd.ppp.link.NetworkConfiguration;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A {@link SessionControl} whose worker, devices, control connections and event loop are played by
 * the test, step by step. Two addresses; users alice (any address), bob (an address of his own),
 * carol (none), erin (an address of her own, and any other), frank (a network outside of the pool),
 * grace (the server's end) and branch, which has networks: two, and one that the peer's own address
 * lies in.
 */
final class SessionRig {
    private static final byte[] CHALLENGE = new byte[MsChapV2.CHALLENGE_OCTETS];
    private static final Ipv4Address LOCAL = address("10.99.0.1");
    private static final List<Ipv4Network> NETWORKS =
            List.of(network("10.2.0.0/16"), network("10.3.0.0/16"), network("192.0.2.0/24"));

    final PlayedWorker worker = new PlayedWorker();
    final PlayedDevices devices = new PlayedDevices();
    final Queue<Runnable> loop = new ArrayDeque<>();
    final List<String> stored = new ArrayList<>();
    private final PasswordStore store = (line, changed) -> stored.add(line.client());
    final Queue<Runnable> background = new ArrayDeque<>();
    final AddressPool pool =
            new AddressPool(
                    new AddressSlots(
                            List.of(LOCAL), List.of(address("10.99.0.10"), address("10.99.0.11"))),
                    new KeptAddresses(
                            Set.of(address("10.5.0.1"), address("10.5.0.2")),
                            Set.of(),
                            Set.of(address("192.0.2.53"), address("192.0.2.54")),
                            Set.copyOf(NETWORKS)));
    final StrayPackets strays = new StrayPackets();
    final CallTable calls = new CallTable(new Random(1), 1, 2);
    final SessionControl control;
    final SessionEvents events;

    /** Sessions of IPv4 alone. */
    SessionRig() {
        this(NetworkConfiguration.IPV4_ONLY, Ipv6Settings.NONE);
    }

    SessionRig(NetworkConfiguration network, Ipv6Settings ipv6) {
        this(network, ipv6, TunnelOptions.DEFAULT);
    }

    SessionRig(NetworkConfiguration network, Ipv6Settings ipv6, TunnelOptions tunnel) {
        control =
                new SessionControl(
                        new SessionSettings(
                                link().with(network), 1400, List.of(), List.of(), tunnel, ipv6),
                        new SessionControl.Parts(
                                pool,
                                calls,
                                List.of(worker),
                                authenticator(store),
                                devices,
                                strays,
                                loop::add,
                                background::add,
                                new Random(2)));
        events = control.events();
    }

    /** A call that a client opened; {@code callId} is ours. */
    record OpenCall(int callId, PlayedChannel channel) {}

    static Ipv4Address address(String text) {
        return Ipv4Address.parse(text).orElseThrow();
    }

    private static LinkConfiguration link() {
        return new LinkConfiguration(
                "pptpd",
                new LinkRole.Server(),
                new LcpConfiguration(
                        1400, true, 0, true, List.of(LoginMethod.MS_CHAP_V2), true, true, true),
                new MppeConfiguration(MppePolicy.REQUIRE, Set.of(MppeStrength.BITS_128)),
                75,
                RestartTimer.DEFAULT,
                RestartTimer.DEFAULT,
                RestartTimer.DEFAULT,
                LoginLimits.DEFAULT,
                new EchoTimer(0, 0),
                NetworkConfiguration.IPV4_ONLY);
    }

    private static SecretsAuthenticator authenticator(PasswordStore store) {
        ChapSecrets secrets =
                new ChapSecrets(
                        List.of(
                                line("alice", AddressPermissions.ANY),
                                line("bob", onlyOwnAddress()),
                                line("carol", AddressPermissions.NONE),
                                line("erin", ownAddressAndAny()),
                                line("frank", only("10.77.0.0/24")),
                                line("grace", only("10.99.0.1/32")),
                                site("branch"),
                                inClear("dave")));
        return new SecretsAuthenticator(
                secrets, store, "pptpd", false, new byte[NtPasswordHash.OCTETS]);
    }

    private static ChapSecret site(String user) {
        return new ChapSecret(
                user,
                "*",
                Credential.of("wonderland".getBytes(UTF_8)),
                AddressPermissions.ANY,
                UserSettings.NONE.withRoutes(NETWORKS));
    }

    private static ChapSecret inClear(String user) {
        return new ChapSecret(
                user,
                "*",
                Credential.of("wonderland".getBytes(UTF_8)),
                AddressPermissions.ANY,
                UserSettings.NONE.withEncryption(MppeConfiguration.NONE));
    }

    static Ipv4Network network(String text) {
        return Ipv4Network.parse(text).orElseThrow();
    }

    private static AddressPermissions onlyOwnAddress() {
        return new AddressPermissions(
                List.of(
                        new AddressPermissions.Rule.Network(
                                true, Ipv4Network.host(address("10.5.0.1")))));
    }

    private static AddressPermissions only(String text) {
        return new AddressPermissions(
                List.of(new AddressPermissions.Rule.Network(true, network(text))));
    }

    private static AddressPermissions ownAddressAndAny() {
        return new AddressPermissions(
                List.of(
                        new AddressPermissions.Rule.Network(
                                true, Ipv4Network.host(address("10.5.0.2"))),
                        new AddressPermissions.Rule.Network(true, Ipv4Network.ALL)));
    }

    private static ChapSecret line(String user, AddressPermissions addresses) {
        return new ChapSecret(
                user,
                "*",
                Credential.of("wonderland".getBytes(UTF_8)),
                addresses,
                UserSettings.NONE);
    }

    /** Runs what waits for the event loop, and what that adds. */
    void runLoop() {
        for (Runnable task = loop.poll(); task != null; task = loop.poll()) {
            task.run();
        }
    }

    OpenCall call() {
        return call(request());
    }

    /** A call from another host than the usual one. */
    OpenCall callFrom(String peer) {
        return call(new PlayedChannel(control, peer), request());
    }

    /** A PAC calls; the call is not connected yet. */
    OpenCall incomingCall() {
        return call(IncomingCallRequest.of(7, 1));
    }

    private OpenCall call(CallRequest request) {
        return call(new PlayedChannel(control), request);
    }

    private OpenCall call(PlayedChannel channel, CallRequest request) {
        CallDecision decision = control.onCallRequested(channel, request, 0);
        if (!(decision instanceof CallDecision.Accept(int callId))) {
            throw new AssertionError("refused: " + decision);
        }
        channel.callId = callId;
        return new OpenCall(callId, channel);
    }

    CallDecision tryToCall() {
        return control.onCallRequested(new PlayedChannel(control), request(), 0);
    }

    private static OutgoingCallRequest request() {
        return new OutgoingCallRequest(
                7, 1, 300, 100_000_000, 3, 3, 64, 0, TextField.EMPTY, Subaddress.of(new byte[64]));
    }

    void logIn(OpenCall call, String user) {
        events.onLogin(call.callId(), login(user, "wonderland"), 1400);
        runLoop();
    }

    void changePassword(OpenCall call, String user, String next) {
        ChangePasswordRequest request =
                PasswordChange.request(
                        new PeerName(user.getBytes(UTF_8)),
                        CHALLENGE,
                        NtPasswordHash.ofPassword("wonderland"),
                        next,
                        new Random(3));
        events.onLogin(call.callId(), request, 1400);
        runLoop();
    }

    /** Runs what was put into the background, and what the event loop makes of it. */
    void runBackground() {
        for (Runnable task = background.poll(); task != null; task = background.poll()) {
            task.run();
        }
        runLoop();
    }

    static MsChapV2Request login(String user, String password) {
        return MsChapV2.respond(
                new PeerName(user.getBytes(UTF_8)),
                CHALLENGE,
                CHALLENGE,
                NtPasswordHash.ofPassword(password));
    }

    /** The peer hangs up; the worker has done what it was told. */
    void hangUp(OpenCall call) {
        control.onCallEnded(call.callId(), CallEnd.CLEARED_BY_PEER, "", 0);
        endOnWorker(call);
    }

    void endOnWorker(OpenCall call) {
        endOnWorker(call, CloseReason.Kind.PEER_CLEARED_CALL);
    }

    void endOnWorker(OpenCall call, CloseReason.Kind kind) {
        events.onEnded(call.callId(), CloseReason.of(kind), SessionTraffic.NONE);
        runLoop();
    }

    /** Plays the worker: writes down its commands, or has no room for any. */
    static final class PlayedWorker implements SessionWorker {
        final List<String> commands = new ArrayList<>();
        final List<AuthenticationResult.Accepted> logins = new ArrayList<>();
        final List<Ipv4Address> admitted = new ArrayList<>();
        final List<InnerSources> permitted = new ArrayList<>();
        final List<SessionTerms> terms = new ArrayList<>();
        final List<LinkConfiguration> links = new ArrayList<>();
        final List<Ipv6Role> roles = new ArrayList<>();
        boolean full;

        private boolean command(String command) {
            if (!full) {
                commands.add(command);
            }
            return !full;
        }

        @Override
        public boolean open(SessionStart start) {
            links.add(start.link());
            return command("open");
        }

        @Override
        public boolean agree(int callId, SessionTerms agreed) {
            // The last command for which there is room, when there is none for the next.
            terms.add(agreed);
            return true;
        }

        @Override
        public boolean carryIpv6(int callId, Ipv6Role role) {
            roles.add(role);
            return command("carry IPv6");
        }

        @Override
        public boolean omitIpv6(int callId) {
            return command("omit IPv6");
        }

        @Override
        public boolean configureEncryption(int callId, MppeConfiguration ofUser) {
            return command("encrypt by " + ofUser.policy());
        }

        @Override
        public boolean admit(
                int callId,
                AuthenticationRequest request,
                AuthenticationResult.Accepted accepted,
                Ipv4Assignment assignment,
                InnerSources sources,
                TunDevice device) {
            permitted.add(sources);
            logins.add(accepted);
            admitted.add(assignment.peer());
            return command("admit " + request.peerName() + " to " + device.name());
        }

        @Override
        public boolean admit(
                int callId, Ipv4Assignment assignment, InnerSources sources, TunDevice device) {
            permitted.add(sources);
            admitted.add(assignment.peer());
            return command("admit to " + device.name());
        }

        @Override
        public boolean attach(
                int callId, Ipv4Assignment assignment, InnerSources sources, TunDevice device) {
            return command("attach to " + device.name());
        }

        @Override
        public boolean decideAddress(int callId, Ipv4Assignment assignment, InnerSources sources) {
            permitted.add(sources);
            return command("address " + assignment.peer());
        }

        @Override
        public boolean refuse(
                int callId, AuthenticationRequest request, AuthenticationResult.Rejected rejected) {
            return command("refuse " + request.peerName());
        }

        @Override
        public boolean computed(int callId, Runnable task) {
            return command("computed");
        }

        @Override
        public boolean terminate(int callId, CloseReason reason) {
            return command("terminate " + reason.kind().word());
        }

        @Override
        public boolean drop(int callId, CloseReason reason) {
            return command("drop " + reason.kind().word());
        }
    }

    /** Plays the kernel, which takes its time. */
    static final class PlayedDevices implements Devices {
        private final Queue<Asked> wanted = new ArrayDeque<>();
        private final Queue<Runnable> removing = new ArrayDeque<>();
        final List<String> removed = new ArrayList<>();
        final List<String> narrowed = new ArrayList<>();

        /** Far ends that devices got. */
        final List<String> changed = new ArrayList<>();

        /** What the kernel says to that; nothing when it does it. */
        @Nullable String refusal;

        /** What the kernel says of the host; nothing when it does not answer. */
        Optional<HostNetworks> host = Optional.of(HostNetworks.NONE);

        /** What devices were given of IPv6. */
        final List<Ipv6Configuration> ipv6 = new ArrayList<>();

        /** The routes that each device was asked for with. */
        final List<List<Ipv4Network>> asked = new ArrayList<>();

        private int made;

        @Override
        public void create(Wanted device, Consumer<Creation> then) {
            asked.add(device.routes());
            wanted.add(new Asked(device, then));
        }

        @Override
        public void narrow(TunDevice device, int mtuBytes) {
            narrowed.add(device.name() + " to " + mtuBytes);
        }

        @Override
        public void changePeer(
                TunDevice device,
                Ipv4Address local,
                Ipv4Address from,
                Ipv4Address to,
                Consumer<Optional<String>> then) {
            changed.add(device.name() + " from " + from + " to " + to);
            then.accept(Optional.ofNullable(refusal));
        }

        @Override
        public void addIpv6(
                TunDevice device,
                Ipv6Configuration configuration,
                Consumer<Optional<String>> then) {
            ipv6.add(configuration);
            then.accept(Optional.ofNullable(refusal));
        }

        @Override
        public void addRoutes(
                TunDevice device, List<Ipv4Network> routes, Consumer<List<RefusedRoute>> then) {
            throw new IllegalStateException("a server routes nothing later");
        }

        @Override
        public void hostNetworks(Consumer<Optional<HostNetworks>> then) {
            then.accept(host);
        }

        @Override
        public void remove(TunDevice device, Runnable then) {
            removing.add(() -> {
                removed.add(device.name());
                device.close();
                then.run();
            });
        }

        int wanted() {
            return wanted.size();
        }

        int removing() {
            return removing.size();
        }

        void make() {
            makeWithoutRoute(route -> false);
        }

        /** The kernel has a route to these networks already. */
        void makeWithoutRoute(Predicate<Ipv4Network> isTaken) {
            Asked next = wanted.remove();
            List<Ipv4Network> routes = next.device().routes();
            next.then()
                    .accept(
                            new Creation.Made(
                                    TunDevices.unreal("ppp" + made++),
                                    next.device().mtuBytes(),
                                    routes.stream().filter(isTaken.negate()).toList(),
                                    routes.stream()
                                            .filter(isTaken)
                                            .map(route -> new RefusedRoute(route, "taken"))
                                            .toList()));
        }

        private record Asked(Wanted device, Consumer<Creation> then) {}

        void fail(Exception cause) {
            wanted.remove().then().accept(new Creation.Failed(cause));
        }

        void finishRemoval() {
            removing.remove().run();
        }
    }

    /** Plays a control connection. */
    static final class PlayedChannel implements ControlChannel {
        final List<CallDisconnectResult> disconnects = new ArrayList<>();
        final List<StopControlConnectionReason> stops = new ArrayList<>();
        private final SessionControl control;
        private final String peer;
        private int callId;

        PlayedChannel(SessionControl control) {
            this(control, "192.0.2.7");
        }

        PlayedChannel(SessionControl control, String peer) {
            this.control = control;
            this.peer = peer;
        }

        @Override
        public InetSocketAddress peerAddress() {
            return new InetSocketAddress(peer, 50_000);
        }

        @Override
        public InetSocketAddress localAddress() {
            return new InetSocketAddress("192.0.2.1", 1723);
        }

        @Override
        public TextField peerHostName() {
            return TextField.EMPTY;
        }

        @Override
        public TextField peerVendorName() {
            return TextField.EMPTY;
        }

        @Override
        public void placeCall(CallRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void decide(CallRequest request, CallDecision decision) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void sendLinkInfo(int id, long sendAccm, long receiveAccm) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void sendWanErrors(int id, WanErrorCounters counters) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void disconnectCall(int id, CallDisconnectResult result) {
            if (disconnects.isEmpty()) {
                disconnects.add(result);
                control.onCallEnded(id, CallEnd.DISCONNECTED, "", 0);
            }
        }

        @Override
        public void stop(StopControlConnectionReason reason) {
            if (stops.isEmpty()) {
                stops.add(reason);
                control.onCallEnded(callId, CallEnd.STOPPED, "", 0);
            }
        }
    }
}
