package dev.pptpd.linux;

/**
 * A network interface as rtnetlink lists it.
 *
 * @param index the kernel's number of it
 * @param name such as {@code ppp0}
 * @param group link group, 0 unless somebody set one
 * @param kind the kernel's word for a virtual device, such as {@code tun}; empty for others
 */
public record Link(int index, String name, int group, String kind) {
    /** Whether it is a TUN or TAP device. */
    public boolean isTun() {
        return kind.equals("tun");
    }
}
