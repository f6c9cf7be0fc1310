package dev.pptpd.dataplane;

import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.linux.PacketDevice;

/** Wakes the worker when a device has packets: its epoll set. */
interface DeviceWatch {
    /** Begins, or goes on; what is readable is told by the call id. */
    void add(PacketDevice device, int callId) throws ErrnoException;

    /**
     * Ends, or pauses; to be called before the device is closed. What waits in a device that nobody
     * watches stays in the kernel's queue, and of its end nobody hears.
     */
    void remove(PacketDevice device) throws ErrnoException;
}
