package dev.pptpd;

import dev.pptpd.auth.AddressPermissions;
import dev.pptpd.auth.ChapSecret;
import dev.pptpd.auth.ChapSecrets;
import dev.pptpd.auth.Credential;
import dev.pptpd.auth.Secret;
import dev.pptpd.auth.SecretsAuthenticator;
import dev.pptpd.auth.UserSettings;
import dev.pptpd.call.CallTable;
import dev.pptpd.config.AddressSlots;
import dev.pptpd.config.TunnelOptions;
import dev.pptpd.control.ControlConnectionSettings;
import dev.pptpd.dataplane.BroadcastInlet;
import dev.pptpd.dataplane.Worker;
import dev.pptpd.dataplane.WorkerSettings;
import dev.pptpd.gre.GreConfiguration;
import dev.pptpd.mppe.MppeStrength;
import dev.pptpd.net.ConnectionLimits;
import dev.pptpd.net.ControlServer;
import dev.pptpd.net.ControlServerSettings;
import dev.pptpd.ppp.auth.AuthenticationResult.Accepted;
import dev.pptpd.ppp.auth.LoginLimits;
import dev.pptpd.ppp.auth.LoginMethod;
import dev.pptpd.ppp.auth.MsChapV2;
import dev.pptpd.ppp.auth.MsChapV2Request;
import dev.pptpd.ppp.auth.NtPasswordHash;
import dev.pptpd.ppp.ccp.MppeConfiguration;
import dev.pptpd.ppp.ccp.MppePolicy;
import dev.pptpd.ppp.fsm.RestartTimer;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.ppp.lcp.EchoTimer;
import dev.pptpd.ppp.lcp.LcpConfiguration;
import dev.pptpd.ppp.link.LinkConfiguration;
import dev.pptpd.ppp.link.LinkRole;
import dev.pptpd.ppp.link.NetworkConfiguration;
import dev.pptpd.session.AddressPool;
import dev.pptpd.session.DeviceThread;
import dev.pptpd.session.Ipv6Settings;
import dev.pptpd.session.KeptAddresses;
import dev.pptpd.session.SessionControl;
import dev.pptpd.session.SessionSettings;
import dev.pptpd.session.SessionWorker;
import dev.pptpd.session.StrayPackets;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The server's core in the test's own process, for one session: the test sees what goes over the
 * wire at the login and may not be told, and can have the server prove knowledge of another
 * password than the client's. To be opened by a thread of the server's network namespace.
 */
public final class WatchedServer implements AutoCloseable {
    private static final int GROUP = 4_712;
    private static final int MTU = 1_400;
    private static final long CLOSE_SECONDS = 5;
    private static final byte[] NO_DECOY = new byte[NtPasswordHash.OCTETS];

    private final Optional<NtPasswordHash> provenHash;
    private final List<String> secrets = Collections.synchronizedList(new ArrayList<>());
    private final EventLoop eventLoop = new EventLoop();
    private final DeviceThread devices;
    private final Worker worker;

    private WatchedServer(
            Ipv4Address listen, String user, String password, Optional<String> provenPassword)
            throws Exception {
        this.provenHash = provenPassword.map(NtPasswordHash::ofPassword);
        StrayPackets strays = new StrayPackets();
        LateEvents events = new LateEvents();
        this.devices = DeviceThread.open(GROUP, true, 0);
        this.worker =
                Worker.open(
                        new WorkerSettings(0, 1, listen, GreConfiguration.DEFAULT),
                        events,
                        strays,
                        BroadcastInlet.CLOSED);
        AddressSlots slots =
                new AddressSlots(List.of(address("10.99.0.1")), List.of(address("10.99.0.10")));
        SessionControl control =
                new SessionControl(
                        new SessionSettings(
                                link(),
                                MTU,
                                List.of(),
                                List.of(),
                                TunnelOptions.DEFAULT,
                                Ipv6Settings.NONE),
                        new SessionControl.Parts(
                                new AddressPool(slots, KeptAddresses.NONE),
                                new CallTable(new Random(1), 1, slots.size()),
                                List.of(watched(worker.proxy())),
                                authenticator(user, password),
                                devices,
                                strays,
                                eventLoop,
                                task -> Thread.ofVirtual().start(task),
                                new Random(2)));
        events.to(control.events());
        eventLoop.run(
                ControlServer.open(
                        new ControlServerSettings(
                                new InetSocketAddress(
                                        listen.toString(), ControlServerSettings.PPTP_PORT),
                                ConnectionLimits.DEFAULTS,
                                ControlConnectionSettings.DEFAULTS),
                        control));
        worker.start((_, mistake) -> mistake.printStackTrace());
    }

