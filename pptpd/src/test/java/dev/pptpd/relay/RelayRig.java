package dev.pptpd.relay;

import dev.pptpd.call.CallIdAllocator;
import dev.pptpd.control.ControlMessage;
import dev.pptpd.control.ControlMessageDecoder;
import dev.pptpd.control.ControlMessageEncoder;
import dev.pptpd.control.DecodedMessage;
import dev.pptpd.control.OutgoingCallReply;
import dev.pptpd.control.OutgoingCallRequest;
import dev.pptpd.control.StartControlConnectionReply;
import dev.pptpd.control.StartControlConnectionRequest;
import dev.pptpd.control.Subaddress;
import dev.pptpd.control.TextField;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** One relayed connection, what it did, and the messages of its two ends. */
final class RelayRig {
    static final int MAXIMUM_CALLS = 16;
    static final StartControlConnectionRequest START =
            new StartControlConnectionRequest(
                    0x0100, 1, 2, 3, 2600, TextField.of("host"), TextField.of("Microsoft"));
    static final StartControlConnectionReply STARTED =
            new StartControlConnectionReply(
                    0x0100, 1, 0, 3, 3, 1, 9, TextField.of("gw"), TextField.of("linux"));

    final RelayedConnection connection;
    final List<RelayAction> others = new ArrayList<>();
    long now = Long.MAX_VALUE - 5;
    private final List<Sent> sent = new ArrayList<>();

    /** A message that left the relay. */
    record Sent(RelaySide to, ByteBuffer octets) {
        ControlMessage message() {
            DecodedMessage decoded = new ControlMessageDecoder().decode(octets.duplicate());
            return ((DecodedMessage.Known) decoded).message();
        }
    }

    RelayRig() {
        this(new CallIdAllocator(new SplittableRandom(1), 1));
    }

    RelayRig(CallIdAllocator ids) {
        connection = new RelayedConnection(ids, MAXIMUM_CALLS);
    }

    /** With the start of the connection behind it. */
    static RelayRig started() {
        RelayRig rig = new RelayRig();
        rig.say(RelaySide.CLIENT, START);
        rig.say(RelaySide.SERVER, STARTED);
        rig.sent.clear();
        return rig;
    }

    static OutgoingCallRequest request(int callId) {
        return new OutgoingCallRequest(
                callId, 11, 300, 0x8000_0000L, 3, 2, 64, 9, TextField.of("555"), Subaddress.NONE);
    }

    static OutgoingCallReply reply(int callId, int peerCallId, int result) {
        return new OutgoingCallReply(callId, peerCallId, result, 0, 7, 100_000_000, 64, 1, 5);
    }

    /** One end sends; nothing of what was sent before is kept. */
    List<Sent> say(RelaySide from, ControlMessage... messages) {
        ByteBuffer octets = ByteBuffer.allocate(4096);
        for (ControlMessage message : messages) {
            octets.put(ControlMessageEncoder.encode(message));
        }
        return say(from, octets.flip());
    }

    List<Sent> say(RelaySide from, ByteBuffer octets) {
        sent.clear();
        connection.receive(from, octets, now);
        drain();
        return List.copyOf(sent);
    }

    /** Collects what the connection wants. */
    List<Sent> drain() {
        for (Optional<RelayAction> action = connection.pollAction();
                action.isPresent();
                action = connection.pollAction()) {
            if (action.get() instanceof RelayAction.Send(var to, var message)) {
                sent.add(new Sent(to, message));
            } else {
                others.add(action.get());
            }
        }
        return List.copyOf(sent);
    }

    /** The one message that one end's words become. */
    ControlMessage pass(RelaySide from, ControlMessage message) {
        List<Sent> passed = say(from, message);
        if (passed.size() != 1 || passed.getFirst().to() != from.other()) {
            throw new AssertionError(message + " became " + passed);
        }
        return passed.getFirst().message();
    }

    /** A call that the client asks for and the server agrees to; the four ids. */
    RelayAction.CallIds call(int clientId, int serverId) {
        var request = (OutgoingCallRequest) pass(RelaySide.CLIENT, request(clientId));
        pass(RelaySide.SERVER, reply(serverId, request.callId(), 1));
        return ((RelayAction.CallUp) others.getLast()).ids();
    }

    /** How the connection was closed, if it was. */
    Optional<RelayEnd> closed() {
        return others.stream()
                .filter(RelayAction.Close.class::isInstance)
                .map(action -> ((RelayAction.Close) action).reason())
                .findFirst();
    }
}
