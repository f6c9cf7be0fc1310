package dev.pptpd.control;

/** What is wrong with the header of a message. After any of these the octet stream is lost. */
public enum ControlFault {
    /** The length is below the 12 octets of a header, perhaps zero. */
    LENGTH_BELOW_MINIMUM,
    /** The length is above what this end accepts of any message. */
    LENGTH_ABOVE_MAXIMUM,
    /** The length is not that of the control message type. */
    LENGTH_WRONG_FOR_TYPE,
    /** The message type is not 1: management messages, 2, were never defined. */
    NOT_A_CONTROL_MESSAGE,
    /** The magic cookie is not 1A2B3C4D. */
    BAD_MAGIC_COOKIE
}
