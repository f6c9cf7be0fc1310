package dev.pptpd.ppp.vj;

import java.nio.ByteBuffer;

/**
 * Gives packets of a {@link VjCompressor} their headers back. Whatever the peer sends costs no more
 * than the packet. Allocates nothing per packet. One thread.
 *
 * <p>After a loss it cannot be told which connection a packet belongs to that leaves its number
 * out: such packets are dropped until one names it. What a loss spoils besides is found by TCP's
 * checksum, and mended by its retransmission, which goes in full.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc1144#section-4 RFC 1144 section 4
 */
public final class VjDecompressor {
    private static final int CHECKSUM_OCTETS = 2;
    private static final int BAD = -1;
    private static final int MAX_NUMBER = 0xFFFF;

    private final VjSlot[] slots;
    private int lastSlot;
    private boolean tossing = true;

    /** The packet's octet that is read next; behind its limit when there are too few. */
    private int next;

    /** A decompressor that takes what we said we can take. */
    public VjDecompressor(VjParameters own) {
        slots = new VjSlot[own.slots()];
        for (int index = 0; index < slots.length; index++) {
            slots[index] = new VjSlot();
        }
    }

    /** A frame was lost, or is not to be trusted. */
    public void toss() {
        tossing = true;
    }

    /**
     * Takes a packet of the kind {@link VjPacket#UNCOMPRESSED_TCP} between position and limit, and
     * puts its protocol field right.
     *
     * @return false when it is to be dropped
     */
    public boolean takeUncompressed(ByteBuffer packet) {
        int headerOctets = TcpHeader.octets(packet);
        int at = packet.position();
        int index = headerOctets == 0 ? BAD : packet.get(at + TcpHeader.IP_PROTOCOL) & 0xFF;
        if (headerOctets == 0
                || index >= slots.length
                || TcpHeader.number(packet, at + TcpHeader.IP_TOTAL_LENGTH) != packet.remaining()) {
            return drop();
        }
        packet.put(at + TcpHeader.IP_PROTOCOL, (byte) TcpHeader.TCP);
        slots[index].keep(packet, headerOctets);
        lastSlot = index;
        tossing = false;
        return true;
    }

    /**
     * Takes a packet of the kind {@link VjPacket#COMPRESSED_TCP} between position and limit, and
     * puts the whole header before its data. Where there is too little room before the position,
     * the data moves back, towards the buffer's capacity.
     *
     * @return false when it is to be dropped; its octets are void then
     */
    public boolean decompress(ByteBuffer packet) {
        next = packet.position();
        int changes = octet(packet);
        if (changes == BAD || !findSlot(packet, changes)) {
            return drop();
        }
        VjSlot slot = slots[lastSlot];
        if (!apply(slot, packet, changes)) {
            return drop();
        }
        int dataOctets = packet.limit() - next;
        slot.dataOctets = dataOctets;
        return restore(slot, packet, dataOctets) || drop();
    }

    private boolean drop() {
        tossing = true;
        return false;
    }

    private boolean findSlot(ByteBuffer packet, int changes) {
        if ((changes & Changes.CONNECTION) != 0) {
            int index = octet(packet);
            if (index == BAD || index >= slots.length) {
                return false;
            }
            lastSlot = index;
            tossing = false;
        }
        return !tossing && !slots[lastSlot].isUnused();
    }

    /** Changes the kept header as told. */
    private boolean apply(VjSlot slot, ByteBuffer packet, int changes) {
        if (packet.limit() - next < CHECKSUM_OCTETS) {
            return false;
        }
        ByteBuffer header = slot.header;
        int tcp = slot.ipOctets;
        header.putShort(tcp + TcpHeader.CHECKSUM, packet.getShort(next));
        next += CHECKSUM_OCTETS;
        int flags = header.get(tcp + TcpHeader.FLAGS) & ~TcpHeader.PUSH;
        if ((changes & Changes.PUSH) != 0) {
            flags |= TcpHeader.PUSH;
        }
        header.put(tcp + TcpHeader.FLAGS, (byte) flags);
        return applyFields(slot, packet, changes)
                && grow(slot, packet, changes, Changes.IDENTIFICATION, 1);
    }

