package dev.pptpd.dataplane;

import dev.pptpd.session.CloseReason;
import dev.pptpd.session.Session;

/** Who decides about the sessions of a worker; told by those who move their packets. */
interface SessionOwner {
    /** The session may have actions and another deadline. */
    void onTouched(Session session, long nowNanos);

    /** The session may send nothing now: its device has to wait until the window opens. */
    void onWindowClosed(Session session, long nowNanos);

    /** Our own mistake: the session cannot go on. */
    void onFailure(Session session, RuntimeException mistake, long nowNanos);

    /** Ends the session now; of no effect when it has ended. */
    void end(Session session, CloseReason reason, long nowNanos);
}
