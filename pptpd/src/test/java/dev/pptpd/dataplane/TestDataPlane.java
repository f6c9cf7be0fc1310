package dev.pptpd.dataplane;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.broadcast.Broadcast;
import dev.pptpd.discovery.Ipv6Neighbor;
import dev.pptpd.discovery.Ipv6Role;
import dev.pptpd.discovery.RouterAdvertisement;
import dev.pptpd.gre.GreConfiguration;
import dev.pptpd.gre.GreHeader;
import dev.pptpd.gre.linux.Errno;
import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.gre.linux.SendBatch;
import dev.pptpd.linux.PacketDevice;
import dev.pptpd.mppe.MppeEngine;
import dev.pptpd.mppe.MppeMode;
import dev.pptpd.mppe.MppeStartKeys;
import dev.pptpd.mppe.MppeStrength;
import dev.pptpd.mppe.ReferenceMppeEngine;
import dev.pptpd.ppp.auth.AuthenticationRequest;
import dev.pptpd.ppp.auth.AuthenticationResult;
import dev.pptpd.ppp.auth.LoginLimits;
import dev.pptpd.ppp.auth.LoginMethod;
import dev.pptpd.ppp.ccp.MppeConfiguration;
import dev.pptpd.ppp.ccp.MppePolicy;
import dev.pptpd.ppp.fsm.RestartTimer;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.ppp.ipcp.Ipv4Assignment;
import dev.pptpd.ppp.ipv6cp.Ipv6Identifiers;
import dev.pptpd.ppp.ipv6cp.Ipv6cpConfiguration;
import dev.pptpd.ppp.lcp.EchoTimer;
import dev.pptpd.ppp.lcp.LcpConfiguration;
import dev.pptpd.ppp.link.LinkConfiguration;
import dev.pptpd.ppp.link.LinkRole;
import dev.pptpd.ppp.link.NetworkConfiguration;
import dev.pptpd.session.CloseReason;
import dev.pptpd.session.InnerSources;
import dev.pptpd.session.SessionEvents;
import dev.pptpd.session.SessionStart;
import dev.pptpd.session.SessionTerms;
import dev.pptpd.session.SessionTraffic;
import dev.pptpd.session.StrayPackets;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;

/** A worker's sessions without its sockets: packets go to peers in memory, the clock stands. */
final class TestDataPlane {
    static final byte[] SEND_KEY = HexFormat.of().parseHex("00112233445566778899aabbccddeeff");
    static final byte[] RECEIVE_KEY = HexFormat.of().parseHex("ffeeddccbbaa99887766554433221100");
    static final Ipv4Address CLIENT = address("10.77.0.10");
    static final Ipv4Address STRANGER = address("10.78.0.66");
    static final long NOW = Long.MAX_VALUE - 1_000;

    private static final Ipv4Address SERVER = address("10.77.0.1");
    private static final Ipv4Address INSIDE = address("10.99.0.1");

    final StrayPackets strays = new StrayPackets();
    final Sessions sessions;
    final Map<Integer, String> endDetails = new HashMap<>();
    final Map<Integer, CloseReason.Kind> ended = new HashMap<>();
    final Map<Integer, TestDevice> devices = new HashMap<>();

    /** What sessions said when they were up. */
    final List<Up> ups = new ArrayList<>();

    /** Broadcasts that were handed to the relay. */
    final List<FromTunnel> broadcasts = new ArrayList<>();

    boolean relaysBroadcasts;

    /** What far ends that were asked said. */
    final List<List<Ipv4Network>> routesTold = new ArrayList<>();

    /** A broadcast. */
    @SuppressWarnings("ArrayRecordComponent")
    record FromTunnel(int callId, byte[] packet) {}

    /** A session that is up. */
    record Up(int callId, Ipv4Assignment assignment, int mtuBytes) {}

    /** Devices that wake the worker. */
    final List<PacketDevice> watched = new ArrayList<>();

    /** Whether the kernel watches no further device. */
    boolean watchesNoMore;

    /** What sessions that log in are under. */
    SessionTerms terms = SessionTerms.NONE;

