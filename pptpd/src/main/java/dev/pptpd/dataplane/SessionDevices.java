package dev.pptpd.dataplane;

import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.linux.PacketDevice;
import dev.pptpd.session.CloseReason;
import dev.pptpd.session.CloseReason.Kind;
import dev.pptpd.session.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which sessions' devices wake the worker: all but those that wait for an open send window. */
final class SessionDevices {
    private static final Logger LOG = LoggerFactory.getLogger(SessionDevices.class);

    private final DeviceWatch watch;
    private final SessionOwner owner;

    SessionDevices(DeviceWatch watch, SessionOwner owner) {
        this.watch = watch;
        this.owner = owner;
    }

    /** False, and the session ended, when the device cannot be watched. */
    boolean watch(Session session, PacketDevice device, long nowNanos) {
        try {
            watch.add(device, session.callId());
            return true;
        } catch (ErrnoException e) {
            // As if it were paused: its end has nothing to take back.
            session.deviceWaits(true);
            String detail = String.valueOf(e.getMessage());
            owner.end(session, new CloseReason(Kind.DEVICE_FAILED, detail), nowNanos);
            return false;
        }
    }

    /** Leaves packets to the session in the kernel's queue. */
    void pause(Session session) {
        unwatch(session);
        session.deviceWaits(true);
    }

    /**
     * Goes on if the session may send again. Nothing is missed: the epoll set is level-triggered.
     */
    void resumeIfOpen(Session session, long nowNanos) {
        PacketDevice device = session.device();
        if (device != null && session.isDeviceWaiting() && session.tunnel().sendCredit() > 0) {
            session.deviceWaits(false);
            watch(session, device, nowNanos);
        }
    }

    /** Ends it; of no effect on a device that nobody watches. */
    void unwatch(Session session) {
        PacketDevice device = session.device();
        if (device == null || session.isDeviceWaiting()) {
            return;
        }
        try {
            watch.remove(device);
        } catch (ErrnoException | IllegalStateException e) {
            LOG.debug(
                    "event=device-not-watched session={} peer={} detail=\"{}\"",
                    session.id(),
                    session.peer(),
                    e.getMessage());
        }
    }
}
