package dev.pptpd.ppp.vj;

import java.nio.ByteBuffer;

/**
 * Sends headers of TCP packets as what changed in them since the packet before. Allocates nothing
 * per packet. One thread.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc1144#section-3.2 RFC 1144 section 3.2
 */
public final class VjCompressor {
    private static final int NO_SLOT = -1;
    private static final int MORE_FRAGMENTS_AND_OFFSET = 0x3FFF;

    /** SYN, FIN, RST and ACK, of which only ACK may be set. */
    private static final int CONNECTION_FLAGS = 0x17;

    private static final int ACK = 0x10;
    private static final int MAX_NUMBER = 0xFFFF;
    private static final int MAX_SHORT_NUMBER = 0xFF;

    /** Five numbers of three octets at most. */
    private static final int MAX_NUMBERS_OCTETS = 15;

    private static final int CHECKSUM_OCTETS = 2;

    private final boolean omitsSlot;
    private final VjSlot[] slots;
    private int lastSlot = NO_SLOT;
    private long packets;

    private final byte[] numbers = new byte[MAX_NUMBERS_OCTETS];
    private int numbersOctets;
    private int changes;

    /** A compressor for a peer that can take this. */
    public VjCompressor(VjParameters peer) {
        omitsSlot = peer.omitsSlot();
        slots = new VjSlot[peer.slots()];
        for (int index = 0; index < slots.length; index++) {
            slots[index] = new VjSlot();
        }
    }

    /**
     * Compresses the IPv4 packet between position and limit in place. The position moves forward
     * when the header becomes shorter; what lay before is void then.
     */
    public VjPacket compress(ByteBuffer packet) {
        int headerOctets = TcpHeader.octets(packet);
        if (headerOctets == 0 || !isCompressible(packet)) {
            return VjPacket.IP;
        }
        int at = packet.position();
        int ipOctets = TcpHeader.ipOctets(packet, at);
        int index = find(packet, at, ipOctets);
        boolean known = index != NO_SLOT;
        index = known ? index : leastRecentlyUsed();
        VjSlot slot = slots[index];
        slot.used = ++packets;
        boolean compressed =
                known
                        && slot.differsOnlyWhereTold(packet, at, headerOctets)
                        && describe(slot, packet, at);
        int checksum = TcpHeader.number(packet, at + ipOctets + TcpHeader.CHECKSUM);
        slot.keep(packet, headerOctets);
        if (compressed) {
            write(packet, headerOctets, index, checksum);
        } else {
            packet.put(at + TcpHeader.IP_PROTOCOL, (byte) index);
        }
        lastSlot = index;
        return compressed ? VjPacket.COMPRESSED_TCP : VjPacket.UNCOMPRESSED_TCP;
    }

    /** A whole TCP packet in the middle of a connection, without anything behind it. */
    private static boolean isCompressible(ByteBuffer packet) {
        int at = packet.position();
        int tcp = at + TcpHeader.ipOctets(packet, at);
        return packet.get(at + TcpHeader.IP_PROTOCOL) == TcpHeader.TCP
                && TcpHeader.number(packet, at + TcpHeader.IP_TOTAL_LENGTH) == packet.remaining()
                && (packet.getShort(at + TcpHeader.IP_FRAGMENT) & MORE_FRAGMENTS_AND_OFFSET) == 0
                && (packet.get(tcp + TcpHeader.FLAGS) & CONNECTION_FLAGS) == ACK;
    }

    private int find(ByteBuffer packet, int at, int ipOctets) {
        if (lastSlot != NO_SLOT && slots[lastSlot].isOf(packet, at, ipOctets)) {
            return lastSlot;
        }
        for (int index = 0; index < slots.length; index++) {
            if (slots[index].isOf(packet, at, ipOctets)) {
                return index;
            }
        }
        return NO_SLOT;
    }

    private int leastRecentlyUsed() {
        int oldest = 0;
        for (int index = 1; index < slots.length; index++) {
            if (slots[index].used < slots[oldest].used) {
                oldest = index;
            }
        }
        return oldest;
    }

