package dev.pptpd.ppp.link;

import dev.pptpd.ppp.frame.PppProtocol;
import dev.pptpd.ppp.vj.VjCompressor;
import dev.pptpd.ppp.vj.VjDecompressor;
import java.nio.ByteBuffer;

/**
 * The IP packets of a link: which protocol number they go under, and what becomes of their headers.
 * Allocates nothing per packet.
 */
final class IpPackets {
    /** No protocol number: the link does not carry such a packet now. */
    static final int NONE = 0;

    private static final int IPV4_MIN_OCTETS = 20;
    private static final int IPV4_TOTAL_LENGTH = 2;
    private static final int IPV6_OCTETS = 40;
    private static final int IPV6_PAYLOAD_LENGTH = 4;

    private final LinkControl control;
    private final boolean knowsVj;
    private final boolean knowsIpv6;

    /**
     * The packets of a link with these network protocols; one that is not configured is a protocol
     * that nobody here knows.
     */
    IpPackets(LinkControl control, NetworkConfiguration network) {
        this.control = control;
        this.knowsVj = network.vj().isPresent();
        this.knowsIpv6 = network.ipv6().isPresent();
    }

    /** Whether a protocol number is one of IP's, here and now; else it is not known. */
    boolean isOne(int protocol) {
        return switch (protocol) {
            case PppProtocol.IPV4 -> true;
            case PppProtocol.IPV6 -> knowsIpv6;
            case PppProtocol.VJ_COMPRESSED, PppProtocol.VJ_UNCOMPRESSED -> knowsVj;
            default -> false;
        };
    }

    /**
     * The protocol number that a packet to the peer goes under; {@link #NONE} when it does not go.
     * Where headers are compressed, the position may move forward.
     */
    int prepare(ByteBuffer packet) {
        if (!packet.hasRemaining()) {
            return NONE;
        }
        return switch (version(packet)) {
            case 4 -> prepareIpv4(packet);
            case 6 -> control.carriesIpv6() ? PppProtocol.IPV6 : NONE;
            default -> NONE;
        };
    }

    private int prepareIpv4(ByteBuffer packet) {
        Ipv4Flow flow = control.ipv4();
        if (flow == null) {
            return NONE;
        }
        VjCompressor compressor = flow.compressor();
        if (compressor == null) {
            return PppProtocol.IPV4;
        }
        return switch (compressor.compress(packet)) {
            case IP -> PppProtocol.IPV4;
            case UNCOMPRESSED_TCP -> PppProtocol.VJ_UNCOMPRESSED;
            case COMPRESSED_TCP -> PppProtocol.VJ_COMPRESSED;
        };
    }

    /** What a packet of the peer is; of one whose header was compressed it makes a whole one. */
    FrameVerdict receive(int protocol, ByteBuffer packet) {
        Ipv4Flow flow = control.ipv4();
        return switch (protocol) {
            case PppProtocol.IPV4 -> flow != null ? FrameVerdict.IPV4 : FrameVerdict.DROPPED;
            case PppProtocol.IPV6 ->
                    control.carriesIpv6() ? FrameVerdict.IPV6 : FrameVerdict.DROPPED;
            default ->
                    flow != null && isRestored(protocol, packet, flow)
                            ? FrameVerdict.IPV4
                            : FrameVerdict.DROPPED;
        };
    }

    private static boolean isRestored(int protocol, ByteBuffer packet, Ipv4Flow flow) {
        VjDecompressor decompressor = flow.decompressor();
        if (decompressor == null) {
            return false;
        }
        return protocol == PppProtocol.VJ_COMPRESSED
                ? decompressor.decompress(packet)
                : decompressor.takeUncompressed(packet);
    }

    /** A frame of the peer is missing. */
    void onLoss() {
        Ipv4Flow flow = control.ipv4();
        VjDecompressor decompressor = flow == null ? null : flow.decompressor();
        if (decompressor != null) {
            decompressor.toss();
        }
    }

    /**
     * Whether the length in the header is that of the packet: RFC 791 section 3.1, RFC 8200 section
     * 3.
     */
    static boolean isWhole(ByteBuffer packet) {
        int at = packet.position();
        int octets = packet.remaining();
        if (octets < IPV4_MIN_OCTETS) {
            return false;
        }
        return switch (version(packet)) {
            case 4 -> Short.toUnsignedInt(packet.getShort(at + IPV4_TOTAL_LENGTH)) == octets;
            case 6 ->
                    Short.toUnsignedInt(packet.getShort(at + IPV6_PAYLOAD_LENGTH)) + IPV6_OCTETS
                            == octets;
            default -> false;
        };
    }

    private static int version(ByteBuffer packet) {
        return packet.get(packet.position()) >> 4;
    }
}
