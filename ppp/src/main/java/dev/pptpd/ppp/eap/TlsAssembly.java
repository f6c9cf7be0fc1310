package dev.pptpd.ppp.eap;

import java.util.Arrays;
import java.util.Optional;

/**
 * The messages of TLS in one conversation, cut into fragments on the way out and put together on
 * the way in. EAP brings fragments in order and once, so that they need no offset.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc5216#section-2.1.5 RFC 5216 section 2.1.5
 */
final class TlsAssembly {
    /** As much as the RFC finds reasonable: a flight with a long chain of certificates. */
    private static final int MAX_MESSAGE_OCTETS = 64 << 10;

    private final int fragmentOctets;
    private byte[] received = new byte[0];
    private byte[] sending = new byte[0];
    private int sent;

    /** What came of a fragment. */
    sealed interface Progress {
        /** The message goes on; the fragment is to be acknowledged. */
        record More() implements Progress {}

        /** This is the whole message. */
        @SuppressWarnings("ArrayRecordComponent") // handed over once
        record Whole(byte[] message) implements Progress {}

        /** Nothing can come of it. */
        record Broken(String reason) implements Progress {}
    }

    /**
     * An assembly with nothing in it.
     *
     * @param packetOctets the largest EAP packet that the peer takes
     */
    TlsAssembly(int packetOctets) {
        int headerOctets = 5; // of EAP: code, identifier, length, type
        this.fragmentOctets = packetOctets - headerOctets - TlsFragment.MAX_HEADER_OCTETS;
        if (fragmentOctets <= 0) {
            throw new IllegalArgumentException("no fragment fits " + packetOctets + " octets");
        }
    }

    /** Takes the next fragment of what the other end says. */
    Progress receive(TlsFragment fragment) {
        int announced = fragment.messageOctets().orElse(0);
        int total = received.length + fragment.octets().length;
        if (total > MAX_MESSAGE_OCTETS || announced > MAX_MESSAGE_OCTETS) {
            return new Progress.Broken("a TLS message of more than " + MAX_MESSAGE_OCTETS);
        }
        byte[] all = Arrays.copyOf(received, total);
        System.arraycopy(fragment.octets(), 0, all, received.length, fragment.octets().length);
        if (fragment.hasMore()) {
            received = all;
            return new Progress.More();
        }
        received = new byte[0];
        return new Progress.Whole(all);
    }

    /** Begins to send a message; {@link #next} gives it piece by piece. */
    void send(byte[] message) {
        sending = message;
        sent = 0;
    }

    /** Whether a piece of the message has not gone out yet. */
    boolean hasNext() {
        return sent < sending.length;
    }

    /** The next piece. The first of several says how long all are together. */
    Optional<TlsFragment> next() {
        if (!hasNext()) {
            return Optional.empty();
        }
        int to = Math.min(sending.length, sent + fragmentOctets);
        boolean isFirstOfSeveral = sent == 0 && to < sending.length;
        TlsFragment fragment =
                new TlsFragment(
                        false,
                        to < sending.length,
                        isFirstOfSeveral ? Optional.of(sending.length) : Optional.empty(),
                        Arrays.copyOfRange(sending, sent, to));
        sent = to;
        return Optional.of(fragment);
    }
}
