package dev.pptpd.ppp.ipcp;

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
}
