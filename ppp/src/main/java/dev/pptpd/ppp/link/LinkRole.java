package dev.pptpd.ppp.link;

import dev.pptpd.ppp.auth.NtPasswordHash;
import dev.pptpd.ppp.auth.PeerName;

/** Which end of a link we are: the automata are the same, what they ask for is not. */
public sealed interface LinkRole {
    /** We let peers in, and give them their addresses. */
    record Server() implements LinkRole {}

    /**
     * We log in at the peer, and take the address it gives us.
     *
     * @param name who we say we are
     * @param passwordHash what proves it; owned by the caller, who wipes it after the link's end
     */
    record Client(PeerName name, NtPasswordHash passwordHash) implements LinkRole {}
}
