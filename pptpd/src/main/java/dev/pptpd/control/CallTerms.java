package dev.pptpd.control;

/**
 * What the peer says of a call that is connected. Advice: no known peer keeps to it.
 *
 * @param packetReceiveWindowSize packets that the peer buffers, 0..65535
 * @param packetProcessingDelay that the peer expects of itself, in units of 1/10 second, 0..65535
 * @param connectSpeed bits a second, 0..4294967295
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-4.2.1 RFC 2637 section 4.2.1
 */
public record CallTerms(
        int packetReceiveWindowSize, int packetProcessingDelay, long connectSpeed) {}
