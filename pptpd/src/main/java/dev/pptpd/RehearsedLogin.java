package dev.pptpd;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pptpd.auth.SecretsAuthenticator;
import dev.pptpd.mppe.MppeDecryptor;
import dev.pptpd.mppe.MppeEncryptor;
import dev.pptpd.mppe.MppeEngine;
import dev.pptpd.mppe.MppeStrength;
import dev.pptpd.mppe.MppeVerdict;
import dev.pptpd.ppp.auth.AuthenticationRequest;
import dev.pptpd.ppp.auth.AuthenticationResult;
import dev.pptpd.ppp.auth.KnownPassword;
import dev.pptpd.ppp.auth.LoginLimits;
import dev.pptpd.ppp.auth.LoginMethod;
import dev.pptpd.ppp.auth.PeerName;
import dev.pptpd.ppp.ccp.MppeConfiguration;
import dev.pptpd.ppp.ccp.MppePolicy;
import dev.pptpd.ppp.fsm.RestartTimer;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.ppp.ipcp.Ipv4Assignment;
import dev.pptpd.ppp.lcp.EchoTimer;
import dev.pptpd.ppp.lcp.LcpConfiguration;
import dev.pptpd.ppp.link.FrameVerdict;
import dev.pptpd.ppp.link.LinkAction;
import dev.pptpd.ppp.link.LinkConfiguration;
import dev.pptpd.ppp.link.LinkRole;
import dev.pptpd.ppp.link.NetworkConfiguration;
import dev.pptpd.ppp.link.PppLink;
import dev.pptpd.ppp.link.SendVerdict;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Our client logs in at our server by MS-CHAPv2, and both send a few packets by MPPE-128: two links
 * that hand each other their frames, on a clock that jumps from deadline to deadline.
 */
final class RehearsedLogin {
    static final String USER = "rehearsal";
    static final String PASSWORD = "rehearsal";

    private static final Ipv4Address LOCAL = new Ipv4Address(0x0A63_0001);
    private static final Ipv4Address PEER = new Ipv4Address(0x0A63_000A);

    private static final int MRU_OCTETS = 1_400;
    private static final int START_DELAY_MILLIS = 50;
    private static final byte IPV4 = 0x45;
    private static final int PACKETS = 64;

    /** More than there are retransmissions in a negotiation that comes to nothing. */
    private static final int MAX_TURNS = 200;

    private final SecretsAuthenticator authenticator;
    private final MppeEngine engine;
    private final End server;
    private final End client;
    private long nowNanos;

    /** One end of the tunnel: what it was sent, and whether it is up. */
    private static final class End {
        final PppLink link;
        final Queue<byte[]> received = new ArrayDeque<>();
        boolean isUp;

        End(LinkConfiguration configuration, MppeEngine engine, RandomGenerator entropy) {
            link = new PppLink(configuration, engine, entropy);
        }
    }

    /** A server with this configuration, whose secrets know {@value #USER}. */
    RehearsedLogin(
            LinkConfiguration serverLink,
            SecretsAuthenticator authenticator,
            MppeEngine engine,
            RandomGenerator entropy) {
        this.authenticator = authenticator;
        this.engine = engine;
        this.server = new End(serverLink, engine, entropy);
        this.client = new End(clientLink(), engine, entropy);
    }

    private static LinkConfiguration clientLink() {
        return new LinkConfiguration(
                USER,
                new LinkRole.Client(
                        new PeerName(USER.getBytes(UTF_8)),
                        KnownPassword.ofText(PASSWORD.getBytes(UTF_8)),
                        List.of(LoginMethod.MS_CHAP_V2)),
                new LcpConfiguration(MRU_OCTETS, true, 0, true, List.of(), true, true, true),
                new MppeConfiguration(MppePolicy.REQUIRE, Set.of(MppeStrength.BITS_128)),
                START_DELAY_MILLIS,
                RestartTimer.DEFAULT,
                RestartTimer.UNHURRIED,
                RestartTimer.DEFAULT,
                LoginLimits.DEFAULT,
                new EchoTimer(0, 4),
                NetworkConfiguration.IPV4_ONLY);
    }

