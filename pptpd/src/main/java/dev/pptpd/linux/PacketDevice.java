package dev.pptpd.linux;

import java.nio.ByteBuffer;

/**
 * What IP packets are read from and written to, one a time: a {@link TunDevice}. With {@link
 * Offloads}, one may stand for many segments; the {@link dev.pptpd.offload.VirtioNetHeader} before
 * it says so. One thread.
 */
public interface PacketDevice {
    /** The name that the kernel gave: {@code ppp0}. */
    String name();

    /** The descriptor, for epoll. */
    int fd();

    /** Which super-packets come, and may be written. */
    Offloads offloads();

    /**
     * Reads one IP packet that the kernel routed to this device, without blocking.
     *
     * @param packet direct buffer; the packet is put at its position and the limit set to the
     *     packet's end. It needs the device's MTU remaining, the kernel cuts a longer packet off.
     *     With offloads it needs room for 65,535 octets, and before its position for the header of
     *     the device. Unchanged when there is no packet
     * @return length in octets; 0 when nothing is waiting; a negative error number when the device
     *     does not work any more, such as {@code -EBADFD} after its deletion
     */
    int read(ByteBuffer packet);

    /**
     * Hands one IP packet to the kernel, which takes it as received from this device.
     *
     * @param packet direct buffer, the packet from position to limit; it is left as it is. With
     *     offloads the octets before it, as many as the header of the device has, are overwritten
     * @return length in octets, or a negative error number when the packet is lost: {@code -EIO}
     *     while the device is down, {@code -EINVAL} for something that is no IP packet, {@code
     *     -ENOBUFS}, {@code -EBADFD}
     */
    int write(ByteBuffer packet);

    /**
     * Hands one packet or super-packet in pieces to the kernel; for a device with offloads.
     *
     * @return length in octets, or a negative error number as {@link #write(ByteBuffer)} returns it
     */
    int write(GatheredPacket packet);
}
