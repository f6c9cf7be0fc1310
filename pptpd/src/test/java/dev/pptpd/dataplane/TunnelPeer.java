package dev.pptpd.dataplane;

import dev.pptpd.mppe.MppeDecryptor;
import dev.pptpd.mppe.MppeEncryptor;
import dev.pptpd.mppe.MppeEngine;
import dev.pptpd.mppe.MppeMode;
import dev.pptpd.mppe.MppeStrength;
import dev.pptpd.mppe.MppeVerdict;
import dev.pptpd.mppe.ReferenceMppeEngine;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;

/** A client that agrees to everything, and says what a test tells it to say. */
final class TunnelPeer {
    static final int LCP = 0xC021;
    static final int CHAP = 0xC223;
    static final int CCP = 0x80FD;
    static final int IPCP = 0x8021;
    static final int IPV6CP = 0x8057;

    /** Of its link-local address. */
    static final long IDENTIFIER = 2;

    private static final int HEADROOM = 64;
    private static final String MPPE_128_STATELESS = "120601000040";
    private static final int PROTOCOL_REJECT = 8;

    final int callId;

    /** What was sent to it in clear text, without address and control fields. */
    final List<byte[]> heard = new ArrayList<>();

    /** IP packets that were sent to it with the right key; empty arrays for a wrong one. */
    final List<byte[]> decrypted = new ArrayList<>();

    private final Queue<ByteBuffer> answers = new ArrayDeque<>();
    private final MppeEngine engine = new ReferenceMppeEngine();
    private final MppeDecryptor[] decryptor = {
        engine.decryptor(MppeMode.stateless(MppeStrength.BITS_128), TestDataPlane.SEND_KEY, 1500)
    };
    private final MppeEncryptor[] encryptor = {
        engine.encryptor(MppeMode.stateless(MppeStrength.BITS_128), TestDataPlane.RECEIVE_KEY)
    };
    private final String address;
    private final boolean hasIpv4;
    private int sequenceNumber;
    private int identifier = 100;

    /** {@code hasIpv4} says whether it knows IPCP; it knows IPV6CP where it does not. */
    TunnelPeer(int callId, String address, boolean hasIpv4) {
        this.callId = callId;
        this.address = address;
        this.hasIpv4 = hasIpv4;
    }

    /** Its next packet, if it has one to send. */
    Queue<ByteBuffer> answers() {
        return answers;
    }

    /** Takes the payload of a GRE packet. */
    void hear(byte[] payload) {
        ByteBuffer frame = ByteBuffer.wrap(payload);
        if (frame.getShort(0) == (short) 0xFF03) {
            frame.position(2);
        }
        int protocol = frame.get() & 0xFF;
        if ((protocol & 1) == 0) {
            protocol = protocol << 8 | (frame.get() & 0xFF);
        }
        if (protocol == 0xFD) {
            decrypt(frame);
            return;
        }
        byte[] packet = new byte[frame.remaining()];
        frame.get(packet);
        heard.add(packet);
        if (packet[0] == 1 && protocol == CHAP) {
            answer(CHAP, 2, packet[1], "31" + "00".repeat(49) + "616c696365");
        } else if (packet[0] == 3 && protocol == CHAP) {
            say(CCP, 1, MPPE_128_STATELESS);
            if (hasIpv4) {
                say(IPCP, 1, "0306" + address);
            } else {
                say(IPV6CP, 1, "010a" + HexFormat.of().toHexDigits(IDENTIFIER));
            }
        } else if (protocol == IPCP && !hasIpv4) {
            say(LCP, PROTOCOL_REJECT, "8021" + HexFormat.of().formatHex(packet));
        } else if (packet[0] == 1) {
            String options = HexFormat.of().formatHex(packet, 4, packet.length);
            answer(protocol, 2, packet[1], options);
        }
    }

    private void decrypt(ByteBuffer frame) {
        MppeVerdict[] verdicts = new MppeVerdict[1];
        engine.decrypt(decryptor, new ByteBuffer[] {frame}, verdicts, 1, 0);
        byte[] packet = new byte[0];
        if (verdicts[0] == MppeVerdict.DECRYPTED) {
            packet = new byte[frame.remaining() - 2];
            frame.position(frame.position() + 2).get(packet);
        }
        decrypted.add(packet);
    }

    /** Queues a control packet in clear text. */
    void say(int protocol, int code, String data) {
        answer(protocol, code, identifier++, data);
    }

    private void answer(int protocol, int code, int id, String data) {
        answers.add(encapsulate(control(protocol, code, id, data)));
    }

    /** Asks for encryption anew, as a client does that lost an answer. */
    void renewEncryption() {
        say(CCP, 1, MPPE_128_STATELESS);
    }

    /** Queues an IPv4 packet, encrypted. */
    void sayEncrypted(byte[] packet) {
        sayEncrypted(0x21, packet);
    }

    /** The same with IPv6. */
    void sayEncryptedIpv6(byte[] packet) {
        sayEncrypted(0x57, packet);
    }

    private void sayEncrypted(int protocol, byte[] packet) {
        ByteBuffer frame = ByteBuffer.allocate(HEADROOM + 2 + packet.length);
        frame.position(HEADROOM).putShort((short) protocol).put(packet).flip().position(HEADROOM);
        engine.encrypt(encryptor, new ByteBuffer[] {frame}, 1);
        ByteBuffer whole = ByteBuffer.allocate(1 + frame.remaining());
        answers.add(encapsulate(whole.put((byte) 0xFD).put(frame).flip()));
    }

    /** Queues what somebody else might send in its name: the number of its next packet, no key. */
    void forgeEncrypted() {
        answers.add(encapsulate(ByteBuffer.wrap(HexFormat.of().parseHex("fd90ff00112233445566"))));
        sequenceNumber--;
    }

    /** Queues the acknowledgment of all that was sent to it, which has numbers from 0. */
    void acknowledgeAll() {
        ByteBuffer packet = ByteBuffer.allocate(12).putInt(0x2081880B).putShort((short) 0);
        int last = heard.size() + decrypted.size() - 1;
        answers.add(packet.putShort((short) callId).putInt(last).flip());
    }

    private static ByteBuffer control(int protocol, int code, int id, String data) {
        byte[] octets = HexFormat.of().parseHex(data);
        return ByteBuffer.allocate(8 + octets.length)
                .putShort((short) 0xFF03)
                .putShort((short) protocol)
                .put((byte) code)
                .put((byte) id)
                .putShort((short) (4 + octets.length))
                .put(octets)
                .flip();
    }

    private ByteBuffer encapsulate(ByteBuffer frame) {
        return ByteBuffer.allocate(12 + frame.remaining())
                .putInt(0x3001880B)
                .putShort((short) frame.remaining())
                .putShort((short) callId)
                .putInt(sequenceNumber++)
                .put(frame)
                .flip();
    }
}
