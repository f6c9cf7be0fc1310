package dev.pptpd.config;

/**
 * What is negotiated for the link itself.
 *
 * @param mtuBytes largest IP packet towards the peer, {@value #MIN_BYTES} to {@value #MAX_BYTES}
 * @param mruBytes largest packet that the peer is told to send, in the same range
 * @param negotiatesMru whether the MRU is asked for; {@code default-mru} switches it off
 * @param negotiatesAsyncMap whether the ACCM is asked for; {@code default-asyncmap} switches it off
 * @param asyncMap the ACCM: bit n stands for control character n
 * @param negotiatesMagicNumber off by {@code nomagic}
 * @param negotiatesProtocolFieldCompression off by {@code nopcomp}
 * @param negotiatesAddressAndControlFieldCompression off by {@code noaccomp}
 * @param echoIntervalSeconds time between Echo-Requests; 0 for none
 * @param echoFailures Echo-Requests without an answer that end the link; 0 for never
 * @param echoAdaptive whether an Echo-Request is left out while the peer is heard
 * @param answersCallback whether clients that offer callback are told by CBCP that there is none
 * @spec https://www.rfc-editor.org/rfc/rfc1661#section-6 RFC 1661 section 6
 */
public record LcpOptions(
        int mtuBytes,
        int mruBytes,
        boolean negotiatesMru,
        boolean negotiatesAsyncMap,
        int asyncMap,
        boolean negotiatesMagicNumber,
        boolean negotiatesProtocolFieldCompression,
        boolean negotiatesAddressAndControlFieldCompression,
        int echoIntervalSeconds,
        int echoFailures,
        boolean echoAdaptive,
        boolean answersCallback) {
    /** pppd's lower limit. */
    public static final int MIN_BYTES = 128;

    /** What Windows sends at most, and what fits into an Ethernet frame before our headers. */
    public static final int MAX_BYTES = 1500;

    /** What a PPTP tunnel carries over nearly every path; Windows asks for it, too. */
    public static final int DEFAULT_BYTES = 1400;
}
