package dev.pptpd.ppp.link;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.mppe.MppeDecryptor;
import dev.pptpd.mppe.MppeEncryptor;
import dev.pptpd.mppe.MppeEngine;
import dev.pptpd.mppe.MppeMode;
import dev.pptpd.mppe.MppeStartKeys;
import dev.pptpd.mppe.MppeStrength;
import dev.pptpd.mppe.MppeVerdict;
import dev.pptpd.mppe.ReferenceMppeEngine;
import dev.pptpd.ppp.auth.AuthenticationRequest;
import dev.pptpd.ppp.auth.AuthenticationResult;
import dev.pptpd.ppp.auth.KnownPassword;
import dev.pptpd.ppp.auth.LoginLimits;
import dev.pptpd.ppp.auth.LoginMethod;
import dev.pptpd.ppp.auth.MsChapV2;
import dev.pptpd.ppp.auth.MsChapV2Request;
import dev.pptpd.ppp.auth.NtPasswordHash;
import dev.pptpd.ppp.auth.PeerName;
import dev.pptpd.ppp.ccp.MppeConfiguration;
import dev.pptpd.ppp.ccp.MppePolicy;
import dev.pptpd.ppp.frame.PppFrame;
import dev.pptpd.ppp.frame.PppProtocol;
import dev.pptpd.ppp.fsm.RestartTimer;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.ppp.ipcp.Ipv4Assignment;
import dev.pptpd.ppp.lcp.EchoTimer;
import dev.pptpd.ppp.lcp.LcpConfiguration;
import dev.pptpd.ppp.option.Options;
import dev.pptpd.ppp.packet.Code;
import dev.pptpd.ppp.packet.ControlPacket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The client at the far end of a link, with a simulated clock. It says what a test tells it to say;
 * only the session's part, who decides logins, is played by itself.
 */
final class ScriptedPeer {
    static final NtPasswordHash PASSWORD = NtPasswordHash.ofPassword("clientPass");
    static final int START_DELAY_MILLIS = 75;
    static final EchoTimer ECHO = new EchoTimer(10_000, 3);
    static final Ipv4Assignment ASSIGNMENT =
            new Ipv4Assignment(
                    Ipv4Address.parse("10.0.0.1").orElseThrow(),
                    Ipv4Address.parse("10.0.0.5").orElseThrow(),
                    List.of(Ipv4Address.parse("10.0.0.2").orElseThrow()),
                    List.of());

    /** A control packet of the link. */
    record Sent(int protocol, ControlPacket packet) {}

    final PppLink link;

    /** Packets of the link that the script has not looked at. */
    final Queue<Sent> sent = new ArrayDeque<>();

    /** Every action but frames. */
    final List<LinkAction> events = new ArrayList<>();

    /** While false, logins stay undecided. */
    boolean decides = true;

    /** What a client gets whose login is good. */
    Ipv4Assignment assignment = ASSIGNMENT;

    private final MppeEngine engine = new ReferenceMppeEngine();
    private final MppeEncryptor[] encryptor = new MppeEncryptor[1];
    private final MppeDecryptor[] decryptor = new MppeDecryptor[1];
    private Optional<MppeStartKeys> keys = Optional.empty();
    private int identifier;
    private long nowNanos = -TimeUnit.DAYS.toNanos(3);

    ScriptedPeer(MppePolicy policy) {
        this(policy, true);
    }

    ScriptedPeer(MppePolicy policy, boolean requireAuthentication) {
        this(
                new LinkRole.Server(),
                new MppeConfiguration(policy, Set.of(MppeStrength.BITS_128)),
                requireAuthentication);
    }

    /** The other way about: the script is the server of a client's link. */
    ScriptedPeer(MppeConfiguration mppe) {
        this(mppe, "User");
    }

    /** The same with a client of another name. */
    ScriptedPeer(MppeConfiguration mppe, String name) {
        this(client(name, PASSWORD), mppe, false);
    }

    /** A server's link with other network protocols. */
    ScriptedPeer(MppePolicy policy, NetworkConfiguration network) {
        this(
                configuration(
                                new LinkRole.Server(),
                                new MppeConfiguration(policy, Set.of(MppeStrength.BITS_128)),
                                true)
                        .with(network));
    }

