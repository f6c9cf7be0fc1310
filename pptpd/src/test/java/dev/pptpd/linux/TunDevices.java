package dev.pptpd.linux;

import dev.pptpd.gre.linux.Descriptor;
import dev.pptpd.gre.linux.Libc;

/** Devices for tests of what only passes them on. */
public final class TunDevices {
    private TunDevices() {}

    /** Not in the kernel: a descriptor of another kind that can be closed, with a name. */
    public static TunDevice unreal(String name) {
        return new TunDevice(new Descriptor(Libc.eventfd(0)), name, 1, Offloads.NONE);
    }
}
