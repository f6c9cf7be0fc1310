package dev.pptpd.emulator;

/** Something a client sent, received or noticed. */
public sealed interface Observation {

    /** Whose octets these were. */
    enum Direction {
        SENT,
        RECEIVED
    }

    /** A whole message on the control connection. */
    record MessageSeen(Direction direction, PptpMessage message) implements Observation {
        @Override
        public String toString() {
            return direction + " message " + message.type() + " " + message.octets();
        }
    }

    /** A PPP frame in the tunnel; encrypted ones as they travel. */
    record FrameSeen(Direction direction, PppFrame frame) implements Observation {
        @Override
        public String toString() {
            return "%s frame %04x %s".formatted(direction, frame.protocol(), frame.information());
        }
    }

    /** An IP packet of the tunnel, after decryption or before encryption. */
    record PacketSeen(Direction direction, boolean encrypted, Ipv4Packet packet)
            implements Observation {
        @Override
        public String toString() {
            return "%s IP protocol %d %s"
                    .formatted(
                            direction, packet.protocol(), encrypted ? "encrypted" : "in the clear");
        }
    }

    /** The server's frame or message was lost on purpose, or could not be used. */
    record Dropped(String why) implements Observation {}

    /** IPCP is open, and CCP where the client uses it. */
    record NetworkUp() implements Observation {}

    /** The control connection is closed, by whichever side. */
    record ConnectionClosed(Direction direction) implements Observation {}

    /** Whether this is a control message of that type from the server. */
    default boolean isMessageFromServer(int type) {
        return this instanceof MessageSeen seen
                && seen.direction == Direction.RECEIVED
                && seen.message.type() == type;
    }

    /** Whether this is a packet with that code from the server in that protocol. */
    default boolean isPacketFromServer(int protocol, int code) {
        return this instanceof FrameSeen seen
                && seen.direction == Direction.RECEIVED
                && isPacket(seen.frame, protocol, code);
    }

    /** Whether this is a packet with that code that the client sent in that protocol. */
    default boolean isPacketFromClient(int protocol, int code) {
        return this instanceof FrameSeen seen
                && seen.direction == Direction.SENT
                && isPacket(seen.frame, protocol, code);
    }

    private static boolean isPacket(PppFrame frame, int protocol, int code) {
        return frame.protocol() == protocol
                && PppPacket.decode(frame.information())
                        .filter(packet -> packet.code() == code)
                        .isPresent();
    }
}
