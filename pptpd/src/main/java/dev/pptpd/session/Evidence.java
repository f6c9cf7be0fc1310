package dev.pptpd.session;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a session that ended, as far as it tells whether packets got through.
 *
 * @param age since the call was granted
 * @param gotThrough whether the peer answered us: it logged in, or IP packets flowed
 * @param frames PPP frames that came from the peer
 * @param acknowledgments that the peer sent for our packets: each proves that one arrived
 * @param unknownCall GRE from the peer's address with a call id that no session has
 * @param wrongAddress GRE with this session's call id from another address
 * @param siblings other sessions from the peer's address, open now
 */
record Evidence(
        CloseReason.Kind reason,
        Duration age,
        boolean gotThrough,
        long frames,
        long acknowledgments,
        Optional<StrayPackets.Stray> unknownCall,
        Optional<StrayPackets.Stray> wrongAddress,
        List<Sibling> siblings) {
    Evidence {
        siblings = List.copyOf(siblings);
    }

    /**
     * Another session from the same address, which is another client behind the same gateway.
     *
     * @param id in the log
     * @param isUp whether its packets get through
     */
    record Sibling(String id, boolean isUp) {}
}
