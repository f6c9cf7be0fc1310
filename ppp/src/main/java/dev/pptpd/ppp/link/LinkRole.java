package dev.pptpd.ppp.link;

import dev.pptpd.ppp.auth.ClientPassword;
import dev.pptpd.ppp.auth.KnownPassword;
import dev.pptpd.ppp.auth.LoginMethod;
import dev.pptpd.ppp.auth.PeerName;
import dev.pptpd.ppp.eap.EapSettings;
import java.util.List;

/** Which end of a link we are: the automata are the same, what they ask for is not. */
public sealed interface LinkRole {
    /**
     * We let peers in, and give them their addresses.
     *
     * @param eap how a login by EAP goes
     */
    record Server(EapSettings eap) implements LinkRole {
        /** A server with EAP as it is by default, should that be asked for. */
        public Server() {
            this(EapSettings.DEFAULT);
        }
    }

    /**
     * We log in at the peer, and take the address it gives us.
     *
     * @param name who we say we are
     * @param password what proves it; owned by the caller, who wipes it after the link's end
     * @param methods how we log in where the server asks for it, the first one preferred
     * @param eap how a login by EAP goes
     */
    record Client(
            PeerName name, ClientPassword password, List<LoginMethod> methods, EapSettings eap)
            implements LinkRole {
        /** A client whose password does not change. */
        public Client(PeerName name, KnownPassword password, List<LoginMethod> methods) {
            this(name, new ClientPassword(password), methods, EapSettings.DEFAULT);
        }

        /** Copies the list; a client that logs in by no method is a mistake. */
        public Client {
            methods = List.copyOf(methods);
            if (methods.isEmpty()) {
                throw new IllegalArgumentException("a client without a way to log in");
            }
        }
    }
}
