package dev.pptpd.emulator;

import dev.pptpd.emulator.ClientProfile.CallIdChoice;
import dev.pptpd.emulator.ClientProfile.SetLinkInfoHabit;
import dev.pptpd.emulator.Observation.Direction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** A whole client without its sockets: messages, packets and time in, actions out. */
final class ClientAutomaton {
    private static final int UNCHANGED_MAP = 0xFFFFFFFF;

    private final ClientProfile profile;
    private final Journal journal;
    private final int callId;
    private final int serial;
    private final EmulatedLink link;
    private final HangUp hangUp = new HangUp(this);
    private final MessageStream messages = new MessageStream();
    private final Deque<ClientAction> actions = new ArrayDeque<>();
    private final List<Predicate<PppFrame>> toLose = new ArrayList<>();

    private Optional<GreChannel> tunnel = Optional.empty();
    private int peerCallId;
    private OptionalLong callUpAtNanos = OptionalLong.empty();
    private boolean callUp;
    private boolean linkWasOpen;
    private final CompletableFuture<Long> networkUp = new CompletableFuture<>();
    private final CompletableFuture<Long> firstEcho = new CompletableFuture<>();

    ClientAutomaton(
            ClientProfile profile,
            Credentials credentials,
            RandomGenerator entropy,
            Journal journal) {
        this.profile = profile;
        this.journal = journal;
        callId = profile.call().callId() == CallIdChoice.ZERO ? 0 : 1 + entropy.nextInt(65535);
        serial = entropy.nextInt(65536);
        link = new EmulatedLink(profile, credentials, entropy, journal);
    }

    ClientProfile profile() {
        return profile;
    }

    EmulatedLink link() {
        return link;
    }

    /** When the network came up for the first time, in monotonic nanoseconds. */
    CompletableFuture<Long> networkUp() {
        return networkUp;
    }

    /** When the echo was answered that went out as soon as the network was up. */
    CompletableFuture<Long> firstEcho() {
        return firstEcho;
    }

    int peerCallId() {
        return peerCallId;
    }

    /** The number of the GRE packet that is sent next. */
    int nextSequence() {
        return tunnel.orElseThrow().nextSequence();
    }

    /** The TCP connection stands. */
    void connected() {
        send(PptpMessage.startControlConnectionRequest(profile.start()));
    }

    /** Whatever one read of the control connection gave. */
    void receiveControl(Octets octets, long nowNanos) {
        for (PptpMessage message : messages.receive(octets)) {
            journal.add(new Observation.MessageSeen(Direction.RECEIVED, message));
            receive(message, nowNanos);
        }
        collect(nowNanos);
    }

    private void receive(PptpMessage message, long nowNanos) {
        switch (message.type()) {
            case PptpMessage.START_CONTROL_CONNECTION_REPLY ->
                    send(PptpMessage.outgoingCallRequest(profile.call(), callId, serial));
            case PptpMessage.OUTGOING_CALL_REPLY -> callReplied(message.octets(), nowNanos);
            case PptpMessage.ECHO_REQUEST -> send(PptpMessage.echoReply(message.octets().u32(12)));
            case PptpMessage.CALL_DISCONNECT_NOTIFY -> hangUp.callDisconnected(nowNanos);
            case PptpMessage.STOP_CONTROL_CONNECTION_REPLY -> hangUp.connectionStopped();
            case PptpMessage.STOP_CONTROL_CONNECTION_REQUEST -> {
                send(PptpMessage.stopControlConnectionReply());
                hangUp.connectionEnded();
                closeConnection();
            }
            default -> {}
        }
    }

    /** The server has closed the control connection. */
    void connectionEnded() {
        hangUp.connectionEnded();
    }