    private ScriptedPeer(LinkRole role, MppeConfiguration mppe, boolean requireAuthentication) {
        this(configuration(role, mppe, requireAuthentication));
    }

    /** A link of any kind. */
    ScriptedPeer(LinkConfiguration configuration) {
        link = new PppLink(configuration, engine, new Random(1));
        link.start(nowNanos);
        drain();
    }

    static LinkRole.Client client(String name, NtPasswordHash password) {
        return new LinkRole.Client(
                new PeerName(name.getBytes(UTF_8)),
                KnownPassword.ofHash(password),
                List.of(LoginMethod.MS_CHAP_V2));
    }

    static LinkConfiguration configuration(
            LinkRole role, MppeConfiguration mppe, boolean requireAuthentication) {
        return configuration(
                role,
                mppe,
                requireAuthentication ? List.of(LoginMethod.MS_CHAP_V2) : List.of(),
                LoginLimits.DEFAULT);
    }

    static LinkConfiguration configuration(
            LinkRole role, MppeConfiguration mppe, List<LoginMethod> logins, LoginLimits limits) {
        return configuration(role, mppe, logins, limits, 1400);
    }

    static LinkConfiguration configuration(
            LinkRole role,
            MppeConfiguration mppe,
            List<LoginMethod> logins,
            LoginLimits limits,
            int mruBytes) {
        return new LinkConfiguration(
                "pptpd",
                role,
                new LcpConfiguration(mruBytes, true, 0, true, logins, true, true, true),
                mppe,
                START_DELAY_MILLIS,
                RestartTimer.DEFAULT,
                RestartTimer.DEFAULT,
                RestartTimer.DEFAULT,
                limits,
                ECHO,
                NetworkConfiguration.IPV4_ONLY);
    }

    // What the client says.

    FrameVerdict say(int protocol, int code, String options) {
        return say(protocol, code, identifier++, Options.of(options).encode());
    }

    FrameVerdict say(int protocol, int code, int id, byte[] data) {
        return say(protocol, new ControlPacket(code, id, data));
    }

    FrameVerdict say(int protocol, ControlPacket packet) {
        byte[] body = packet.encode();
        ByteBuffer frame = ByteBuffer.allocate(8 + body.length).position(8);
        frame.put(body).position(8);
        PppFrame.prependHeader(frame, protocol, false, protocol != PppProtocol.LCP);
        return sayFrame(frame);
    }

    FrameVerdict sayHex(String frame) {
        return sayFrame(ByteBuffer.wrap(HexFormat.of().parseHex(frame)));
    }

    FrameVerdict sayFrame(ByteBuffer frame) {
        FrameVerdict verdict = link.receive(frame, nowNanos);
        if (verdict == FrameVerdict.ENCRYPTED) {
            MppeVerdict[] verdicts = new MppeVerdict[1];
            MppeDecryptor[] states = {link.decryptor()};
            engine.decrypt(states, new ByteBuffer[] {frame}, verdicts, 1, nowNanos);
            verdict = link.decrypted(frame, verdicts[0], nowNanos);
        }
        drain();
        return verdict;
    }

    FrameVerdict sayIp(byte[] packet) {
        ByteBuffer frame = frameOf(packet);
        PppFrame.prependHeader(frame, PppProtocol.IPV4, false, true);
        return sayFrame(frame);
    }

    FrameVerdict sayEncryptedIp(byte[] packet) {
        ByteBuffer frame = frameOf(packet);
        PppFrame.prependHeader(frame, PppProtocol.IPV4, false, true);
        engine.encrypt(encryptor, new ByteBuffer[] {frame}, 1);
        PppFrame.prependHeader(frame, PppProtocol.COMPRESSED, true, true);
        FrameVerdict verdict = sayFrame(frame);
        if (verdict == FrameVerdict.IPV4) {
            assertThat(remaining(frame)).isEqualTo(packet);
        }
        return verdict;
    }

    /** The client's encryption of one frame, in place. */
    void encrypt(ByteBuffer[] frame) {
        engine.encrypt(encryptor, frame, 1);
    }

