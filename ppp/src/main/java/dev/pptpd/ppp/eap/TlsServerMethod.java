package dev.pptpd.ppp.eap;

import dev.pptpd.mppe.MppeStartKeys;
import dev.pptpd.ppp.auth.AuthenticationRequest;
import dev.pptpd.ppp.auth.AuthenticationResult;
import dev.pptpd.ppp.auth.CertificateRequest;
import dev.pptpd.ppp.auth.PeerName;
import java.util.Optional;

/**
 * The authenticator of EAP-TLS: a start, then flights of TLS in both directions, each of them in
 * fragments. When the peer has acknowledged our last flight, its certificate's names are handed out
 * to be decided.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc5216#section-2.1 RFC 5216 section 2.1
 */
final class TlsServerMethod implements ServerMethod {
    private final PeerName identity;
    private final TlsConversation conversation;
    private final TlsAssembly assembly;

    /** Our flight, from the end of the computation until it is cut into fragments. */
    private byte[] flight = new byte[0];

    /**
     * A method that has not started.
     *
     * @param identity who the peer says it is
     * @param packetOctets the largest EAP packet that the peer takes
     */
    TlsServerMethod(PeerName identity, TlsConversation conversation, int packetOctets) {
        this.identity = identity;
        this.conversation = conversation;
        this.assembly = new TlsAssembly(packetOctets);
    }

    @Override
    public EapMethod method() {
        return EapMethod.TLS;
    }

    @Override
    public Step start(int identifier) {
        return new Step.Ask(TlsFragment.empty(true).encode());
    }

    @Override
    public Step receive(int identifier, byte[] data) {
        return TlsFragment.decode(data).map(this::receive).orElseGet(Step.Ignore::new);
    }

    private Step receive(TlsFragment fragment) {
        if (assembly.hasNext()) {
            return fragment.isAcknowledgment() ? sendNext() : new Step.Ignore();
        }
        if (conversation.failure().isPresent() || conversation.isEstablished()) {
            return conclude();
        }
        return switch (assembly.receive(fragment)) {
            case TlsAssembly.Progress.More() -> new Step.Ask(TlsFragment.empty(false).encode());
            case TlsAssembly.Progress.Whole(byte[] message) ->
                    new Step.Compute(() -> flight = conversation.advance(message));
            case TlsAssembly.Progress.Broken(String reason) -> new Step.Refuse(reason);
        };
    }

    @Override
    public Step computed(int identifier) {
        if (flight.length == 0) {
            return conclude();
        }
        assembly.send(flight);
        flight = new byte[0];
        return sendNext();
    }

    private Step sendNext() {
        return assembly.next()
                .<Step>map(fragment -> new Step.Ask(fragment.encode()))
                .orElseGet(Step.Ignore::new);
    }

    /** Nothing is left to say. */
    private Step conclude() {
        if (conversation.isEstablished()) {
            Optional<MppeStartKeys> keys = conversation.startKeys();
            return new Step.Decide(
                    new CertificateRequest(
                            method().label(), identity, conversation.peerNames(), keys));
        }
        return new Step.Refuse(
                "TLS: " + conversation.failure().orElse("the peer stops in the middle"));
    }

    @Override
    public Step decided(
            AuthenticationRequest request, AuthenticationResult result, int identifier) {
        conversation.close();
        return switch (result) {
            case AuthenticationResult.Accepted _ -> new Step.Grant();
            case AuthenticationResult.Rejected rejected ->
                    new Step.Refuse("login refused, E=" + rejected.code().number());
        };
    }
}
