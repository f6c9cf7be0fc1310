package dev.pptpd.emulator;

import java.util.List;

/** What one kind of client wants from a protocol and what it grants. */
interface OptionPolicy {
    /** The options of the next Configure-Request; the server's answers change them. */
    WantedOptions wanted();

    /** The Configure-Ack, -Nak or -Reject to a request of the server. */
    PppPacket answer(int identifier, List<ConfigurationOption> asked);
}
