package dev.pptpd.ppp.lcp;

/**
 * What LCP asks of the peer.
 *
 * @param mruBytes the largest frame we want to receive, 128..1500
 * @param asksMru whether to name it; else the peer assumes 1500
 * @param accm the control characters that the peer would have to escape on an asynchronous line
 * @param asksAccm whether to name them
 * @param requireAuthentication whether the peer must log in by MS-CHAPv2
 * @param magicNumber whether to ask for one
 * @param protocolFieldCompression whether to ask for it and to grant it
 * @param addressFieldCompression whether to ask for it and to grant it
 */
public record LcpConfiguration(
        int mruBytes,
        boolean asksMru,
        int accm,
        boolean asksAccm,
        boolean requireAuthentication,
        boolean magicNumber,
        boolean protocolFieldCompression,
        boolean addressFieldCompression) {}
