package dev.pptpd.ppp.lcp;

/**
 * What LCP asks of the peer.
 *
 * @param mruBytes the largest frame we want to receive, 128..1500
 * @param requireAuthentication whether the peer must log in by MS-CHAPv2
 * @param magicNumber whether to ask for one
 * @param protocolFieldCompression whether to ask for it and to grant it
 * @param addressFieldCompression whether to ask for it and to grant it
 */
public record LcpConfiguration(
        int mruBytes,
        boolean requireAuthentication,
        boolean magicNumber,
        boolean protocolFieldCompression,
        boolean addressFieldCompression) {}