    private boolean applyFields(VjSlot slot, ByteBuffer packet, int changes) {
        return switch (changes & Changes.FIELDS) {
            case Changes.ECHOED -> {
                add(slot, TcpHeader.ACKNOWLEDGMENT, slot.dataOctets);
                add(slot, TcpHeader.SEQUENCE, slot.dataOctets);
                yield true;
            }
            case Changes.STREAMED -> {
                add(slot, TcpHeader.SEQUENCE, slot.dataOctets);
                yield true;
            }
            default ->
                    applyUrgent(slot, packet, changes)
                            && grow(slot, packet, changes, Changes.WINDOW, 0)
                            && grow(slot, packet, changes, Changes.ACKNOWLEDGMENT, 0)
                            && grow(slot, packet, changes, Changes.SEQUENCE, 0);
        };
    }

    private boolean applyUrgent(VjSlot slot, ByteBuffer packet, int changes) {
        int at = slot.ipOctets + TcpHeader.FLAGS;
        int flags = slot.header.get(at) & ~TcpHeader.URGENT;
        if ((changes & Changes.URGENT) != 0) {
            flags |= TcpHeader.URGENT;
            int pointer = number(packet);
            if (pointer == BAD) {
                return false;
            }
            slot.header.putShort(slot.ipOctets + TcpHeader.URGENT_POINTER, (short) pointer);
        }
        slot.header.put(at, (byte) flags);
        return true;
    }

    /** Adds what the packet says to a field, or {@code otherwise} where it says nothing. */
    private boolean grow(VjSlot slot, ByteBuffer packet, int changes, int change, int otherwise) {
        int number = (changes & change) != 0 ? number(packet) : otherwise;
        if (number == BAD) {
            return false;
        }
        switch (change) {
            case Changes.SEQUENCE -> add(slot, TcpHeader.SEQUENCE, number);
            case Changes.ACKNOWLEDGMENT -> add(slot, TcpHeader.ACKNOWLEDGMENT, number);
            case Changes.WINDOW -> addShort(slot, slot.ipOctets + TcpHeader.WINDOW, number);
            default -> addShort(slot, TcpHeader.IP_IDENTIFICATION, number);
        }
        return true;
    }

    private static void add(VjSlot slot, int field, int number) {
        int at = slot.ipOctets + field;
        slot.header.putInt(at, slot.header.getInt(at) + number);
    }

    private static void addShort(VjSlot slot, int at, int number) {
        slot.header.putShort(at, (short) (slot.header.getShort(at) + number));
    }

    private boolean restore(VjSlot slot, ByteBuffer packet, int dataOctets) {
        int totalOctets = slot.octets + dataOctets;
        int start = Math.max(0, next - slot.octets);
        int end = start + totalOctets;
        if (end > packet.capacity() || totalOctets > MAX_NUMBER) {
            return false;
        }
        slot.header.putShort(TcpHeader.IP_TOTAL_LENGTH, (short) totalOctets);
        TcpHeader.putIpChecksum(slot.header, 0, slot.ipOctets);
        packet.limit(Math.max(end, packet.limit()));
        if (start + slot.octets != next) {
            packet.put(start + slot.octets, packet, next, dataOctets);
        }
        packet.put(start, slot.header, 0, slot.octets);
        packet.limit(end).position(start);
        return true;
    }

    private int octet(ByteBuffer packet) {
        return next < packet.limit() ? packet.get(next++) & 0xFF : BAD;
    }

    /** One octet, or a zero and two. */
    private int number(ByteBuffer packet) {
        int first = octet(packet);
        if (first != 0) {
            return first;
        }
        if (packet.limit() - next < Short.BYTES) {
            return BAD;
        }
        int number = TcpHeader.number(packet, next);
        next += Short.BYTES;
        return number;
    }
}
