package dev.pptpd.linux;

import java.nio.ByteBuffer;

/** What IP packets are read from and written to, one a time: a {@link TunDevice}. One thread. */
public interface PacketDevice {
    /** The name that the kernel gave: {@code ppp0}. */
    String name();

    /** The descriptor, for epoll. */
    int fd();

    /**
     * Reads one IP packet that the kernel routed to this device, without blocking.
     *
     * @param packet direct buffer; the packet is put at its position and the limit set to the
     *     packet's end. It needs the device's MTU remaining, the kernel cuts a longer packet off.
     *     Unchanged when there is no packet
     * @return length in octets; 0 when nothing is waiting; a negative error number when the device
     *     does not work any more, such as {@code -EBADFD} after its deletion
     */
    int read(ByteBuffer packet);

    /**
     * Hands one IP packet to the kernel, which takes it as received from this device.
     *
     * @param packet direct buffer, the packet from position to limit; it is left as it is
     * @return length in octets, or a negative error number when the packet is lost: {@code -EIO}
     *     while the device is down, {@code -EINVAL} for something that is no IP packet, {@code
     *     -ENOBUFS}, {@code -EBADFD}
     */
    int write(ByteBuffer packet);
}
