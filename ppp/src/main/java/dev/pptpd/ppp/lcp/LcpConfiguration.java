package dev.pptpd.ppp.lcp;

import dev.pptpd.ppp.auth.LoginMethod;
import java.util.List;

/**
 * What LCP asks of the peer.
 *
 * @param mruBytes the largest frame we want to receive, 128..1500
 * @param asksMru whether to name it; else the peer assumes 1500
 * @param accm the control characters that the peer would have to escape on an asynchronous line
 * @param asksAccm whether to name them
 * @param peerLogins how the peer may log in, in the order in which we ask; empty when it need not
 * @param magicNumber whether to ask for one
 * @param protocolFieldCompression whether to ask for it and to grant it
 * @param addressFieldCompression whether to ask for it and to grant it
 * @param answersCallback whether a peer that wants to be called back hears that it is not, by CBCP;
 *     else the option is rejected
 */
public record LcpConfiguration(
        int mruBytes,
        boolean asksMru,
        int accm,
        boolean asksAccm,
        List<LoginMethod> peerLogins,
        boolean magicNumber,
        boolean protocolFieldCompression,
        boolean addressFieldCompression,
        boolean answersCallback) {
    /** Copies the list. */
    public LcpConfiguration {
        peerLogins = List.copyOf(peerLogins);
    }

    /** The same without CBCP. */
    public LcpConfiguration(
            int mruBytes,
            boolean asksMru,
            int accm,
            boolean asksAccm,
            List<LoginMethod> peerLogins,
            boolean magicNumber,
            boolean protocolFieldCompression,
            boolean addressFieldCompression) {
        this(
                mruBytes,
                asksMru,
                accm,
                asksAccm,
                peerLogins,
                magicNumber,
                protocolFieldCompression,
                addressFieldCompression,
                false);
    }
}
