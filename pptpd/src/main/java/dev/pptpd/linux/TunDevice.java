package dev.pptpd.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.pptpd.gre.linux.Descriptor;
import dev.pptpd.gre.linux.Errno;
import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.gre.linux.Libc;
import dev.pptpd.offload.VirtioNetHeader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A TUN device: a network interface whose packets this program reads and writes, one IP packet a
 * time. With offloads one may be a super-packet of many segments, and each has a header.
 * Non-blocking and closed on exec; the device goes when the descriptor is closed or the process
 * ends.
 *
 * <p>Opening needs CAP_NET_ADMIN. Opened and used by one thread at a time.
 */
public final class TunDevice implements PacketDevice, AutoCloseable {
    private static final String CLONE_DEVICE = "/dev/net/tun";

    // Specification: <fcntl.h>, <linux/if.h>, <linux/if_tun.h>
    private static final int O_RDWR = 2;
    private static final int O_NONBLOCK = 0x800;
    private static final int O_CLOEXEC = 0x80000;
    private static final long TUNSETIFF = 0x400454caL;
    private static final long TUNGETIFF = 0x800454d2L;
    private static final long TUNSETOFFLOAD = 0x400454d0L;
    private static final long TUNSETVNETLE = 0x400454dcL;
    private static final int IFF_TUN = 0x0001;
    private static final int IFF_NO_PI = 0x1000;
    private static final int IFF_VNET_HDR = 0x4000;
    private static final int IFF_TUN_EXCL = 0x8000;
    private static final int TUN_F_CSUM = 0x01;
    private static final int TUN_F_TSO4 = 0x02;
    private static final int TUN_F_TSO6 = 0x04;
    private static final int TUN_F_USO4 = 0x20;
    private static final int TUN_F_USO6 = 0x40;
    private static final int INTERFACE_REQUEST_SIZE = 40;
    private static final int NAME_SIZE = 16;
    private static final int FLAGS_OFFSET = NAME_SIZE;

    private final Descriptor descriptor;
    private final String name;
    private final int interfaceIndex;
    private final Offloads offloads;

    TunDevice(Descriptor descriptor, String name, int interfaceIndex, Offloads offloads) {
        this.descriptor = descriptor;
        this.name = name;
        this.interfaceIndex = interfaceIndex;
        this.offloads = offloads;
    }

    /**
     * Makes a device with all the offloads that the kernel has; where it has none, a plain one.
     *
     * @param namePattern as {@link #open} takes it
     * @throws ErrnoException as {@link #open} throws it
     */
    public static TunDevice openWithOffloads(String namePattern) throws ErrnoException {
        try {
            return open(namePattern, IFF_VNET_HDR);
        } catch (ErrnoException failure) {
            if (failure.errno() == Errno.EINVAL) {
                return open(namePattern);
            }
            throw failure;
        }
    }

    /**
     * Makes a device without offloads, which is down and has no address yet, in the network
     * namespace of the calling thread.
     *
     * @param namePattern a name of at most 15 ASCII characters, or one with {@code %d}, for which
     *     the kernel puts the lowest free number: {@code ppp%d}
     * @throws ErrnoException EBUSY or EEXIST when there is a device of this name, EINVAL for a name
     *     that the kernel does not allow
     */
    public static TunDevice open(String namePattern) throws ErrnoException {
        return open(namePattern, 0);
    }

    private static TunDevice open(String namePattern, int moreFlags) throws ErrnoException {
        if (namePattern.isEmpty() || namePattern.length() >= NAME_SIZE) {
            throw new IllegalArgumentException("interface name " + namePattern);
        }
        try (Arena arena = Arena.ofConfined()) {
            int flags = O_RDWR | O_NONBLOCK | O_CLOEXEC;
            int fd = Libc.open(arena.allocateFrom(CLONE_DEVICE, StandardCharsets.US_ASCII), flags);
            Descriptor descriptor = new Descriptor(ErrnoException.check(fd, "open", CLONE_DEVICE));
            try {
                return create(descriptor, namePattern, moreFlags, arena);
            } catch (ErrnoException failure) {
                descriptor.close();
                throw failure;
            }
        }
    }