    /** Acknowledges the next request of the link under a protocol. */
    ControlPacket acknowledge(int protocol) {
        ControlPacket request = expect(protocol, Code.CONFIGURE_REQUEST);
        say(protocol, Code.CONFIGURE_ACK, request.identifier(), request.data());
        return request;
    }

    // What the client hears.

    ControlPacket expect(int protocol, int code) {
        Sent next = sent.remove();
        assertThat(String.format("%04X code %d", next.protocol(), next.packet().code()))
                .isEqualTo(String.format("%04X code %d", protocol, code));
        return next.packet();
    }

    void expect(int protocol, int code, String options) {
        assertThat(HexFormat.of().formatHex(expect(protocol, code).data()))
                .isEqualTo(HexFormat.of().formatHex(Options.of(options).encode()));
    }

    /** What arrives of an IP packet that the session sends; empty when the link drops it. */
    Optional<byte[]> hearIp(byte[] packet) {
        Optional<ByteBuffer> heard = hearFrame(packet);
        if (heard.isEmpty()) {
            return Optional.empty();
        }
        ByteBuffer frame = heard.get();
        int protocol = PppFrame.decodeProtocol(frame);
        if (protocol == PppProtocol.COMPRESSED) {
            MppeVerdict[] verdicts = new MppeVerdict[1];
            engine.decrypt(decryptor, new ByteBuffer[] {frame}, verdicts, 1, nowNanos);
            assertThat(verdicts[0]).isEqualTo(MppeVerdict.DECRYPTED);
            protocol = PppFrame.decodeProtocol(frame);
        }
        assertThat(protocol).isEqualTo(PppProtocol.IPV4);
        return Optional.of(remaining(frame));
    }

    /** The frame of an IP packet that the session sends; empty when the link drops it. */
    Optional<ByteBuffer> hearFrame(byte[] packet) {
        ByteBuffer frame = frameOf(packet);
        switch (link.prepare(frame)) {
            case DROPPED -> {
                return Optional.empty();
            }
            case READY -> {}
            case ENCRYPT -> {
                engine.encrypt(new MppeEncryptor[] {link.encryptor()}, new ByteBuffer[] {frame}, 1);
                link.completeEncrypted(frame);
            }
        }
        return Optional.of(frame);
    }

    /** The client's keys of its login. */
    MppeStartKeys startKeys() {
        return keys.orElseThrow();
    }

    boolean isFinished() {
        return events.stream().anyMatch(LinkAction.Finished.class::isInstance);
    }

    LinkEnd finished() {
        List<LinkEnd> ends = new ArrayList<>();
        for (LinkAction event : events) {
            if (event instanceof LinkAction.Finished(LinkEnd end)) {
                ends.add(end);
            }
        }
        assertThat(ends).as("how it ended").hasSize(1);
        return ends.getFirst();
    }

    long count(Class<? extends LinkAction> kind) {
        return events.stream().filter(kind::isInstance).count();
    }

    // Steps that many scripts have in common.

    /** LCP as Windows 10 does it, up to the Challenge. */
    void establish() {
        establish("1:0578 5:31d67a6e 7 8");
    }

    void establish(String options) {
        say(PppProtocol.LCP, Code.CONFIGURE_REQUEST, options);
        acknowledge(PppProtocol.LCP);
        expect(PppProtocol.LCP, Code.CONFIGURE_ACK, options);
    }

    void logIn() {
        answer(expect(PppProtocol.CHAP, 1), PASSWORD);
        String message = new String(expect(PppProtocol.CHAP, 3).data(), US_ASCII);
        assertThat(message).matches("S=[0-9A-F]{40}");
    }

    /** Answers a Challenge, or a Failure as if it were one. */
    ControlPacket answer(ControlPacket challenge, NtPasswordHash password) {
        byte[] octets = Arrays.copyOfRange(challenge.data(), 1, 17);
        return answer(challenge.identifier(), octets, password);
    }

    ControlPacket answer(int id, byte[] challenge, NtPasswordHash password) {
        byte[] name = "User".getBytes(UTF_8);
        MsChapV2Request request =
                MsChapV2.respond(new PeerName(name), challenge, new byte[16], password);
        keys = Optional.of(MsChapV2.clientStartKeys(request, password));
        byte[] data =
                ByteBuffer.allocate(50 + name.length)
                        .put((byte) 49)
                        .put(request.peerChallenge())
                        .put(new byte[8])
                        .put(request.ntResponse())
                        .put((byte) 0)
                        .put(name)
                        .array();
        ControlPacket response = new ControlPacket(2, id, data);
        say(PppProtocol.CHAP, response);
        return response;
    }

