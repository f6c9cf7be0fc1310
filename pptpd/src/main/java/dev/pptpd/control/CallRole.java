package dev.pptpd.control;

/** What this end is for one call. */
enum CallRole {
    /** Commands the line: clears a call by Call-Clear-Request and waits for the notify. */
    PNS,
    /** Has the line: disconnects a call by Call-Disconnect-Notify, and that is all. */
    PAC
}
