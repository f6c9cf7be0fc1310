package dev.pptpd.ppp.link;

import dev.pptpd.ppp.ipcp.AddressNegotiation;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.ppp.ipcp.Ipv4Assignment;
import dev.pptpd.ppp.option.OptionList;
import dev.pptpd.ppp.packet.Code;
import dev.pptpd.ppp.packet.ControlPacket;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a Configure-Request of IPCP back until somebody has decided about the address in it:
 * whether it is free, nobody knows here. The peer, which repeats its request after some seconds,
 * notices nothing.
 */
final class AddressQuestion {
    private final AddressNegotiation addresses;
    private final Outbox outbox;

    /** The latest request that waits, and the address that was asked about because of one. */
    private @Nullable ControlPacket held;

    private @Nullable Ipv4Address asked;

    AddressQuestion(AddressNegotiation addresses, Outbox outbox) {
        this.addresses = addresses;
        this.outbox = outbox;
    }

    /** Whether somebody is to decide, or a request waits. */
    boolean isOpen() {
        return asked != null || held != null;
    }

    /** Whether a packet of IPCP has to wait: then it was kept. */
    boolean holds(ControlPacket packet) {
        if (packet.code() == Code.TERMINATE_REQUEST) {
            held = null;
        }
        if (packet.code() != Code.CONFIGURE_REQUEST) {
            return false;
        }
        Optional<Ipv4Address> open = OptionList.decode(packet.data()).flatMap(addresses::undecided);
        held = open.isPresent() ? packet : null;
        if (open.isPresent() && asked == null) {
            asked = open.get();
            outbox.add(new LinkAction.AskForAddress(open.get()));
        }
        return open.isPresent();
    }

    /**
     * Somebody has decided. Where the question was asked before the link started over, its answer
     * is what holds all the same: the device has the address by now.
     *
     * @return the request that waited; null when there is none any more
     */
    @Nullable ControlPacket decided(Ipv4Assignment assignment) {
        Ipv4Address question = asked == null ? assignment.peer() : asked;
        ControlPacket waited = held;
        asked = null;
        held = null;
        addresses.decided(question, assignment);
        return waited;
    }
}