    /** What links of sessions negotiate. */
    NetworkConfiguration network = NetworkConfiguration.IPV4_ONLY;

    /** Which end sessions are to IPv6, where that is negotiated. */
    Ipv6Role ipv6Role = new Ipv6Role.Router(Optional.empty(), Optional.empty());

    /** Sessions whose IPv6 is up. */
    final List<Integer> ipv6Ups = new ArrayList<>();

    /** Runs when a session has ended; a test may throw here. */
    Runnable onEnded = () -> {};

    private final Map<Integer, TunnelPeer> peers = new HashMap<>();
    private final Queue<Runnable> logins = new ArrayDeque<>();

    TestDataPlane() {
        this(new ReferenceMppeEngine());
    }

    TestDataPlane(MppeEngine engine) {
        this(engine, GreConfiguration.DEFAULT);
    }

    TestDataPlane(MppeEngine engine, GreConfiguration gre) {
        sessions =
                new Sessions(
                        gre,
                        new SessionSurroundings(
                                batch -> 0,
                                this::send,
                                new Watch(),
                                new Events(),
                                strays,
                                new Broadcasts(),
                                engine,
                                new Random(1)));
    }

    /** A peer with a session that is up. */
    TunnelPeer up(int callId) {
        return up(callId, true);
    }

    /** A peer that does without IPv4; its session is up with IPv6 alone. */
    TunnelPeer upWithIpv6Alone(int callId) {
        network =
                new NetworkConfiguration(
                        Optional.empty(),
                        Optional.of(Ipv6cpConfiguration.DEFAULT),
                        RestartTimer.DEFAULT);
        return up(callId, false);
    }

    private TunnelPeer up(int callId, boolean hasIpv4) {
        TunnelPeer peer =
                new TunnelPeer(callId, HexFormat.of().toHexDigits(inside(callId)), hasIpv4);
        peers.put(callId, peer);
        devices.put(callId, new TestDevice());
        open(callId);
        peer.say(TunnelPeer.LCP, 1, "");
        settle();
        return peer;
    }

    void open(int callId) {
        sessions.open(
                new SessionStart("s" + callId, callId, callId, 64, CLIENT, SERVER, link()), NOW);
    }

    TestDevice device(int callId) {
        return Objects.requireNonNull(devices.get(callId));
    }

    /** An IP packet from the peer, or to it. */
    static byte[] packet(int callId, int octets) {
        ByteBuffer packet = ByteBuffer.allocate(octets);
        packet.putShort(0, (short) 0x4500).putShort(2, (short) octets);
        return packet.putInt(12, inside(callId)).putInt(16, INSIDE.value()).array();
    }

    /** Gives the sessions all that the peers have to say, until nobody says anything. */
    void settle() {
        boolean quiet = false;
        while (!quiet) {
            quiet = true;
            for (TunnelPeer peer : List.copyOf(peers.values())) {
                quiet &= peer.answers().isEmpty();
                deliver(peer);
            }
            while (!logins.isEmpty()) {
                quiet = false;
                logins.remove().run();
            }
            sessions.flush(NOW);
        }
    }

    /** Gives the sessions one batch of what a peer has to say. */
    void deliver(TunnelPeer peer) {
        List<ByteBuffer> batch = new ArrayList<>(peer.answers());
        peer.answers().clear();
        batch.forEach(packet -> sessions.receiver().receive(packet, CLIENT.value(), NOW));
        sessions.receiver().endBatch(NOW);
    }

    /** Gives the sessions a data packet, sequence number 0, from that address. */
    void receiveStray(int callId, Ipv4Address source, byte[] payload) {
        ByteBuffer packet = ByteBuffer.allocate(payload.length + GreHeader.MAX_OCTETS);
        packet.putShort((short) 0x3001).putShort((short) 0x880B);
        packet.putShort((short) payload.length).putShort((short) callId).putInt(0).put(payload);
        sessions.receiver().receive(packet.flip(), source.value(), NOW);
        sessions.receiver().endBatch(NOW);
    }

