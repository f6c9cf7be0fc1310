package dev.pptpd.offload;

import static dev.pptpd.offload.Transport.IPV4_CHECKSUM;
import static dev.pptpd.offload.Transport.IPV4_OCTETS;
import static dev.pptpd.offload.Transport.IPV4_TOTAL_LENGTH;
import static dev.pptpd.offload.Transport.IPV6_OCTETS;
import static dev.pptpd.offload.Transport.IPV6_PAYLOAD_LENGTH;
import static dev.pptpd.offload.Transport.PSH;
import static dev.pptpd.offload.Transport.TCP_CHECKSUM;
import static dev.pptpd.offload.Transport.TCP_FLAGS;
import static dev.pptpd.offload.Transport.UDP_CHECKSUM;
import static dev.pptpd.offload.Transport.UDP_LENGTH;

import dev.pptpd.inner.InternetChecksum;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Segments of one flow that follow each other without a gap and differ in nothing else, which go to
 * the kernel as one super-packet: its way through the network costs as much as that of one of them.
 * None is copied; they stay where they are, and must, until the run is written.
 *
 * <p>The kernel's own rules for such runs hold: all have the payload of the first but the last,
 * which may have less, and ends the run; so does one with the order to push. A packet whose
 * checksums are wrong is part of none. Allocates nothing per packet. One thread.
 */
public final class SegmentRun {
    /** Most packets of one run: as many as the kernel takes for UDP. */
    public static final int MAX_PACKETS = 64;

    private static final int MAX_OCTETS = 0xFFFF;

    private final Segment first = new Segment();
    private final ByteBuffer[] payloads = new ByteBuffer[MAX_PACKETS];
    private final int[] payloadIndexes = new int[MAX_PACKETS];
    private int size;
    private int octets;
    private int nextSequenceNumber;
    private boolean isIntact;
    private boolean isClosed;
    private boolean isPushed;

    /**
     * Begins with a packet.
     *
     * @param packet between position and limit; octets of its header are changed by {@link #finish}
     */
    void begin(ByteBuffer packet) {
        size = 0;
        if (first.take(packet) != Segment.Kind.DATA) {
            throw new IllegalArgumentException("a packet that is for no run");
        }
        octets = packet.remaining();
        nextSequenceNumber = first.isTcp() ? first.sequenceNumber() + first.payloadOctets() : 0;
        isIntact = false;
        isPushed = first.isPushed();
        isClosed = isPushed;
        add(first);
    }

    /** Whether it is another packet of the same flow, to be appended or to come after this run. */
    boolean isOfFlow(Segment segment) {
        return size > 0 && first.isOfFlow(segment);
    }

    /**
     * Appends a packet of the same flow.
     *
     * @return false when it does not continue the run, and the run is as before
     */
    boolean append(Segment segment) {
        if (!continues(segment) || !first.hasSameHeader(segment) || !areIntact(segment)) {
            return false;
        }
        octets += segment.payloadOctets();
        nextSequenceNumber += segment.payloadOctets();
        isPushed = segment.isPushed();
        isClosed = isPushed || segment.payloadOctets() < first.payloadOctets();
        add(segment);
        return true;
    }

    private void add(Segment segment) {
        payloads[size] = segment.packet();
        payloadIndexes[size] = segment.payloadIndex();
        size++;
    }

    private boolean continues(Segment segment) {
        return !isClosed
                && size < MAX_PACKETS
                && segment.payloadOctets() <= first.payloadOctets()
                && octets + segment.payloadOctets() <= MAX_OCTETS
                && (!first.isTcp() || segment.sequenceNumber() == nextSequenceNumber)
                && (!first.isIpv4() || hasNextIdentification(segment));
    }

    /** The kernel gives segments numbers in a row; where fragments are out of the question, any. */
    private boolean hasNextIdentification(Segment segment) {
        return !first.mayBeFragmented()
                || segment.identification() == (first.identification() + size & 0xFFFF);
    }

    private boolean areIntact(Segment segment) {
        if (!isIntact) {
            isIntact = first.isIntact();
            isClosed = !isIntact;
        }
        return isIntact && segment.isIntact();
    }

    /** Packets in the run: 0 when there is none. */
    public int size() {
        return size;
    }

    /** Octets of all packets, each with its own header. */
    public int packetOctets() {
        return octets + (size - 1) * first.headerOctets();
    }

    /** The first packet, which is whole. */
    public ByteBuffer head() {
        return first.packet();
    }

    /** The buffer in which the payload of packet {@code index} lies, which ends at its limit. */
    public ByteBuffer payloadBuffer(int index) {
        return payloads[index];
    }

    /** Where the payload begins in its buffer. */
    public int payloadIndex(int index) {
        return payloadIndexes[index];
    }

    /**
     * Makes the first packet's header that of all of them, of which there are two at least, and
     * writes the device's header.
     *
     * @param header room for {@link VirtioNetHeader#OCTETS}, from index 0 on
     */
    public void finish(ByteBuffer header) {
        ByteBuffer packet = first.packet();
        int at = packet.position();
        int transport = at + first.transportAt();
        int transportOctets = octets - first.transportAt();
        putIp(packet, at);
        short pseudoHeader =
                (short) InternetChecksum.folded(first.pseudoHeaderSum(transportOctets));
        if (first.isTcp()) {
            if (isPushed) {
                int flags = packet.get(transport + TCP_FLAGS) | PSH;
                packet.put(transport + TCP_FLAGS, (byte) flags);
            }
            packet.putShort(transport + TCP_CHECKSUM, pseudoHeader);
        } else {
            packet.putShort(transport + UDP_LENGTH, (short) transportOctets);
            packet.putShort(transport + UDP_CHECKSUM, pseudoHeader);
        }
        VirtioNetHeader.putSegments(
                header,
                0,
                type(),
                first.headerOctets(),
                first.payloadOctets(),
                first.transportAt(),
                first.isTcp() ? TCP_CHECKSUM : UDP_CHECKSUM);
    }

    private int type() {
        if (!first.isTcp()) {
            return VirtioNetHeader.UDP;
        }
        return first.isIpv4() ? VirtioNetHeader.TCP_IPV4 : VirtioNetHeader.TCP_IPV6;
    }

    private void putIp(ByteBuffer packet, int at) {
        if (!first.isIpv4()) {
            packet.putShort(at + IPV6_PAYLOAD_LENGTH, (short) (octets - IPV6_OCTETS));
            return;
        }
        packet.putShort(at + IPV4_TOTAL_LENGTH, (short) octets);
        packet.putShort(at + IPV4_CHECKSUM, (short) 0);
        long sum = InternetChecksum.add(0, packet, at, IPV4_OCTETS);
        packet.putShort(at + IPV4_CHECKSUM, InternetChecksum.of(sum));
    }

    /** Forgets all. */
    void clear() {
        Arrays.fill(payloads, 0, size, null);
        size = 0;
    }
}
