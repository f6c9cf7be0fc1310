package dev.pptpd.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.pptpd.gre.linux.Descriptor;
import dev.pptpd.gre.linux.Errno;
import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.gre.linux.Libc;
import dev.pptpd.gre.linux.SocketFilter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A packet(7) socket on one network device: hears the IPv4 broadcasts and multicasts of UDP that
 * arrive there, and sends such with any source address. The kernel takes off and puts on what the
 * device's hardware needs. What is sent here is not heard here.
 *
 * <p>Opening needs CAP_NET_RAW. Used by one thread. The device may go; then {@link #receive} says
 * so, once, and the socket is to be opened anew for the one that comes.
 */
public final class PacketSocket implements AutoCloseable {
    // Specification: <sys/socket.h>, <linux/if_packet.h>, <linux/if_ether.h>
    private static final int AF_PACKET = 17;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_NONBLOCK = 0x800;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final short ETH_P_IP = 0x0800;
    private static final int ADDRESS_SIZE = 20;
    private static final int PROTOCOL_OFFSET = 2;
    private static final int INDEX_OFFSET = 4;
    private static final int HARDWARE_LENGTH_OFFSET = 11;
    private static final int HARDWARE_OFFSET = 12;
    private static final int ETHERNET_OCTETS = 6;

    // Specification: RFC 1112 section 6.4
    private static final int MULTICAST = 0xE;
    private static final long EVERYBODY = 0xFFFF_FFFF_FFFFL;
    private static final long GROUPS = 0x0100_5E00_0000L;
    private static final int GROUP_MASK = 0x7F_FFFF;

    private final Descriptor descriptor;
    private final MemorySegment target;

    private PacketSocket(Descriptor descriptor, MemorySegment target) {
        this.descriptor = descriptor;
        this.target = target;
    }

    /**
     * Opens a socket on a device of the calling thread's namespace.
     *
     * @throws ErrnoException ENODEV when there is no such device, ENETDOWN when it is down
     */
    public static PacketSocket open(String device) throws ErrnoException {
        int type = SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC;
        // Protocol 0: it hears nothing, of no device, before it is bound.
        int fd =
                ErrnoException.check(
                        Libc.socket(AF_PACKET, type, 0), "socket", "packet socket on " + device);
        Descriptor descriptor = new Descriptor(fd);
        try (Arena arena = Arena.ofConfined()) {
            SocketFilter.forBroadcasts().attachTo(fd);
            int index = Libc.ifNameToIndex(arena.allocateFrom(device, StandardCharsets.US_ASCII));
            ErrnoException.check(index, "if_nametoindex", "device " + device);
            MemorySegment address = address(index);
            ErrnoException.check(
                    Libc.bind(fd, address, ADDRESS_SIZE), "bind", "packet socket on " + device);
            return new PacketSocket(descriptor, address);
        } catch (ErrnoException failure) {
            descriptor.close();
            throw failure;
        }
    }

    /** A struct sockaddr_ll without a hardware address. */
    private static MemorySegment address(int index) {
        MemorySegment address = Arena.ofAuto().allocate(ADDRESS_SIZE, Integer.BYTES);
        address.set(JAVA_SHORT, 0, (short) AF_PACKET);
        address.set(JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN), PROTOCOL_OFFSET, ETH_P_IP);
        address.set(JAVA_INT, INDEX_OFFSET, index);
        return address;
    }

    /** The descriptor, for epoll. */
    public int fd() {
        return descriptor.number();
    }

    /**
     * Takes one packet that waits, without blocking.
     *
     * @param packet direct buffer; the packet is put at its position, from the IP header on, and
     *     the limit set to its end; a longer one is cut off
     * @return length in octets; 0 when nothing is waiting; a negative error number when the device
     *     does not work any more: {@code -ENETDOWN}
     */
    public int receive(ByteBuffer packet) {
        int result =
                Libc.recv(
                        descriptor.number(), MemorySegment.ofBuffer(packet), packet.remaining(), 0);
        if (result == -Errno.EAGAIN || result == -Errno.EINTR) {
            return 0;
        }
        if (result > 0) {
            packet.limit(packet.position() + result);
        }
        return result;
    }

    /**
     * Sends one packet to everybody on the network, or to its group.
     *
     * @param packet direct buffer, from the IP header between position and limit; left as it is
     * @param destination the packet's, as 32 bits
     * @return length in octets, or a negative error number when the packet is lost
     */
    public int send(ByteBuffer packet, int destination) {
        boolean isGroup = destination >>> 28 == MULTICAST;
        long hardware = isGroup ? GROUPS | (destination & GROUP_MASK) : EVERYBODY;
        target.set(JAVA_BYTE, HARDWARE_LENGTH_OFFSET, (byte) ETHERNET_OCTETS);
        for (int index = 0; index < ETHERNET_OCTETS; index++) {
            int shift = (ETHERNET_OCTETS - 1 - index) * Byte.SIZE;
            target.set(JAVA_BYTE, HARDWARE_OFFSET + index, (byte) (hardware >>> shift));
        }
        return Libc.sendto(
                descriptor.number(),
                MemorySegment.ofBuffer(packet),
                packet.remaining(),
                target,
                ADDRESS_SIZE);
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
