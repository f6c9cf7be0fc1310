package dev.pptpd.ppp.vj;

/**
 * What the compressor made of an IPv4 packet; each kind has a PPP protocol number of its own.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc1144#section-3.2.2 RFC 1144 section 3.2.2
 */
public enum VjPacket {
    /** It is as it was. */
    IP,
    /** The protocol field holds the number of a connection, all else is as it was. */
    UNCOMPRESSED_TCP,
    /** The header has given way to what changed in it. */
    COMPRESSED_TCP
}
