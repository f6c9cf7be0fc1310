package dev.pptpd.ppp.eap;

import dev.pptpd.mppe.MppeStartKeys;
import java.util.List;
import java.util.Optional;

/**
 * The peer of EAP-TLS. It computes where it is called: a client has but one session, and nobody
 * else waits for its thread.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc5216#section-2.1 RFC 5216 section 2.1
 */
final class TlsClientMethod implements ClientMethod {
    private final TlsConversation conversation;
    private final TlsAssembly assembly;
    private final Optional<String> serverName;
    private boolean begun;

    /**
     * A method that has not started.
     *
     * @param serverName what the server's certificate has to name; empty where any that its
     *     authority vouches for will do
     * @param packetOctets the largest EAP packet that the server takes
     */
    TlsClientMethod(TlsConversation conversation, Optional<String> serverName, int packetOctets) {
        this.conversation = conversation;
        this.serverName = serverName;
        this.assembly = new TlsAssembly(packetOctets);
    }

    @Override
    public EapMethod method() {
        return EapMethod.TLS;
    }

    @Override
    public Reply receive(int identifier, byte[] data) {
        return TlsFragment.decode(data).map(this::receive).orElseGet(Reply.Ignore::new);
    }

    private Reply receive(TlsFragment fragment) {
        if (fragment.isStart()) {
            return begun ? new Reply.Ignore() : begin();
        }
        if (!begun) {
            return new Reply.Ignore();
        }
        if (assembly.hasNext()) {
            return fragment.isAcknowledgment() ? sendNext() : new Reply.Ignore();
        }
        return switch (assembly.receive(fragment)) {
            case TlsAssembly.Progress.More() -> acknowledge();
            case TlsAssembly.Progress.Whole(byte[] message) -> answer(message);
            case TlsAssembly.Progress.Broken(String reason) ->
                    new Reply.LastAnswer(TlsFragment.empty(false).encode(), reason);
        };
    }

    private Reply begin() {
        begun = true;
        return answer(new byte[0]);
    }

    private Reply answer(byte[] message) {
        byte[] flight = conversation.advance(message);
        Optional<String> failure = conversation.failure();
        if (failure.isPresent()) {
            // An alert fits one fragment.
            byte[] last = new TlsFragment(false, false, Optional.empty(), flight).encode();
            return new Reply.LastAnswer(last, "TLS: " + failure.get());
        }
        if (conversation.isEstablished() && !isNamed(conversation.peerNames())) {
            return new Reply.NotProven(
                    "the server's certificate does not name " + serverName.orElse(""));
        }
        if (flight.length == 0) {
            return acknowledge();
        }
        assembly.send(flight);
        return sendNext();
    }

    private boolean isNamed(List<String> names) {
        return serverName.isEmpty() || names.contains(serverName.get());
    }

    private static Reply acknowledge() {
        return new Reply.Answer(TlsFragment.empty(false).encode());
    }

    private Reply sendNext() {
        return assembly.next()
                .<Reply>map(fragment -> new Reply.Answer(fragment.encode()))
                .orElseGet(Reply.Ignore::new);
    }

    @Override
    public boolean isComplete() {
        return conversation.isEstablished() && isNamed(conversation.peerNames());
    }

    @Override
    public Optional<MppeStartKeys> startKeys() {
        return conversation.startKeys();
    }
}
