package dev.pptpd.ppp.link;

import dev.pptpd.mppe.MppeMode;
import dev.pptpd.ppp.auth.AuthenticationRequest;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.ppp.ipcp.Ipv4Assignment;
import dev.pptpd.ppp.ipv6cp.Ipv6Identifiers;
import java.util.Optional;

/** What a link wants done, in this order. */
public sealed interface LinkAction {
    /** Send this frame, header included. The array belongs to the receiver of the action. */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    record SendFrame(byte[] frame) implements LinkAction {}

    /** Decide this login and call {@link PppLink#authenticated} or {@link PppLink#refused}. */
    record Authenticate(AuthenticationRequest request) implements LinkAction {}

    /** Run this on a thread that may be kept waiting, then call {@link PppLink#computed}. */
    record Compute(Runnable task) implements LinkAction {}

    /** No login is asked for: call {@link PppLink#admitted} when the session is ready. */
    record Admit() implements LinkAction {}

    /**
     * As a client we are in; told again when the server asked again.
     *
     * @param method how we logged in, in words for a log
     */
    record LoggedIn(String method) implements LinkAction {}

    /**
     * As a client we asked for something in vain; the link goes on without. Said once.
     *
     * @param what a word for it
     * @param detail why, in words for a log
     */
    record NotGiven(String what, String detail) implements LinkAction {}

    /**
     * Encryption was asked for in vain, and data flows in clear text.
     *
     * @param bits what both sides offered, in hex
     */
    record Unencrypted(String bits) implements LinkAction {}

    /**
     * The peer asks for this address instead of its own: decide and call {@link
     * PppLink#addressDecided}.
     */
    record AskForAddress(Ipv4Address asked) implements LinkAction {}

    /** IPv4 packets flow from now on. */
    record NetworkUp(Ipv4Assignment assignment, Optional<MppeMode> encryption)
            implements LinkAction {}

    /** IPv4 packets flow no longer; the link may come up again. */
    record NetworkDown() implements LinkAction {}

    /** IPv6 packets flow from now on. */
    record Ipv6Up(Ipv6Identifiers identifiers) implements LinkAction {}

    /** IPv6 packets flow no longer; they may again. */
    record Ipv6Down() implements LinkAction {}

    /**
     * What the peer says of itself: one line of printable ASCII, anything else as {@code \}{@code
     * xNN}.
     */
    record Identified(String text) implements LinkAction {}

    /** The link is over. Nothing follows. */
    record Finished(LinkEnd end) implements LinkAction {}
}
