package dev.pptpd.session;

import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.linux.TunDevice;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few devices made ahead of the logins that will want them, which saves a login most of what the
 * kernel takes for a new one. They are down and have no address, and a name that is no session's.
 *
 * <p>How many there are depends on nothing that a peer does: one that never logs in takes none, and
 * none is made while logins wait. For one thread.
 */
final class ReadyDevices {
    private static final Logger LOG = LoggerFactory.getLogger(ReadyDevices.class);

    private final int limit;
    private final Source source;
    private final Queue<TunDevice> devices = new ArrayDeque<>();
    private boolean hasFailed;

    /** Where they come from. */
    @FunctionalInterface
    interface Source {
        /** Makes one and prepares it; leaves nothing behind when that fails. */
        TunDevice make() throws ErrnoException;
    }

    /**
     * None yet.
     *
     * @param limit how many at most, 0 for none at all
     */
    ReadyDevices(int limit, Source source) {
        this.limit = limit;
        this.source = source;
    }

    /** Takes one out. */
    Optional<TunDevice> take() {
        return Optional.ofNullable(devices.poll());
    }

    /**
     * Makes one more, if some are missing.
     *
     * @return whether there is more to do; not after a failure, which the next login may have
     *     mended
     */
    boolean refill() {
        if (devices.size() >= limit) {
            return false;
        }
        try {
            devices.add(source.make());
            hasFailed = false;
            return devices.size() < limit;
        } catch (ErrnoException e) {
            // Once, not after each login: those find out for themselves, and it is told then.
            if (!hasFailed) {
                LOG.warn("event=no-device-ahead detail=\"{}\"", e.getMessage());
            }
            hasFailed = true;
            return false;
        }
    }

    int size() {
        return devices.size();
    }

    /** Removes them all. */
    void clear() {
        devices.forEach(TunDevice::close);
        devices.clear();
    }
}
