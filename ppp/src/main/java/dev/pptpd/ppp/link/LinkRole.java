package dev.pptpd.ppp.link;

import dev.pptpd.ppp.auth.KnownPassword;
import dev.pptpd.ppp.auth.LoginMethod;
import dev.pptpd.ppp.auth.PeerName;
import java.util.List;

/** Which end of a link we are: the automata are the same, what they ask for is not. */
public sealed interface LinkRole {
    /** We let peers in, and give them their addresses. */
    record Server() implements LinkRole {}

    /**
     * We log in at the peer, and take the address it gives us.
     *
     * @param name who we say we are
     * @param password what proves it; owned by the caller, who wipes it after the link's end
     * @param methods how we log in where the server asks for it, the first one preferred
     */
    record Client(PeerName name, KnownPassword password, List<LoginMethod> methods)
            implements LinkRole {
        /** Copies the list; a client that logs in by no method is a mistake. */
        public Client {
            methods = List.copyOf(methods);
            if (methods.isEmpty()) {
                throw new IllegalArgumentException("a client without a way to log in");
            }
        }
    }
}
