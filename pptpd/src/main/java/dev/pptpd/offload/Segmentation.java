package dev.pptpd.offload;

import static dev.pptpd.offload.Transport.CWR;
import static dev.pptpd.offload.Transport.FIN;
import static dev.pptpd.offload.Transport.IPV4_ADDRESSES;
import static dev.pptpd.offload.Transport.IPV4_CHECKSUM;
import static dev.pptpd.offload.Transport.IPV4_IDENTIFICATION;
import static dev.pptpd.offload.Transport.IPV4_OCTETS;
import static dev.pptpd.offload.Transport.IPV4_TOTAL_LENGTH;
import static dev.pptpd.offload.Transport.IPV6_ADDRESSES;
import static dev.pptpd.offload.Transport.IPV6_OCTETS;
import static dev.pptpd.offload.Transport.IPV6_PAYLOAD_LENGTH;
import static dev.pptpd.offload.Transport.PSH;
import static dev.pptpd.offload.Transport.TCP;
import static dev.pptpd.offload.Transport.TCP_CHECKSUM;
import static dev.pptpd.offload.Transport.TCP_DATA_OFFSET;
import static dev.pptpd.offload.Transport.TCP_OCTETS;
import static dev.pptpd.offload.Transport.TCP_SEQUENCE;
import static dev.pptpd.offload.Transport.UDP;
import static dev.pptpd.offload.Transport.UDP_CHECKSUM;
import static dev.pptpd.offload.Transport.UDP_LENGTH;
import static dev.pptpd.offload.Transport.UDP_OCTETS;

import dev.pptpd.inner.InternetChecksum;
import java.nio.ByteBuffer;

/**
 * Takes apart what a TUN device with offloads hands over: a packet as it is, one whose checksum is
 * still to be computed, or one that stands for up to hundreds of segments of TCP or UDP. A read of
 * 44 segments costs the kernel a sixth of 44 reads, and its own way to the device even less.
 *
 * <p>{@link #begin}, then {@link #next} until there is no more. Each octet of payload is read once,
 * copied and summed up at the same time. Allocates nothing per packet. One thread.
 *
 * @spec https://docs.oasis-open.org/virtio/virtio/v1.2/virtio-v1.2.html Virtual I/O Device 1.2,
 *     section 5.1.6
 */
public final class Segmentation {
    /** What a buffer needs: room for the largest packet and the header before it. */
    public static final int BUFFER_OCTETS = VirtioNetHeader.OCTETS + 0xFFFF;

    private static final int ONLY_LAST = FIN | PSH;

    private final ByteBuffer source;
    private int packet;
    private int end;
    private boolean ipv4;
    private int protocol;
    private int transportOctets;
    private int headerOctets;
    private int segmentOctets;
    private int index;
    private int nextPayload;
    private boolean more;

    /** The headers that all segments share, without what each has of its own. */
    private long ipSum;

    private long transportSum;

    /**
     * @param source big-endian, of {@link #BUFFER_OCTETS}; what is taken apart stays there
     */
    public Segmentation(ByteBuffer source) {
        this.source = source;
    }

    /** The buffer for the next packet, with room for the device's header before its position. */
    public ByteBuffer source() {
        return source.clear().position(VirtioNetHeader.OCTETS);
    }

    /**
     * Begins with the packet between the buffer's position and limit, whose device's header lies
     * before the position.
     *
     * @return false when that makes no sense, and there is nothing to take out
     */
    public boolean begin() {
        packet = source.position();
        end = source.limit();
        int header = packet - VirtioNetHeader.OCTETS;
        index = 0;
        more = false;
        if (end - packet < IPV4_OCTETS) {
            return false;
        }
        ipv4 = source.get(packet) >> 4 == 4;
        boolean partial = VirtioNetHeader.needsChecksum(source, header);
        int transport = partial ? VirtioNetHeader.checksumStart(source, header) : 0;
        segmentOctets = VirtioNetHeader.segmentOctets(source, header);
        more =
                switch (VirtioNetHeader.type(source, header)) {
                    case VirtioNetHeader.NO_SEGMENTS ->
                            beginWhole(
                                    partial,
                                    transport,
                                    VirtioNetHeader.checksumOffset(source, header));
                    case VirtioNetHeader.TCP_IPV4 -> ipv4 && beginTcp(transport);
                    case VirtioNetHeader.TCP_IPV6 -> !ipv4 && beginTcp(transport);
                    case VirtioNetHeader.UDP -> beginUdp(transport);
                    default -> false;
                };
        return more;
    }

    /** Whether there is another one. */
    public boolean hasNext() {
        return more;
    }

    /**
     * Writes the next packet from the buffer's position on and sets its limit to the packet's end.
     *
     * @param slot big-endian
     * @return false when it does not fit there: then it is left out
     */
    public boolean next(ByteBuffer slot) {
        int payload = Math.min(segmentOctets, end - nextPayload);
        int octets = headerOctets + payload;
        int from = nextPayload;
        nextPayload += payload;
        more = nextPayload < end;
        if (octets > slot.remaining()) {
            index++;
            return false;
        }
        slot.limit(slot.position() + octets);
        switch (protocol) {
            case TCP -> putTcp(slot, from, payload);
            case UDP -> putUdp(slot, from, payload);
            default -> putWhole(slot, from, payload);
        }
        index++;
        return true;
    }

    /**
     * One packet. What has a checksum to be computed is treated as header up to where that begins.
     */
    private boolean beginWhole(boolean partial, int start, int offset) {
        protocol = 0;
        int octets = end - packet;
        if (partial && (start < IPV4_OCTETS || start + offset + Short.BYTES > octets)) {
            return false;
        }
        transportOctets = partial ? offset : -1;
        headerOctets = start;
        nextPayload = packet + start;
        segmentOctets = octets;
        return true;
    }

