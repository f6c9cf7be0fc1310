package dev.pptpd.control;

import java.nio.ByteBuffer;

/** Writes control messages as RFC 2637 section 2 draws them. */
public final class ControlMessageEncoder {
    private ControlMessageEncoder() {}

    /** The whole message, in a new buffer that is ready to be read and belongs to the caller. */
    public static ByteBuffer encode(ControlMessage message) {
        var encoded = ByteBuffer.allocate(message.type().lengthOctets());
        var fields = new MessageFields(encoded);
        fields.uint16(ControlHeader.LENGTH, message.type().lengthOctets())
                .uint16(ControlHeader.PPTP_MESSAGE_TYPE, ControlHeader.CONTROL_MESSAGE)
                .uint32(ControlHeader.MAGIC_COOKIE, ControlHeader.MAGIC)
                .uint16(ControlHeader.CONTROL_MESSAGE_TYPE, message.type().number());
        encodeFields(message, fields);
        return encoded;
    }

    private static void encodeFields(ControlMessage message, MessageFields fields) {
        switch (message) {
            case StartControlConnectionRequest request -> request.encode(fields);
            case StartControlConnectionReply reply -> reply.encode(fields);
            case StopControlConnectionRequest request -> request.encode(fields);
            case StopControlConnectionReply reply -> reply.encode(fields);
            case EchoRequest request -> request.encode(fields);
            case EchoReply reply -> reply.encode(fields);
            case OutgoingCallRequest request -> request.encode(fields);
            case OutgoingCallReply reply -> reply.encode(fields);
            case IncomingCallRequest request -> request.encode(fields);
            case IncomingCallReply reply -> reply.encode(fields);
            case IncomingCallConnected connected -> connected.encode(fields);
            case CallClearRequest request -> request.encode(fields);
            case CallDisconnectNotify notify -> notify.encode(fields);
            case WanErrorNotify notify -> notify.encode(fields);
            case SetLinkInfo info -> info.encode(fields);
        }
    }
}
