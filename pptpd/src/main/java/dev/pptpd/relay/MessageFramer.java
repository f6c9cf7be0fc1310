package dev.pptpd.relay;

import dev.pptpd.control.ControlMessageDecoder;
import dev.pptpd.control.DecodedMessage;
import java.nio.ByteBuffer;

/**
 * Cuts one end's octets into messages and keeps the octets of each, so that all of a message but
 * its call ids can be passed on as it came: reserved fields and what a vendor put into them.
 */
final class MessageFramer {
    /** Four times the longest message of RFC 2637; what is longer is malformed. */
    static final int MAXIMUM_OCTETS = 1024;

    private static final RelayedMessage INCOMPLETE = new RelayedMessage.Incomplete();

    private final ControlMessageDecoder decoder = new ControlMessageDecoder(MAXIMUM_OCTETS);
    private final ByteBuffer pending = ByteBuffer.allocate(MAXIMUM_OCTETS);
    private int unknownOctets;

    /** Takes octets from {@code input} up to the end of the next message. */
    RelayedMessage next(ByteBuffer input) {
        if (unknownOctets > 0) {
            return continueUnknown(input);
        }
        ByteBuffer taken = input.duplicate();
        DecodedMessage decoded = decoder.decode(input);
        taken.limit(input.position());
        return switch (decoded) {
            case DecodedMessage.Known(var message) -> {
                pending.put(taken);
                yield new RelayedMessage.Known(message, complete());
            }
            case DecodedMessage.Unknown(_, var lengthOctets) -> {
                pending.put(taken);
                unknownOctets = lengthOctets;
                yield continueUnknown(input);
            }
            case DecodedMessage.Malformed(var fault) -> new RelayedMessage.Malformed(fault);
            case DecodedMessage.Incomplete() -> {
                pending.put(taken);
                yield INCOMPLETE;
            }
        };
    }

    /** The decoder skips the rest of such a message; it is shown that rest and nothing behind. */
    private RelayedMessage continueUnknown(ByteBuffer input) {
        int missing = Math.min(unknownOctets - pending.position(), input.remaining());
        if (missing > 0) {
            ByteBuffer rest = input.slice(input.position(), missing);
            input.position(input.position() + missing);
            pending.put(rest.duplicate());
            decoder.decode(rest);
        }
        if (pending.position() < unknownOctets) {
            return INCOMPLETE;
        }
        unknownOctets = 0;
        return new RelayedMessage.Unknown(complete());
    }

    private ByteBuffer complete() {
        ByteBuffer whole = ByteBuffer.allocate(pending.position());
        whole.put(pending.flip()).flip();
        pending.clear();
        return whole;
    }
}
