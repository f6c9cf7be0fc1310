package dev.pptpd.linux;

import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.pptpd.gre.linux.Descriptor;
import dev.pptpd.gre.linux.Errno;
import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.gre.linux.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A TUN device: a network interface whose packets this program reads and writes, one IP packet a
 * time, without any header. Non-blocking and closed on exec; the device goes when the descriptor is
 * closed or the process ends.
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
    private static final short IFF_TUN = 0x0001;
    private static final short IFF_NO_PI = 0x1000;
    private static final short IFF_TUN_EXCL = (short) 0x8000;
    private static final int INTERFACE_REQUEST_SIZE = 40;
    private static final int NAME_SIZE = 16;
    private static final int FLAGS_OFFSET = NAME_SIZE;

    private final Descriptor descriptor;
    private final String name;
    private final int interfaceIndex;

    TunDevice(Descriptor descriptor, String name, int interfaceIndex) {
        this.descriptor = descriptor;
        this.name = name;
        this.interfaceIndex = interfaceIndex;
    }

    /**
     * Makes a device, which is down and has no address yet, in the network namespace of the calling
     * thread.
     *
     * @param namePattern a name of at most 15 ASCII characters, or one with {@code %d}, for which
     *     the kernel puts the lowest free number: {@code ppp%d}
     * @throws ErrnoException EBUSY or EEXIST when there is a device of this name, EINVAL for a name
     *     that the kernel does not allow
     */
    public static TunDevice open(String namePattern) throws ErrnoException {
        if (namePattern.isEmpty() || namePattern.length() >= NAME_SIZE) {
            throw new IllegalArgumentException("interface name " + namePattern);
        }
        try (Arena arena = Arena.ofConfined()) {
            int flags = O_RDWR | O_NONBLOCK | O_CLOEXEC;
            int fd = Libc.open(arena.allocateFrom(CLONE_DEVICE, StandardCharsets.US_ASCII), flags);
            Descriptor descriptor = new Descriptor(ErrnoException.check(fd, "open", CLONE_DEVICE));
            try {
                return create(descriptor, namePattern, arena);
            } catch (ErrnoException failure) {
                descriptor.close();
                throw failure;
            }
        }
    }

    private static TunDevice create(Descriptor descriptor, String namePattern, Arena arena)
            throws ErrnoException {
        MemorySegment request = arena.allocate(INTERFACE_REQUEST_SIZE, Long.BYTES);
        request.setString(0, namePattern, StandardCharsets.US_ASCII);
        request.set(JAVA_SHORT, FLAGS_OFFSET, (short) (IFF_TUN | IFF_NO_PI | IFF_TUN_EXCL));
        int result = Libc.ioctl(descriptor.number(), TUNSETIFF, request);
        ErrnoException.check(result, "ioctl(TUNSETIFF)", "device " + namePattern);
        String name = request.getString(0, StandardCharsets.US_ASCII);
        int index = Libc.ifNameToIndex(request);
        ErrnoException.check(index, "if_nametoindex", "device " + name);
        return new TunDevice(descriptor, name, index);
    }

    @Override
    public String name() {
        return name;
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
    public int read(ByteBuffer packet) {
        int result =
                Libc.read(descriptor.number(), MemorySegment.ofBuffer(packet), packet.remaining());
        if (result == -Errno.EAGAIN || result == -Errno.EINTR) {
            return 0;
        }
        if (result > 0) {
            packet.limit(packet.position() + result);
        }
        return result;
    }

    @Override
    public int write(ByteBuffer packet) {
        return Libc.write(descriptor.number(), MemorySegment.ofBuffer(packet), packet.remaining());
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