    private void putWhole(ByteBuffer slot, int from, int payload) {
        int at = slot.position();
        slot.put(at, source, packet, headerOctets);
        int transport = at + headerOctets;
        if (transportOctets < 0) {
            slot.put(transport, source, from, payload);
            return;
        }
        long sum = InternetChecksum.addCopying(0, source, from, slot, transport, payload);
        short checksum = InternetChecksum.of(sum);
        boolean isUdp = transportOctets == UDP_CHECKSUM;
        slot.putShort(transport + transportOctets, isUdp ? neverZero(checksum) : checksum);
    }

    private boolean beginTcp(int transport) {
        protocol = TCP;
        return isTransport(transport, TCP_OCTETS)
                && beginSegments(
                        transport,
                        (source.get(packet + transport + TCP_DATA_OFFSET) >> 4 & 0x0F)
                                * Integer.BYTES,
                        TCP_OCTETS);
    }

    private boolean beginUdp(int transport) {
        protocol = UDP;
        return isTransport(transport, UDP_OCTETS)
                && beginSegments(transport, UDP_OCTETS, UDP_OCTETS);
    }

    private boolean isTransport(int transport, int leastOctets) {
        int ipOctets = ipv4 ? ipv4HeaderOctets() : IPV6_OCTETS;
        return segmentOctets > 0
                && ipOctets >= IPV4_OCTETS
                && transport >= ipOctets
                && transport + leastOctets <= end - packet;
    }

    private int ipv4HeaderOctets() {
        return (source.get(packet) & 0x0F) * Integer.BYTES;
    }

    private boolean beginSegments(int transport, int octets, int leastOctets) {
        transportOctets = octets;
        headerOctets = transport + octets;
        nextPayload = packet + headerOctets;
        if (octets < leastOctets || nextPayload > end) {
            return false;
        }
        ipSum = ipv4 ? ipv4Sum() : 0;
        transportSum = transportSum(packet + transport);
        return true;
    }

    /** Length, identification and the checksum itself are each segment's own. */
    private long ipv4Sum() {
        return InternetChecksum.add(0, source, packet, ipv4HeaderOctets())
                - word(packet + IPV4_TOTAL_LENGTH)
                - word(packet + IPV4_IDENTIFICATION)
                - word(packet + IPV4_CHECKSUM);
    }

    /** Pseudo header and header; length, sequence number and flags are each segment's own. */
    private long transportSum(int at) {
        int addresses = ipv4 ? IPV4_ADDRESSES : IPV6_ADDRESSES;
        int addressOctets = ipv4 ? 2 * Integer.BYTES : 4 * Long.BYTES;
        long sum = InternetChecksum.add(protocol, source, packet + addresses, addressOctets);
        sum = InternetChecksum.add(sum, source, at, transportOctets);
        return protocol == TCP
                ? sum
                        - word(at + TCP_SEQUENCE)
                        - word(at + TCP_SEQUENCE + Short.BYTES)
                        - word(at + TCP_DATA_OFFSET)
                        - word(at + TCP_CHECKSUM)
                : sum - word(at + UDP_LENGTH) - word(at + UDP_CHECKSUM);
    }

    private int word(int at) {
        return Short.toUnsignedInt(source.getShort(at));
    }

    private void putTcp(ByteBuffer slot, int from, int payload) {
        int at = slot.position();
        slot.put(at, source, packet, headerOctets);
        putIp(slot, at, payload);
        int tcp = at + headerOctets - transportOctets;
        int sequence = slot.getInt(tcp + TCP_SEQUENCE) + index * segmentOctets;
        int flags = Short.toUnsignedInt(slot.getShort(tcp + TCP_DATA_OFFSET));
        if (more) {
            flags &= ~ONLY_LAST;
        }
        if (index > 0) {
            flags &= ~CWR;
        }
        slot.putInt(tcp + TCP_SEQUENCE, sequence);
        slot.putShort(tcp + TCP_DATA_OFFSET, (short) flags);
        long sum = transportSum + Integer.toUnsignedLong(sequence) + flags;
        sum += transportOctets + payload;
        sum = InternetChecksum.addCopying(sum, source, from, slot, at + headerOctets, payload);
        slot.putShort(tcp + TCP_CHECKSUM, InternetChecksum.of(sum));
    }

    private void putUdp(ByteBuffer slot, int from, int payload) {
        int at = slot.position();
        slot.put(at, source, packet, headerOctets);
        putIp(slot, at, payload);
        int udp = at + headerOctets - UDP_OCTETS;
        int length = UDP_OCTETS + payload;
        slot.putShort(udp + UDP_LENGTH, (short) length);
        // Once in the header, once in the pseudo header.
        long sum = transportSum + length + length;
        sum = InternetChecksum.addCopying(sum, source, from, slot, at + headerOctets, payload);
        slot.putShort(udp + UDP_CHECKSUM, neverZero(InternetChecksum.of(sum)));
    }

    /** Zero says that there is none. */
    private static short neverZero(short checksum) {
        return checksum == 0 ? (short) 0xFFFF : checksum;
    }

    private void putIp(ByteBuffer slot, int at, int payload) {
        int octets = headerOctets + payload;
        if (!ipv4) {
            slot.putShort(at + IPV6_PAYLOAD_LENGTH, (short) (octets - IPV6_OCTETS));
            return;
        }
        int identification = word(packet + IPV4_IDENTIFICATION) + index & 0xFFFF;
        slot.putShort(at + IPV4_TOTAL_LENGTH, (short) octets);
        slot.putShort(at + IPV4_IDENTIFICATION, (short) identification);
        slot.putShort(at + IPV4_CHECKSUM, InternetChecksum.of(ipSum + octets + identification));
    }
}
