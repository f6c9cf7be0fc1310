package dev.pptpd.net;

import java.net.InetAddress;

/** The place of one admitted connection among the half-open ones, given back once. */
final class HalfOpenPlace {
    private final ConnectionAdmission admission;
    private final InetAddress address;
    private boolean ended;

    HalfOpenPlace(ConnectionAdmission admission, InetAddress address) {
        this.admission = admission;
        this.address = address;
    }

    /** The connection has its call, or is closed. */
    void end() {
        if (!ended) {
            ended = true;
            admission.release(address);
        }
    }
}
