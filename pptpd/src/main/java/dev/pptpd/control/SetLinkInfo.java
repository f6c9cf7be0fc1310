package dev.pptpd.control;

/**
 * The PNS tells the PAC the character maps that PPP has negotiated. Without meaning where frames
 * travel without escaping, but every Windows client sends it.
 *
 * @param peerCallId the receiver's call id
 * @param sendAccm characters the receiver should escape
 * @param receiveAccm characters the receiver may drop
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-2.15 RFC 2637 section 2.15
 */
public record SetLinkInfo(int peerCallId, long sendAccm, long receiveAccm) implements CallMessage {
    private static final int PEER_CALL_ID = 12;
    private static final int SEND_ACCM = 16;
    private static final int RECEIVE_ACCM = 20;

    /**
     * @throws IllegalArgumentException if a value does not fit its field
     */
    public SetLinkInfo {
        FieldRange.requireUint16("peerCallId", peerCallId);
        FieldRange.requireUint32("sendAccm", sendAccm);
        FieldRange.requireUint32("receiveAccm", receiveAccm);
    }

    static SetLinkInfo decode(MessageFields fields) {
        return new SetLinkInfo(
                fields.uint16(PEER_CALL_ID), fields.uint32(SEND_ACCM), fields.uint32(RECEIVE_ACCM));
    }

    void encode(MessageFields fields) {
        fields.uint16(PEER_CALL_ID, peerCallId)
                .uint32(SEND_ACCM, sendAccm)
                .uint32(RECEIVE_ACCM, receiveAccm);
    }

    @Override
    public ControlMessageType type() {
        return ControlMessageType.SET_LINK_INFO;
    }
}