    /**
     * Logs in and transfers.
     *
     * @throws IllegalStateException if that fails
     */
    void run() {
        server.link.start(nowNanos);
        client.link.start(nowNanos);
        for (int turn = 0; turn < MAX_TURNS && !(server.isUp && client.isUp); turn++) {
            exchange();
            nowNanos = Math.min(server.link.nextDeadlineNanos(), client.link.nextDeadlineNanos());
            server.link.onTimeout(nowNanos);
            client.link.onTimeout(nowNanos);
        }
        for (int packet = 0; packet < PACKETS; packet++) {
            transfer(client, server);
            transfer(server, client);
        }
        server.link.wipe();
        client.link.wipe();
    }

    private void exchange() {
        boolean busy = true;
        while (busy) {
            busy = act(server, client);
            busy |= act(client, server);
            busy |= receive(server);
            busy |= receive(client);
        }
    }

    private boolean act(End end, End other) {
        boolean acted = false;
        for (LinkAction action = end.link.pollAction();
                action != null;
                action = end.link.pollAction()) {
            acted = true;
            act(action, end, other);
        }
        return acted;
    }

    private void act(LinkAction action, End end, End other) {
        switch (action) {
            case LinkAction.SendFrame(byte[] frame) -> other.received.add(frame);
            case LinkAction.Authenticate(AuthenticationRequest request) ->
                    decide(end.link, request);
            case LinkAction.NetworkUp _ -> end.isUp = true;
            case LinkAction.Finished(var reason) ->
                    throw new IllegalStateException("the rehearsed login failed: " + reason);
            case LinkAction.Compute(Runnable task) -> task.run();
            case LinkAction.Admit _,
                    LinkAction.LoggedIn _,
                    LinkAction.NotGiven _,
                    LinkAction.Unencrypted _,
                    LinkAction.AskForAddress _,
                    LinkAction.NetworkDown _,
                    LinkAction.Ipv6Up _,
                    LinkAction.Ipv6Down _,
                    LinkAction.Identified _ -> {}
        }
    }

    private void decide(PppLink link, AuthenticationRequest request) {
        switch (authenticator.decide(request).result()) {
            case AuthenticationResult.Accepted accepted ->
                    link.authenticated(
                            request,
                            accepted,
                            new Ipv4Assignment(LOCAL, PEER, List.of(), List.of()),
                            nowNanos);
            case AuthenticationResult.Rejected rejected ->
                    link.refused(request, rejected, nowNanos);
        }
    }

    private boolean receive(End end) {
        boolean received = false;
        for (byte[] frame = end.received.poll(); frame != null; frame = end.received.poll()) {
            received = true;
            end.link.receive(ByteBuffer.wrap(frame), nowNanos);
        }
        return received;
    }

    private void transfer(End from, End to) {
        ByteBuffer packet = ByteBuffer.allocateDirect(PppLink.HEADROOM_OCTETS + MRU_OCTETS);
        packet.position(PppLink.HEADROOM_OCTETS)
                .put(PppLink.HEADROOM_OCTETS, IPV4)
                .putShort(PppLink.HEADROOM_OCTETS + Short.BYTES, (short) MRU_OCTETS);
        require(from.link.prepare(packet) == SendVerdict.ENCRYPT);
        engine.encrypt(new MppeEncryptor[] {from.link.encryptor()}, new ByteBuffer[] {packet}, 1);
        from.link.completeEncrypted(packet);
        require(to.link.receive(packet, nowNanos) == FrameVerdict.ENCRYPTED);
        MppeVerdict[] verdicts = new MppeVerdict[1];
        engine.decrypt(
                new MppeDecryptor[] {to.link.decryptor()},
                new ByteBuffer[] {packet},
                verdicts,
                1,
                nowNanos);
        require(to.link.decrypted(packet, verdicts[0], nowNanos) == FrameVerdict.IPV4);
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalStateException("the rehearsed tunnel does not carry a packet");
        }
    }
}
