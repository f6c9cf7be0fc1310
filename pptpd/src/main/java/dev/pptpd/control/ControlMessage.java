package dev.pptpd.control;

/**
 * One message of the control connection. Unsigned fields of 8 and 16 bits are {@code int}s, those
 * of 32 bits {@code long}s, so that 0x80000000 bits a second stay positive. Result and error codes
 * are plain numbers, since peers send what no RFC lists; the enums name those of the RFC. Reserved
 * fields are ignored on receipt and zero when sent.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-2 RFC 2637 section 2
 */
public sealed interface ControlMessage permits ConnectionMessage, CallMessage {

    /** Which of the fifteen messages this is. */
    ControlMessageType type();
}
