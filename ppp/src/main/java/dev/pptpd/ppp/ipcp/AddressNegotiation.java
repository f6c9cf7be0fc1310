package dev.pptpd.ppp.ipcp;

import dev.pptpd.ppp.option.OptionList;
import dev.pptpd.ppp.option.OptionSet;
import java.util.Optional;

/** The options of IPCP from one end, and the addresses that come of them. */
public sealed interface AddressNegotiation extends OptionSet
        permits IpcpOptions, IpcpClientOptions {
    /** The addresses of the link, once IPCP is open; empty when {@link #obstacle} says why. */
    Optional<Ipv4Assignment> assignment();

    /** Why IPCP is of no use although it is open; one phrase, empty when all is well. */
    Optional<String> obstacle();

    /** What came of the compression of headers. */
    VjNegotiation compression();

    /**
     * The address that a peer's Configure-Request asks for, where somebody else has to decide about
     * it first; empty when the request can be answered as it is.
     */
    default Optional<Ipv4Address> undecided(OptionList request) {
        return Optional.empty();
    }

    /** What was decided about it: from now on these are the addresses. */
    default void decided(Ipv4Address asked, Ipv4Assignment assignment) {}
}
