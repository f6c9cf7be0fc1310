package dev.pptpd.control;

/**
 * What the peer says of a call that is connected. Advice: no known peer keeps to it.
 *
 * @param packetReceiveWindowSize packets that the peer buffers, 0..65535
 * @param packetProcessingDelay that the peer expects of itself, in units of 1/10 second, 0..65535
 * @param connectSpeed bits a second, 0..4294967295
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-4.2.1 RFC 2637 section 4.2.1
 */
public record CallTerms(int packetReceiveWindowSize, int packetProcessingDelay, long connectSpeed) {
    /** What a PNS says of the call it asks for, at the highest speed that it wants. */
    static CallTerms of(OutgoingCallRequest request) {
        return new CallTerms(
                request.packetReceiveWindowSize(),
                request.packetProcessingDelay(),
                request.maximumBps());
    }

    /** What a PAC or PNS says of the call it grants; there is no line that had a speed. */
    static CallTerms of(CallReply reply) {
        return switch (reply) {
            case OutgoingCallReply outgoing ->
                    new CallTerms(
                            outgoing.packetReceiveWindowSize(),
                            outgoing.packetProcessingDelay(),
                            outgoing.connectSpeed());
            case IncomingCallReply incoming ->
                    new CallTerms(
                            incoming.packetReceiveWindowSize(),
                            incoming.packetTransmitDelay(),
                            OwnMessages.CONNECT_SPEED_BPS);
        };
    }

    /** What a PAC says of the incoming call it has connected. */
    static CallTerms of(IncomingCallConnected connected) {
        return new CallTerms(
                connected.packetReceiveWindowSize(),
                connected.packetTransmitDelay(),
                connected.connectSpeed());
    }
}
