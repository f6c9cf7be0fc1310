package dev.pptpd.control;

/**
 * The PAC reports errors on the line of a call.
 *
 * @param peerCallId the receiver's call id
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-2.14 RFC 2637 section 2.14
 */
public record WanErrorNotify(int peerCallId, WanErrorCounters counters) implements CallMessage {
    private static final int PEER_CALL_ID = 12;

    /**
     * @throws IllegalArgumentException if a value does not fit its field
     */
    public WanErrorNotify {
        FieldRange.requireUint16("peerCallId", peerCallId);
    }

    static WanErrorNotify decode(MessageFields fields) {
        return new WanErrorNotify(fields.uint16(PEER_CALL_ID), WanErrorCounters.decode(fields));
    }

    void encode(MessageFields fields) {
        fields.uint16(PEER_CALL_ID, peerCallId);
        counters.encode(fields);
    }

    @Override
    public ControlMessageType type() {
        return ControlMessageType.WAN_ERROR_NOTIFY;
    }
}