    /** CCP to its end, the link's request first, and the client's packet states. */
    void encrypt() {
        say(PppProtocol.CCP, Code.CONFIGURE_REQUEST, "18:01000040");
        acknowledge(PppProtocol.CCP);
        expect(PppProtocol.CCP, Code.CONFIGURE_ACK, "18:01000040");
        beginMppe();
    }

    void beginMppe() {
        MppeStartKeys start = keys.orElseThrow();
        encryptor[0] = engine.encryptor(MppeMode.stateless(MppeStrength.BITS_128), start.send());
        decryptor[0] =
                engine.decryptor(MppeMode.stateless(MppeStrength.BITS_128), start.receive(), 1500);
    }

    /** IPCP when the link's own request is already out or goes out with the answer. */
    void address() {
        acknowledge(PppProtocol.IPCP);
        say(PppProtocol.IPCP, Code.CONFIGURE_REQUEST, "3:0a000005");
        expect(PppProtocol.IPCP, Code.CONFIGURE_ACK, "3:0a000005");
    }

    /** LCP of a server that wants a login, up to where its Challenge is due. */
    void establishAsServer() {
        pass(START_DELAY_MILLIS);
        acknowledge(PppProtocol.LCP);
        say(PppProtocol.LCP, Code.CONFIGURE_REQUEST, "3:c22381 5:31d67a6e 7 8");
        expect(PppProtocol.LCP, Code.CONFIGURE_ACK, "3:c22381 5:31d67a6e 7 8");
    }

    /** Challenges and lets in whoever answers rightly. */
    void letIn(int id) {
        byte[] challenge = new byte[16];
        Arrays.fill(challenge, (byte) id);
        sayChallenge(id, challenge);
        AuthenticationResult.Accepted accepted = verify(expect(PppProtocol.CHAP, 2), challenge);
        keys = accepted.startKeys();
        say(PppProtocol.CHAP, 3, id, accepted.successMessage().getBytes(US_ASCII));
    }

    void sayChallenge(int id, byte[] challenge) {
        byte[] data = ByteBuffer.allocate(17).put((byte) 16).put(challenge).array();
        say(PppProtocol.CHAP, 1, id, data);
    }

    static AuthenticationResult.Accepted verify(ControlPacket response, byte[] challenge) {
        byte[] data = response.data();
        MsChapV2Request request =
                new MsChapV2Request(
                        new PeerName(Arrays.copyOfRange(data, 50, data.length)),
                        challenge,
                        Arrays.copyOfRange(data, 1, 17),
                        Arrays.copyOfRange(data, 25, 49));
        return (AuthenticationResult.Accepted) MsChapV2.verify(request, PASSWORD);
    }

    /** Everything of a server, with encryption; the client gets 10.0.0.5 and two name servers. */
    void comeUpAsServer() {
        establishAsServer();
        letIn(1);
        encrypt();
        nameAddresses();
        assertThat(count(LinkAction.NetworkUp.class)).isOne();
        assertThat(sent).isEmpty();
    }

    void nameAddresses() {
        ControlPacket request = expect(PppProtocol.IPCP, Code.CONFIGURE_REQUEST);
        byte[] named = Options.of("3:0a000005 129:0a000002 131:0a000003").encode();
        say(PppProtocol.IPCP, Code.CONFIGURE_NAK, request.identifier(), named);
        assertThat(acknowledge(PppProtocol.IPCP).data()).isEqualTo(named);
        say(PppProtocol.IPCP, Code.CONFIGURE_REQUEST, "3:0a000001");
        expect(PppProtocol.IPCP, Code.CONFIGURE_ACK, "3:0a000001");
    }

    /** Everything, with encryption. */
    void comeUp() {
        establish();
        logIn();
        encrypt();
        address();
        assertThat(count(LinkAction.NetworkUp.class)).isOne();
        assertThat(sent).isEmpty();
    }