    private void send(SendBatch batch) {
        for (int index = 0; index < batch.size(); index++) {
            ByteBuffer packet = batch.slot(index);
            if (packet.hasRemaining() && GreHeader.hasSequence(packet)) {
                byte[] payload = new byte[GreHeader.payloadLength(packet)];
                packet.get(packet.position() + GreHeader.headerOctets(packet), payload);
                Objects.requireNonNull(peers.get(GreHeader.callId(packet))).hear(payload);
            }
        }
        batch.clear();
    }

    private static int inside(int callId) {
        return INSIDE.value() + callId;
    }

    private static Ipv4Address address(String text) {
        return Ipv4Address.parse(text).orElseThrow();
    }

    private LinkConfiguration link() {
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
                network);
    }

    /** Wants what is for everybody. */
    private final class Broadcasts implements BroadcastInlet {
        @Override
        public boolean wants(ByteBuffer packet) {
            return relaysBroadcasts && Broadcast.matches(packet, new int[0]);
        }

        @Override
        public boolean offer(int callId, byte[] packet) {
            broadcasts.add(new FromTunnel(callId, packet));
            return true;
        }
    }

    private final class Watch implements DeviceWatch {
        @Override
        public void add(PacketDevice device, int callId) throws ErrnoException {
            if (watchesNoMore) {
                throw new ErrnoException("epoll_ctl", Errno.ENOSPC, "call " + callId);
            }
            watched.add(device);
        }

        @Override
        public void remove(PacketDevice device) {
            if (!watched.remove(device)) {
                throw new AssertionError("nobody watches the device");
            }
        }
    }

    private final class Events implements SessionEvents {
        @Override
        public void onLogin(int callId, AuthenticationRequest request, int mtuBytes) {
            MppeStartKeys keys = new MppeStartKeys(SEND_KEY, RECEIVE_KEY);
            AuthenticationResult.Accepted accepted =
                    new AuthenticationResult.Accepted(
                            "S=" + "0".repeat(40), Optional.of(keys), request.peerName());
            Ipv4Assignment assignment =
                    new Ipv4Assignment(
                            INSIDE, new Ipv4Address(inside(callId)), List.of(), List.of());
            logins.add(() ->
                    sessions.run(
                            callId,
                            (session, now) -> {
                                session.agree(terms, now);
                                if (network.ipv6().isPresent()) {
                                    session.carryIpv6(Ipv6Neighbor.of(ipv6Role));
                                }
                                sessions.attach(
                                        session,
                                        device(callId),
                                        InnerSources.only(assignment.peer()),
                                        now);
                                session.link().authenticated(request, accepted, assignment, now);
                            },
                            NOW));
        }

        @Override
        public void onComputation(int callId, Runnable task) {
            throw new IllegalStateException("no login of these tests computes");
        }

        @Override
        public void onAdmissionRequested(int callId, int mtuBytes) {
            throw new AssertionError("logins are required");
        }

        @Override
        public void onAddressAsked(int callId, Ipv4Address asked) {
            throw new AssertionError("no address is negotiable");
        }

        @Override
        public void onUp(
                int callId,
                Ipv4Assignment assignment,
                Optional<MppeMode> encryption,
                int mtuBytes) {
            ups.add(new Up(callId, assignment, mtuBytes));
        }

        @Override
        public void onIpv6Up(int callId, Ipv6Identifiers identifiers) {
            ipv6Ups.add(callId);
        }

        @Override
        public void onAdvertised(int callId, RouterAdvertisement advertisement) {
            throw new AssertionError("a server listens to no router");
        }

        @Override
        public void onLoggedIn(int callId, String method) {
            throw new AssertionError("a server logs in nowhere");
        }

        @Override
        public void onRoutesTold(int callId, List<Ipv4Network> routes) {
            routesTold.add(routes);
        }

        @Override
        public void onNotGiven(int callId, String what, String detail) {}

        @Override
        public void onIdentified(int callId, String text) {}

        @Override
        public void onEnded(int callId, CloseReason reason, SessionTraffic traffic) {
            endDetails.put(callId, reason.detail());
            if (ended.put(callId, reason.kind()) != null) {
                throw new AssertionError("session " + callId + " ended twice");
            }
            onEnded.run();
        }
    }
}