    /** Puts down what changed; false where that cannot be said, or must be said in full. */
    private boolean describe(VjSlot last, ByteBuffer packet, int at) {
        int tcp = at + last.ipOctets;
        changes = 0;
        numbersOctets = 0;
        if (!describeUrgent(last, packet, tcp)) {
            return false;
        }
        int window =
                TcpHeader.number(packet, tcp + TcpHeader.WINDOW) - last.tcpNumber(TcpHeader.WINDOW);
        if (window != 0) {
            put(Changes.WINDOW, window & MAX_NUMBER);
        }
        int acknowledged =
                packet.getInt(tcp + TcpHeader.ACKNOWLEDGMENT)
                        - last.tcpInt(TcpHeader.ACKNOWLEDGMENT);
        int sent = packet.getInt(tcp + TcpHeader.SEQUENCE) - last.tcpInt(TcpHeader.SEQUENCE);
        if ((acknowledged & ~MAX_NUMBER) != 0 || (sent & ~MAX_NUMBER) != 0) {
            return false;
        }
        putIfAny(Changes.ACKNOWLEDGMENT, acknowledged);
        putIfAny(Changes.SEQUENCE, sent);
        if (!abbreviate(last, packet, acknowledged, sent)) {
            return false;
        }
        describeRest(last, packet, at, tcp);
        return true;
    }

    private boolean describeUrgent(VjSlot last, ByteBuffer packet, int tcp) {
        int pointer = TcpHeader.number(packet, tcp + TcpHeader.URGENT_POINTER);
        if ((packet.get(tcp + TcpHeader.FLAGS) & TcpHeader.URGENT) != 0) {
            put(Changes.URGENT, pointer);
            return true;
        }
        return pointer == last.tcpNumber(TcpHeader.URGENT_POINTER);
    }

    /**
     * The two abbreviations. What looks like one by chance goes in full, and so does a packet that
     * repeats the one before: a retransmission, after which both ends agree again.
     */
    private boolean abbreviate(VjSlot last, ByteBuffer packet, int acknowledged, int sent) {
        switch (changes) {
            case 0 -> {
                int data = packet.remaining() - last.octets;
                return data != last.dataOctets && last.dataOctets == 0;
            }
            case Changes.ECHOED, Changes.STREAMED -> {
                return false;
            }
            case Changes.SEQUENCE | Changes.ACKNOWLEDGMENT -> {
                if (sent == acknowledged && sent == last.dataOctets) {
                    changes = Changes.ECHOED;
                    numbersOctets = 0;
                }
            }
            case Changes.SEQUENCE -> {
                if (sent == last.dataOctets) {
                    changes = Changes.STREAMED;
                    numbersOctets = 0;
                }
            }
            default -> {}
        }
        return true;
    }

    private void describeRest(VjSlot last, ByteBuffer packet, int at, int tcp) {
        int identification =
                TcpHeader.number(packet, at + TcpHeader.IP_IDENTIFICATION)
                        - TcpHeader.number(last.header, TcpHeader.IP_IDENTIFICATION);
        if ((identification & MAX_NUMBER) != 1) {
            put(Changes.IDENTIFICATION, identification & MAX_NUMBER);
        }
        if ((packet.get(tcp + TcpHeader.FLAGS) & TcpHeader.PUSH) != 0) {
            changes |= Changes.PUSH;
        }
    }

    private void putIfAny(int change, int number) {
        if (number != 0) {
            put(change, number);
        }
    }

    /** One octet for 1 to 255, else a zero and two. */
    private void put(int change, int number) {
        changes |= change;
        if (number == 0 || number > MAX_SHORT_NUMBER) {
            numbers[numbersOctets++] = 0;
            numbers[numbersOctets++] = (byte) (number >> Byte.SIZE);
        }
        numbers[numbersOctets++] = (byte) number;
    }

    /** Puts the compressed header right before the data. */
    private void write(ByteBuffer packet, int headerOctets, int index, int checksum) {
        boolean namesSlot = !omitsSlot || index != lastSlot;
        int octets = 1 + (namesSlot ? 1 : 0) + CHECKSUM_OCTETS + numbersOctets;
        int start = packet.position() + headerOctets - octets;
        packet.position(start);
        int at = start;
        packet.put(at++, (byte) (namesSlot ? changes | Changes.CONNECTION : changes));
        if (namesSlot) {
            packet.put(at++, (byte) index);
        }
        packet.putShort(at, (short) checksum);
        packet.put(at + CHECKSUM_OCTETS, numbers, 0, numbersOctets);
    }
}
