package dev.pptpd.ppp.lcp;

import dev.pptpd.ppp.packet.Code;
import dev.pptpd.ppp.packet.ControlPacket;
import dev.pptpd.ppp.packet.PrintableText;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The packets that only LCP has, codes 8 to 13.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc1661#section-5.7 RFC 1661 sections 5.7 to 5.9
 * @spec https://www.rfc-editor.org/rfc/rfc1570#section-2.1 RFC 1570 section 2.1
 */
public final class LcpPackets {
    private static final int MAGIC_OCTETS = 4;

    /** Own magic, {@code 00 3C CD 74}, then the RAS error code: what Windows puts in. */
    private static final int RAS_TERMINATE_OCTETS = 12;

    private static final int RAS_SIGNATURE = 0x003C_CD74;

    /** A longer text is cut in the log. */
    private static final int MAX_TEXT_OCTETS = 64;

    /** As long as our own reasons, which tell the bits of MPPE of both sides. */
    private static final int MAX_REASON_OCTETS = 96;

    private final LcpOptions options;
    private final LcpEcho echo;

    /** The packets of one link. */
    public LcpPackets(LcpOptions options, EchoTimer timer) {
        this.options = options;
        this.echo = new LcpEcho(timer);
    }

    /** The count of unanswered echoes. */
    public LcpEcho echo() {
        return echo;
    }

    /** An Echo-Request with our magic number. */
    public ControlPacket echoRequest(int identifier) {
        return new ControlPacket(Code.ECHO_REQUEST, identifier, magic());
    }

    /**
     * The Echo-Reply: the request's data behind our magic number. Empty when the request is too
     * short or carries our own magic number, which means a loop.
     */
    public Optional<ControlPacket> answerEcho(ControlPacket request) {
        byte[] data = request.data();
        if (data.length < MAGIC_OCTETS || isOurs(data)) {
            return Optional.empty();
        }
        ByteBuffer.wrap(data).put(magic());
        return Optional.of(new ControlPacket(Code.ECHO_REPLY, request.identifier(), data));
    }

    /** Any reply that is not our own request coming back shows that the peer is there. */
    public void receiveEchoReply(ControlPacket reply) {
        byte[] data = reply.data();
        if (data.length >= MAGIC_OCTETS && !isOurs(data)) {
            echo.answered();
        }
    }

    /** A Protocol-Reject: the number and the packet it came with. */
    public static ControlPacket protocolReject(int identifier, int protocol, byte[] information) {
        byte[] data =
                ByteBuffer.allocate(2 + information.length)
                        .putShort((short) protocol)
                        .put(information)
                        .array();
        return new ControlPacket(Code.PROTOCOL_REJECT, identifier, data);
    }

    /** The number in a Protocol-Reject; -1 when there is none. */
    public static int rejectedProtocol(ControlPacket packet) {
        byte[] data = packet.data();
        return data.length < 2 ? -1 : ByteBuffer.wrap(data).getShort() & 0xFFFF;
    }

    /** The text of an Identification, printable or as hex, for the log. */
    public static String identification(ControlPacket packet) {
        byte[] data = packet.data();
        return data.length <= MAGIC_OCTETS
                ? ""
                : PrintableText.of(data, MAGIC_OCTETS, MAX_TEXT_OCTETS);
    }

    /** Why the peer leaves: the RAS error code of Windows, a text, or nothing. */
    public static String terminateReason(ControlPacket packet) {
        byte[] data = packet.data();
        if (data.length == RAS_TERMINATE_OCTETS
                && ByteBuffer.wrap(data).getInt(MAGIC_OCTETS) == RAS_SIGNATURE) {
            int error = ByteBuffer.wrap(data).getInt(2 * MAGIC_OCTETS);
            return error == 0
                    ? "the user hung up"
                    : "the client reports " + RasError.describe(error);
        }
        return data.length == 0
                ? "without a reason"
                : "peer says: " + PrintableText.of(data, 0, MAX_REASON_OCTETS);
    }

    private boolean isOurs(byte[] data) {
        int magic = options.magicNumber();
        return magic != 0 && ByteBuffer.wrap(data).getInt() == magic;
    }

    private byte[] magic() {
        return ByteBuffer.allocate(MAGIC_OCTETS).putInt(options.magicNumber()).array();
    }
}