    /** Everything, with encryption and IPv6; {@code identifier} is the option of the client. */
    void comeUpWithIpv6(String identifier) {
        establish();
        logIn();
        encrypt();
        acknowledge(PppProtocol.IPCP);
        acknowledge(PppProtocol.IPV6CP);
        say(PppProtocol.IPCP, Code.CONFIGURE_REQUEST, "3:0a000005");
        expect(PppProtocol.IPCP, Code.CONFIGURE_ACK, "3:0a000005");
        say(PppProtocol.IPV6CP, Code.CONFIGURE_REQUEST, identifier);
        expect(PppProtocol.IPV6CP, Code.CONFIGURE_ACK, identifier);
        assertThat(count(LinkAction.Ipv6Up.class)).isOne();
        assertThat(sent).isEmpty();
    }

    // The session and the clock.

    void decide(AuthenticationRequest request) {
        switch (request.verify(KnownPassword.ofHash(PASSWORD))) {
            case AuthenticationResult.Accepted accepted ->
                    link.authenticated(request, accepted, assignment, nowNanos);
            case AuthenticationResult.Rejected rejected ->
                    link.refused(request, rejected, nowNanos);
        }
        drain();
    }

    /** About the address that the client asked for. */
    void decideAddress(Ipv4Assignment decided) {
        link.addressDecided(decided, nowNanos);
        drain();
    }

    /** A login that was asked to be decided, in the order of the questions from 0. */
    AuthenticationRequest asked(int index) {
        List<AuthenticationRequest> requests = new ArrayList<>();
        for (LinkAction event : events) {
            if (event instanceof LinkAction.Authenticate(AuthenticationRequest request)) {
                requests.add(request);
            }
        }
        return requests.get(index);
    }

    void close(String reason) {
        link.close(new LinkEnd(LinkEnd.Cause.LOCAL, reason), nowNanos);
        drain();
    }

    /** Lets time pass and the link's timers run when they are due. */
    void pass(long millis) {
        long until = nowNanos + TimeUnit.MILLISECONDS.toNanos(millis);
        while (link.nextDeadlineNanos() <= until) {
            nowNanos = Math.max(nowNanos, link.nextDeadlineNanos());
            link.onTimeout(nowNanos);
            drain();
        }
        nowNanos = until;
    }

    long nowNanos() {
        return nowNanos;
    }

    private void drain() {
        LinkAction action = link.pollAction();
        while (action != null) {
            assertThat(isFinished()).as("nothing follows Finished, not even %s", action).isFalse();
            switch (action) {
                case LinkAction.SendFrame(byte[] frame) -> sent.add(decode(frame));
                case LinkAction.Authenticate(AuthenticationRequest request) -> {
                    events.add(action);
                    if (decides) {
                        decide(request);
                    }
                }
                case LinkAction.Compute(Runnable task) -> {
                    task.run();
                    link.computed(task, nowNanos);
                }
                case LinkAction.Admit _ -> {
                    events.add(action);
                    link.admitted(assignment, nowNanos);
                }
                case LinkAction.AskForAddress _,
                        LinkAction.LoggedIn _,
                        LinkAction.NotGiven _,
                        LinkAction.Unencrypted _,
                        LinkAction.NetworkUp _,
                        LinkAction.NetworkDown _,
                        LinkAction.Ipv6Up _,
                        LinkAction.Ipv6Down _,
                        LinkAction.Identified _,
                        LinkAction.Finished _ ->
                        events.add(action);
            }
            action = link.pollAction();
        }
    }

    private static Sent decode(byte[] frame) {
        ByteBuffer buffer = ByteBuffer.wrap(frame);
        int protocol = PppFrame.decodeProtocol(buffer);
        return new Sent(protocol, ControlPacket.decode(buffer).orElseThrow());
    }

    private static ByteBuffer frameOf(byte[] packet) {
        ByteBuffer frame = ByteBuffer.allocate(PppLink.HEADROOM_OCTETS + packet.length);
        frame.position(PppLink.HEADROOM_OCTETS);
        frame.put(packet).position(PppLink.HEADROOM_OCTETS);
        return frame;
    }

    private static byte[] remaining(ByteBuffer frame) {
        byte[] octets = new byte[frame.remaining()];
        frame.get(frame.position(), octets);
        return octets;
    }
}