    private void callReplied(Octets reply, long nowNanos) {
        if (reply.u16(14) != callId) {
            throw new IllegalStateException("reply to a call of somebody else: " + reply);
        }
        if (reply.u8(16) != 1) {
            closeConnection();
            return;
        }
        peerCallId = reply.u16(12);
        tunnel = Optional.of(new GreChannel(peerCallId, profile.tunnel()));
        callUpAtNanos = OptionalLong.of(nowNanos + profile.tunnel().callUpMillis() * 1_000_000L);
        if (profile.setLinkInfo() != SetLinkInfoHabit.NEVER) {
            sendSetLinkInfo(UNCHANGED_MAP);
        }
    }

    /** A packet from the raw socket; those of other calls are ignored. */
    void receive(GrePacket packet, long nowNanos) {
        if (packet.callId() != callId || tunnel.isEmpty()) {
            return;
        }
        tunnel.get()
                .receive(packet, nowNanos)
                .flatMap(PppFrame::decode)
                .ifPresent(frame -> receive(frame, nowNanos));
        collect(nowNanos);
    }

    private void receive(PppFrame frame, long nowNanos) {
        journal.add(new Observation.FrameSeen(Direction.RECEIVED, frame));
        if (!callUp) {
            journal.add(new Observation.Dropped("the call is not up yet"));
            return;
        }
        Optional<Predicate<PppFrame>> loss =
                toLose.stream().filter(wanted -> wanted.test(frame)).findFirst();
        if (loss.isPresent()) {
            toLose.remove(loss.get());
            journal.add(new Observation.Dropped("lost on purpose"));
            return;
        }
        link.receive(frame, nowNanos);
    }

    /** The next frame that fits is lost on its way to this client. */
    void loseNext(Predicate<PppFrame> wanted) {
        toLose.add(wanted);
    }

    void hangUp(long nowNanos) {
        hangUp.begin(nowNanos);
        collect(nowNanos);
    }

    OptionalLong nextDeadlineNanos() {
        return Deadline.earliest(
                callUp ? OptionalLong.empty() : callUpAtNanos,
                link.nextDeadlineNanos(),
                hangUp.nextDeadlineNanos(),
                tunnel.map(GreChannel::nextDeadlineNanos).orElse(OptionalLong.empty()));
    }

    void onTimeout(long nowNanos) {
        if (!callUp && Deadline.passed(callUpAtNanos, nowNanos)) {
            callUp = true;
            link.start(nowNanos);
        }
        link.onTimeout(nowNanos);
        hangUp.onTimeout(nowNanos);
        collect(nowNanos);
        tunnel.flatMap(channel -> channel.onTimeout(nowNanos))
                .ifPresent(packet -> actions.add(new ClientAction.SendPacket(packet)));
    }

    Optional<ClientAction> pollAction() {
        return Optional.ofNullable(actions.poll());
    }

    /** Moves the link's frames into the tunnel; to be called when something may have changed. */
    void collect(long nowNanos) {
        if (link.opened() && !linkWasOpen) {
            linkWasOpen = true;
            if (profile.setLinkInfo() == SetLinkInfoHabit.THREE_TIMES) {
                sendSetLinkInfo(link.sendControlCharacterMap());
            }
        }
        if (link.network().up() && networkUp.complete(nowNanos)) {
            link.network().data().ping(firstEcho);
        }
        hangUp.proceed(nowNanos);
        Optional<Octets> frame = link.pollFrame();
        while (frame.isPresent()) {
            GrePacket packet = tunnel.orElseThrow().wrap(frame.get());
            actions.add(new ClientAction.SendPacket(packet));
            frame = link.pollFrame();
        }
    }

    void send(PptpMessage message) {
        journal.add(new Observation.MessageSeen(Direction.SENT, message));
        actions.add(new ClientAction.SendMessage(message));
    }

    void sendSetLinkInfo(int sendMap) {
        send(PptpMessage.setLinkInfo(peerCallId, sendMap, UNCHANGED_MAP));
    }

    void sendCallClearRequest() {
        send(PptpMessage.callClearRequest(callId));
    }

    void closeConnection() {
        actions.add(new ClientAction.CloseConnection());
    }
}
