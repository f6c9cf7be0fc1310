package dev.pptpd.mppe;

/**
 * Sending state of one session: keys, key stream, history and coherency count. Made by an engine,
 * understood by it alone.
 */
public interface MppeEncryptor {
    /**
     * The peer has lost step, as its Reset-Request says: the next packet starts key stream and
     * history anew. Of no effect in stateless mode, where every packet does. However often it is
     * called before that packet, no key changes for it.
     *
     * @spec https://www.rfc-editor.org/rfc/rfc3078#section-8.2 RFC 3078 section 8.2
     */
    void flush();

    /** Overwrites the keys; the state must not be used afterwards. */
    void wipe();
}