    /** A server that knows the user's password. */
    public static WatchedServer open(String address, String user, String password)
            throws Exception {
        return new WatchedServer(address(address), user, password, Optional.empty());
    }

    /**
     * A server that lets the user in and then proves that it knows {@code otherPassword}, as one
     * must do that lets everybody in.
     */
    public static WatchedServer openImpostor(
            String address, String user, String password, String otherPassword) throws Exception {
        return new WatchedServer(address(address), user, password, Optional.of(otherPassword));
    }

    /** Challenges, responses and keys of all logins so far, in hex. */
    public List<String> secrets() {
        return List.copyOf(secrets);
    }

    private static SecretsAuthenticator authenticator(String user, String password) {
        Secret secret = new Secret(password.getBytes(StandardCharsets.UTF_8));
        ChapSecret line =
                new ChapSecret(
                        user,
                        "*",
                        new Credential.Password(secret),
                        AddressPermissions.ANY,
                        UserSettings.NONE);
        return new SecretsAuthenticator(new ChapSecrets(List.of(line)), "pptpd", false, NO_DECOY);
    }

    private static LinkConfiguration link() {
        return new LinkConfiguration(
                "pptpd",
                new LinkRole.Server(),
                new LcpConfiguration(
                        MTU, true, 0, true, List.of(LoginMethod.MS_CHAP_V2), true, true, true),
                new MppeConfiguration(MppePolicy.REQUIRE, Set.of(MppeStrength.BITS_128)),
                75,
                RestartTimer.DEFAULT,
                RestartTimer.DEFAULT,
                RestartTimer.DEFAULT,
                LoginLimits.DEFAULT,
                new EchoTimer(0, 0),
                NetworkConfiguration.IPV4_ONLY);
    }

    /** The worker, but for what the login's answer is. */
    private SessionWorker watched(SessionWorker real) {
        Object proxy =
                Proxy.newProxyInstance(
                        SessionWorker.class.getClassLoader(),
                        new Class<?>[] {SessionWorker.class},
                        (_, method, arguments) -> passOn(real, method, arguments));
        return (SessionWorker) proxy;
    }

    private Object passOn(SessionWorker real, Method method, Object[] arguments)
            throws IllegalAccessException, InvocationTargetException {
        for (int index = 1; index < arguments.length; index++) {
            if (arguments[index - 1] instanceof MsChapV2Request request
                    && arguments[index] instanceof Accepted accepted) {
                note(request, accepted);
                arguments[index] = proven(request, accepted);
            }
        }
        return method.invoke(real, arguments);
    }

    private void note(MsChapV2Request request, Accepted accepted) {
        HexFormat hex = HexFormat.of();
        secrets.add(hex.formatHex(request.authenticatorChallenge()));
        secrets.add(hex.formatHex(request.peerChallenge()));
        secrets.add(hex.formatHex(request.ntResponse()));
        secrets.add(accepted.successMessage().substring("S=".length()));
        secrets.add(hex.formatHex(accepted.startKeys().orElseThrow().send()));
        secrets.add(hex.formatHex(accepted.startKeys().orElseThrow().receive()));
    }

    private Accepted proven(MsChapV2Request request, Accepted accepted) {
        if (provenHash.isEmpty()) {
            return accepted;
        }
        NtPasswordHash other = provenHash.get();
        MsChapV2Request others =
                MsChapV2.respond(
                        request.peerName(),
                        request.authenticatorChallenge(),
                        request.peerChallenge(),
                        other);
        Accepted ofOther = (Accepted) MsChapV2.verify(others, other);
        return new Accepted(ofOther.successMessage(), accepted.startKeys(), accepted.user());
    }

    private static Ipv4Address address(String text) {
        return Ipv4Address.parse(text).orElseThrow();
    }

    @Override
    public void close() {
        eventLoop.close().orTimeout(CLOSE_SECONDS, TimeUnit.SECONDS).join();
        worker.close();
        devices.close();
    }
}