    private static TunDevice create(
            Descriptor descriptor, String namePattern, int moreFlags, Arena arena)
            throws ErrnoException {
        MemorySegment request = arena.allocate(INTERFACE_REQUEST_SIZE, Long.BYTES);
        request.setString(0, namePattern, StandardCharsets.US_ASCII);
        int flags = IFF_TUN | IFF_NO_PI | IFF_TUN_EXCL | moreFlags;
        request.set(JAVA_SHORT, FLAGS_OFFSET, (short) flags);
        int result = Libc.ioctl(descriptor.number(), TUNSETIFF, request);
        ErrnoException.check(result, "ioctl(TUNSETIFF)", "device " + namePattern);
        String name = request.getString(0, StandardCharsets.US_ASCII);
        int index = Libc.ifNameToIndex(request);
        ErrnoException.check(index, "if_nametoindex", "device " + name);
        Offloads offloads =
                (moreFlags & IFF_VNET_HDR) == 0
                        ? Offloads.NONE
                        : offloads(descriptor.number(), name, arena);
        return new TunDevice(descriptor, name, index, offloads);
    }

    /** Numbers in the header are little-endian from here on, whatever the machine is. */
    private static Offloads offloads(int fd, String name, Arena arena) throws ErrnoException {
        int result = Libc.ioctl(fd, TUNSETVNETLE, arena.allocateFrom(JAVA_INT, 1));
        ErrnoException.check(result, "ioctl(TUNSETVNETLE)", "device " + name);
        int tcp = TUN_F_CSUM | TUN_F_TSO4 | TUN_F_TSO6;
        if (setOffload(fd, tcp | TUN_F_USO4 | TUN_F_USO6) >= 0) {
            return Offloads.TCP_AND_UDP;
        }
        ErrnoException.check(setOffload(fd, tcp), "ioctl(TUNSETOFFLOAD)", "device " + name);
        return Offloads.TCP;
    }

    private static int setOffload(int fd, int features) {
        return Libc.ioctl(fd, TUNSETOFFLOAD, MemorySegment.ofAddress(features));
    }

    @Override
    public String name() {
        return name;
    }

    /**
     * The same device with the name that it has now, which takes the place of this object.
     *
     * @throws ErrnoException EBADFD when somebody has deleted the device
     */
    public TunDevice renamed() throws ErrnoException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = arena.allocate(INTERFACE_REQUEST_SIZE, Long.BYTES);
            int result = Libc.ioctl(descriptor.number(), TUNGETIFF, request);
            ErrnoException.check(result, "ioctl(TUNGETIFF)", "device " + name);
            String now = request.getString(0, StandardCharsets.US_ASCII);
            return new TunDevice(descriptor, now, interfaceIndex, offloads);
        }
    }

    /** The kernel's number of the device in its namespace. */
    public int interfaceIndex() {
        return interfaceIndex;
    }

    @Override
    public int fd() {
        return descriptor.number();
    }

    @Override
    public Offloads offloads() {
        return offloads;
    }

    @Override
    public int read(ByteBuffer packet) {
        int header = headerOctets();
        long address = PacketMemory.address(packet) - header;
        int result = Libc.read(descriptor.number(), address, packet.remaining() + header);
        if (result > header) {
            packet.limit(packet.position() + result - header);
            return result - header;
        }
        return result == -Errno.EAGAIN || result == -Errno.EINTR ? 0 : result;
    }

    @Override
    public int write(ByteBuffer packet) {
        int header = headerOctets();
        if (header > 0) {
            VirtioNetHeader.putWhole(packet, packet.position() - header);
        }
        long address = PacketMemory.address(packet) - header;
        try {
            int result = Libc.write(descriptor.number(), address, packet.remaining() + header);
            return result < 0 ? result : result - header;
        } finally {
            Reference.reachabilityFence(packet);
        }
    }

    @Override
    public int write(GatheredPacket packet) {
        int result = Libc.writev(descriptor.number(), packet.vectors(), packet.pieces());
        return result < 0 ? result : result - VirtioNetHeader.OCTETS;
    }

    private int headerOctets() {
        return offloads == Offloads.NONE ? 0 : VirtioNetHeader.OCTETS;
    }

    /**
     * Closes the descriptor and so removes the device, which takes the kernel about 20 ms; many
     * devices go faster by {@link Netlink#deleteGroup} first.
     */
    @Override
    public void close() {
        descriptor.close();
    }
}
