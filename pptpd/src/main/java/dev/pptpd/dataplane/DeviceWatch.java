package dev.pptpd.dataplane;

import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.linux.PacketDevice;

/** Wakes the worker when a device has packets: its epoll set. */
interface DeviceWatch {
    /** Begins; what is readable is told by the call id. */
    void add(PacketDevice device, int callId) throws ErrnoException;

    /** Ends; to be called before the device is closed. */
    void remove(PacketDevice device) throws ErrnoException;
}
