package dev.pptpd.emulator;

import dev.pptpd.emulator.Observation.Direction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/** The client's end of the PPP link: LCP, authentication, and whom a frame concerns. */
final class EmulatedLink {
    /** The octets between magic number and error code in the Terminate-Request of Windows. */
    private static final int WINDOWS_TERMINATE_MARK = 0x003CCD74;

    /** RAS error 778: the identity of the server could not be verified. */
    static final int SERVER_NOT_PROVEN = 778;

    private final ClientProfile profile;
    private final Journal journal;
    private final int magicNumber;
    private final IdentifierCounter identifiers;
    private final LinkPolicy linkPolicy;
    private final Negotiation link;
    private final AuthenticationPeer authentication;
    private final NetworkPhase network;
    private final Deque<Octets> frames = new ArrayDeque<>();
    private boolean authenticated;
    private boolean terminated;

    EmulatedLink(
            ClientProfile profile,
            Credentials credentials,
            RandomGenerator entropy,
            Journal journal) {
        this.profile = profile;
        this.journal = journal;
        magicNumber = entropy.nextInt() | 1;
        identifiers = new IdentifierCounter(profile.link().firstIdentifier());
        linkPolicy = new LinkPolicy(profile.link(), magicNumber);
        link =
                new Negotiation(
                        PppFrame.LCP,
                        linkPolicy,
                        identifiers,
                        profile.link().restartMillis(),
                        this::send);
        authentication = new AuthenticationPeer(credentials, entropy);
        network =
                new NetworkPhase(
                        profile.link(),
                        profile.network(),
                        identifiers,
                        authentication,
                        this::send,
                        journal);
    }

    void start(long nowNanos) {
        link.start(nowNanos);
    }

    boolean opened() {
        return link.opened();
    }

    boolean terminated() {
        return terminated;
    }

    int sendControlCharacterMap() {
        return linkPolicy.sendControlCharacterMap();
    }

    NetworkPhase network() {
        return network;
    }

    int nextIdentifier() {
        return identifiers.next();
    }

    /** The next frame to send, in its wire form. */
    Optional<Octets> pollFrame() {
        return Optional.ofNullable(frames.poll());
    }

    /** Sends a frame with as few header octets as the server allows. */
    void send(PppFrame frame) {
        journal.add(new Observation.FrameSeen(Direction.SENT, frame));
        boolean terminates =
                frame.protocol() == PppFrame.LCP
                        && (frame.information().u8(0) == PppPacket.TERMINATE_REQUEST
                                || frame.information().u8(0) == PppPacket.TERMINATE_ACK);
        frames.add(
                frame.encode(
                        link.opened() && linkPolicy.compressAddress() && !terminates,
                        link.opened()
                                && linkPolicy.compressProtocol()
                                && frame.protocol() == PppFrame.COMPRESSED));
    }

    void receive(PppFrame frame, long nowNanos) {
        switch (frame.protocol()) {
            case PppFrame.LCP ->
                    PppPacket.decode(frame.information())
                            .ifPresent(packet -> control(packet, nowNanos));
            case PppFrame.CHAP ->
                    PppPacket.decode(frame.information())
                            .ifPresent(packet -> authenticate(packet, nowNanos));
            default -> {
                if (authenticated && !terminated) {
                    network.receive(frame, nowNanos);
                } else {
                    journal.add(new Observation.Dropped("not in the network phase"));
                }
            }
        }
    }

    private void control(PppPacket packet, long nowNanos) {
        switch (packet.code()) {
            case PppPacket.TERMINATE_REQUEST -> {
                send(reply(PppPacket.TERMINATE_ACK, packet.identifier(), packet.data()));
                terminate();
            }
            case PppPacket.TERMINATE_ACK -> terminate();
            case PppPacket.ECHO_REQUEST ->
                    send(
                            reply(
                                    PppPacket.ECHO_REPLY,
                                    packet.identifier(),
                                    magic().plus(packet.data().from(4))));
            case PppPacket.PROTOCOL_REJECT -> network.protocolRejected(packet.data().u16(0));
            default -> {
                switch (link.receive(packet, nowNanos)) {
                    case UP -> identify();
                    case DOWN -> {
                        authenticated = false;
                        network.close();
                    }
                    case NONE -> {}
                }
            }
        }
    }

    private void identify() {
        for (String text : profile.link().identifications()) {
            Octets octets = Octets.of(text.getBytes(StandardCharsets.ISO_8859_1));
            send(reply(PppPacket.IDENTIFICATION, identifiers.next(), magic().plus(octets)));
        }
    }

    private void authenticate(PppPacket packet, long nowNanos) {
        if (authentication.challengedBy(packet)) {
            repeatResponse();
            return;
        }
        switch (authentication.verdict(packet)) {
            case SUCCESS -> {
                if (!authenticated) {
                    authenticated = true;
                    network.start(nowNanos);
                }
            }
            case SERVER_NOT_PROVEN -> sendTerminateRequest(SERVER_NOT_PROVEN);
            case WAIT -> {}
        }
    }

    /** Sends the latest Response, for the first time or as after a Success that got lost. */
    void repeatResponse() {
        authentication.response().ifPresent(response -> send(PppFrame.of(PppFrame.CHAP, response)));
    }

    /** Asks the server to end the link; Windows says why. */
    void sendTerminateRequest(int rasErrorCode) {
        Octets data =
                profile.teardown() == ClientProfile.Teardown.WINDOWS
                        ? magic().plus(
                                        new OctetWriter()
                                                .u32(WINDOWS_TERMINATE_MARK)
                                                .u32(rasErrorCode)
                                                .toOctets())
                        : new OctetWriter().text("User request").toOctets();
        send(reply(PppPacket.TERMINATE_REQUEST, identifiers.next(), data));
    }

    private void terminate() {
        terminated = true;
        link.close();
        network.close();
    }

    private Octets magic() {
        return new OctetWriter().u32(magicNumber).toOctets();
    }

    private static PppFrame reply(int code, int identifier, Octets data) {
        return PppFrame.of(PppFrame.LCP, new PppPacket(code, identifier, data));
    }

    OptionalLong nextDeadlineNanos() {
        return Deadline.earliest(link.nextDeadlineNanos(), network.nextDeadlineNanos());
    }

    void onTimeout(long nowNanos) {
        link.onTimeout(nowNanos);
        network.onTimeout(nowNanos);
    }
}
