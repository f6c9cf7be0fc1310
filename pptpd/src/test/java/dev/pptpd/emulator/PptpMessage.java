package dev.pptpd.emulator;

import dev.pptpd.emulator.ClientProfile.CallRequest;
import dev.pptpd.emulator.ClientProfile.StartRequest;

/**
 * One message of the control connection, whole.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-2 RFC 2637 section 2
 */
public record PptpMessage(Octets octets) {
    public static final int START_CONTROL_CONNECTION_REQUEST = 1;
    public static final int START_CONTROL_CONNECTION_REPLY = 2;
    public static final int STOP_CONTROL_CONNECTION_REQUEST = 3;
    public static final int STOP_CONTROL_CONNECTION_REPLY = 4;
    public static final int ECHO_REQUEST = 5;
    public static final int ECHO_REPLY = 6;
    public static final int OUTGOING_CALL_REQUEST = 7;
    public static final int OUTGOING_CALL_REPLY = 8;
    public static final int CALL_CLEAR_REQUEST = 12;
    public static final int CALL_DISCONNECT_NOTIFY = 13;
    public static final int SET_LINK_INFO = 15;

    private static final int MAGIC_COOKIE = 0x1A2B3C4D;
    private static final int HEADER_LENGTH = 12;

    public int type() {
        return octets.u16(8);
    }

    public static PptpMessage startControlConnectionRequest(StartRequest request) {
        return of(
                START_CONTROL_CONNECTION_REQUEST,
                new OctetWriter()
                        .u16(0x0100)
                        .u16(0)
                        .u32(request.framing())
                        .u32(request.bearer())
                        .u16(request.maximumChannels())
                        .u16(request.firmwareRevision())
                        .text(request.hostName(), 64)
                        .text(request.vendor(), 64));
    }

    public static PptpMessage outgoingCallRequest(CallRequest request, int callId, int serial) {
        return of(
                OUTGOING_CALL_REQUEST,
                new OctetWriter()
                        .u16(callId)
                        .u16(serial)
                        .u32(request.minimumBitsPerSecond())
                        .u32(request.maximumBitsPerSecond())
                        .u32(3)
                        .u32(3)
                        .u16(request.receiveWindow())
                        .u16(0)
                        .zeros(4 + 64 + 64));
    }

    public static PptpMessage setLinkInfo(int peerCallId, int sendAccm, int receiveAccm) {
        return of(
                SET_LINK_INFO,
                new OctetWriter().u16(peerCallId).u16(0).u32(sendAccm).u32(receiveAccm));
    }

    public static PptpMessage callClearRequest(int callId) {
        return of(CALL_CLEAR_REQUEST, new OctetWriter().u16(callId).u16(0));
    }

    public static PptpMessage stopControlConnectionRequest(int reason) {
        return of(STOP_CONTROL_CONNECTION_REQUEST, new OctetWriter().u8(reason).zeros(3));
    }

    public static PptpMessage stopControlConnectionReply() {
        return of(STOP_CONTROL_CONNECTION_REPLY, new OctetWriter().u8(1).zeros(3));
    }

    public static PptpMessage echoRequest(int identifier) {
        return of(ECHO_REQUEST, new OctetWriter().u32(identifier));
    }

    public static PptpMessage echoReply(int identifier) {
        return of(ECHO_REPLY, new OctetWriter().u32(identifier).u8(1).zeros(3));
    }

    private static PptpMessage of(int type, OctetWriter body) {
        Octets fields = body.toOctets();
        return new PptpMessage(
                new OctetWriter()
                        .u16(HEADER_LENGTH + fields.length())
                        .u16(1)
                        .u32(MAGIC_COOKIE)
                        .u16(type)
                        .u16(0)
                        .octets(fields)
                        .toOctets());
    }
}
