package dev.pptpd.linux;

import static dev.pptpd.linux.NetlinkMessage.ATTRIBUTE_HEADER_SIZE;
import static dev.pptpd.linux.NetlinkMessage.NLA_F_NESTED;

import dev.pptpd.ppp.ipv6cp.Ipv6Address;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Requests for one send. The kernel carries them out in order, and goes on after one that fails. It
 * tells of each that failed, and of the last one in any case: so one answer says that all is well.
 *
 * <p>{@link #begin}, then the header of the request's family, then attributes; the next {@code
 * begin} or {@link #finish} ends it. All headers and attributes written here end on a multiple of
 * four, so nothing has to be padded between them.
 */
final class NetlinkBatch {
    // Specification: <linux/netlink.h>, struct nlmsghdr
    private static final int FLAGS_OFFSET = 6;

    private final ByteBuffer buffer;
    private final int firstSequence;
    private final List<Request> requests = new ArrayList<>();
    private int start;

    /**
     * @param memory where the requests are written, from its position on
     * @param firstSequence number of the first request, by which its answer is known; the next ones
     *     count up
     */
    NetlinkBatch(ByteBuffer memory, int firstSequence) {
        this.buffer = memory.order(ByteOrder.nativeOrder());
        this.firstSequence = firstSequence;
    }

    /**
     * A request that waits for its answer.
     *
     * @param what what is tried, for the error's text
     * @param tolerated error number that counts as success, 0 for none
     */
    record Request(int sequence, String what, int tolerated) {}

    /** Starts a request of an RTM type. */
    NetlinkBatch begin(short type, int flags, String what, int tolerated) {
        end();
        beQuietAboutSuccess();
        int sequence = firstSequence + requests.size();
        requests.add(new Request(sequence, what, tolerated));
        start = buffer.position();
        buffer.putInt(0).putShort(type).putShort((short) flags).putInt(sequence).putInt(0);
        return this;
    }

    /** struct ifinfomsg: which device, and which of its flags become what. */
    NetlinkBatch link(int index, int flags, int change) {
        buffer.put(NetlinkMessage.AF_UNSPEC).put((byte) 0).putShort((short) 0);
        buffer.putInt(index).putInt(flags).putInt(change);
        return this;
    }

    /** struct ifaddrmsg: an IPv4 address of a device. */
    NetlinkBatch address(int index, int prefixLength) {
        buffer.put(NetlinkMessage.AF_INET).put((byte) prefixLength).put((byte) 0).put((byte) 0);
        buffer.putInt(index);
        return this;
    }

    /** struct ifaddrmsg: an IPv6 address of a device, which nobody else on the link can have. */
    NetlinkBatch ipv6Address(int index, int prefixLength, byte scope) {
        buffer.put((byte) NetlinkMessage.AF_INET6).put((byte) prefixLength);
        buffer.put(NetlinkMessage.IFA_F_NODAD).put(scope);
        buffer.putInt(index);
        return this;
    }

    /** struct rtmsg: a unicast route of IPv6 in the main table, marked as ours. */
    NetlinkBatch ipv6Route(int prefixLength) {
        buffer.put((byte) NetlinkMessage.AF_INET6).put((byte) prefixLength);
        buffer.put((byte) 0).put((byte) 0);
        buffer.put(NetlinkMessage.RT_TABLE_MAIN).put(NetlinkMessage.RTPROT_OURS);
        buffer.put(NetlinkMessage.RT_SCOPE_UNIVERSE).put(NetlinkMessage.RTN_UNICAST).putInt(0);
        return this;
    }

    /** struct rtmsg: a unicast route of the main table, marked as ours. */
    NetlinkBatch route(int prefixLength, byte scope, int flags) {
        buffer.put(NetlinkMessage.AF_INET).put((byte) prefixLength).put((byte) 0).put((byte) 0);
        buffer.put(NetlinkMessage.RT_TABLE_MAIN).put(NetlinkMessage.RTPROT_OURS);
        buffer.put(scope).put(NetlinkMessage.RTN_UNICAST).putInt(flags);
        return this;
    }

    /** struct rtmsg: the question for the route to one address, or with a flag for more of it. */
    NetlinkBatch routeQuestion(int flags) {
        buffer.put(NetlinkMessage.AF_INET).put((byte) Integer.SIZE).put((byte) 0).put((byte) 0);
        buffer.putInt(0).putInt(flags);
        return this;
    }

    /** struct rtmsg: the question for all routes. */
    NetlinkBatch routeList() {
        buffer.put(NetlinkMessage.AF_INET).put((byte) 0).put((byte) 0).put((byte) 0);
        buffer.putInt(0).putInt(0);
        return this;
    }

    /** An attribute holding a number in the machine's order. */
    NetlinkBatch number(short type, int value) {
        attribute(type, Integer.BYTES);
        buffer.putInt(value);
        return this;
    }

    /**
     * An attribute holding a text, with the NUL that ends it.
     *
     * @param text ASCII
     */
    NetlinkBatch text(short type, String text) {
        byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
        int length = octets.length + 1;
        attribute(type, length);
        buffer.put(octets).put(new byte[NetlinkMessage.align(length) - octets.length]);
        return this;
    }

    /** An attribute holding an IPv4 address, which is in network order. */
    NetlinkBatch ipv4(short type, int address) {
        return number(
                type,
                buffer.order() == ByteOrder.BIG_ENDIAN ? address : Integer.reverseBytes(address));
    }

    /** An attribute holding an IPv6 address, which is in network order. */
    NetlinkBatch ipv6(short type, Ipv6Address address) {
        attribute(type, Ipv6Address.OCTETS);
        buffer.put(address.octets());
        return this;
    }

    /** An attribute with one octet inside two nested ones. */
    NetlinkBatch nestedOctet(short outer, short middle, short type, byte value) {
        int octet = ATTRIBUTE_HEADER_SIZE + 1;
        int padded = NetlinkMessage.align(octet);
        attribute((short) (outer | NLA_F_NESTED), ATTRIBUTE_HEADER_SIZE + padded);
        attribute((short) (middle | NLA_F_NESTED), padded);
        attribute(type, 1);
        buffer.put(value).put(new byte[padded - octet]);
        return this;
    }

    /** Ends the last request; the memory is ready to be sent up to its position. */
    List<Request> finish() {
        end();
        return List.copyOf(requests);
    }

    /** The request before is not the last one. */
    private void beQuietAboutSuccess() {
        if (!requests.isEmpty()) {
            int at = start + FLAGS_OFFSET;
            buffer.putShort(at, (short) (buffer.getShort(at) & ~NetlinkMessage.NLM_F_ACK));
        }
    }

    private void attribute(short type, int valueLength) {
        buffer.putShort((short) (ATTRIBUTE_HEADER_SIZE + valueLength)).putShort(type);
    }

    private void end() {
        if (!requests.isEmpty()) {
            buffer.putInt(start, buffer.position() - start);
        }
    }
}
