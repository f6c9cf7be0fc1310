package dev.pptpd.emulator;

import java.util.List;
import java.util.OptionalInt;

/**
 * What one kind of client was seen to do, as data. {@link ClientProfiles} has the kinds.
 *
 * @param name how the kind is called in test reports
 */
public record ClientProfile(
        String name,
        StartRequest start,
        CallRequest call,
        SetLinkInfoHabit setLinkInfo,
        TunnelHabits tunnel,
        LinkHabits link,
        NetworkHabits network,
        Teardown teardown) {

    /** The fields of Start-Control-Connection-Request in which clients differ. */
    public record StartRequest(
            int framing,
            int bearer,
            int maximumChannels,
            int firmwareRevision,
            String hostName,
            String vendor) {}

    /** The fields of Outgoing-Call-Request in which clients differ. */
    public record CallRequest(
            CallIdChoice callId,
            int minimumBitsPerSecond,
            int maximumBitsPerSecond,
            int receiveWindow) {}

    /** How the client names its side of the call. */
    public enum CallIdChoice {
        ZERO,
        ARBITRARY
    }

    /** When the client sends Set-Link-Info. */
    public enum SetLinkInfoHabit {
        NEVER,
        AFTER_THE_CALL,
        /** After the call is connected, after LCP opens, and before LCP Terminate-Request. */
        THREE_TIMES
    }

    /**
     * Enhanced GRE.
     *
     * @param alwaysAcknowledges whether every data packet carries an acknowledgment, news or not
     * @param callUpMillis after Outgoing-Call-Reply, until then PPP frames are lost without a word
     */
    public record TunnelHabits(
            int firstSequence,
            int acknowledgmentDelayMillis,
            boolean alwaysAcknowledges,
            int callUpMillis) {}

    /**
     * LCP.
     *
     * @param options in the order sent; a Magic-Number of zero is replaced by the link's own
     * @param identifications texts sent in Identification packets as soon as LCP opens
     */
    public record LinkHabits(
            int firstIdentifier,
            List<LcpOption> options,
            List<String> identifications,
            int restartMillis) {}

    /** One option of the client's first LCP Configure-Request; the type and its data in hex. */
    public record LcpOption(int type, String data) {}

    /**
     * The network phase.
     *
     * @param mppeBits the first CCP Configure-Request; without a value the client has no CCP
     * @param waitsForCompression whether IPCP begins only when CCP is open, as in pppd
     * @param otherRequests protocols of which one Configure-Request comes before those of CCP and
     *     IPCP
     * @param addressOptions IPCP option types in the order sent
     */
    public record NetworkHabits(
            OptionalInt mppeBits,
            boolean waitsForCompression,
            List<Integer> otherRequests,
            List<Integer> addressOptions) {}

    /** How the client leaves when its user hangs up. */
    public enum Teardown {
        WINDOWS,
        PPTP_LINUX,
        PPPD_THEN_CLOSE,
        CLOSE_ONLY
    }

    /** The same kind of client with another first CCP request. */
    public ClientProfile withMppeBits(int bits) {
        return withNetwork(
                new NetworkHabits(
                        OptionalInt.of(bits),
                        network.waitsForCompression,
                        network.otherRequests,
                        network.addressOptions));
    }

    /** The same kind of client that refuses CCP altogether. */
    public ClientProfile withoutMppe() {
        return withNetwork(
                new NetworkHabits(
                        OptionalInt.empty(), false, network.otherRequests, network.addressOptions));
    }

    /** The same kind of client whose first GRE packet has another number. */
    public ClientProfile withFirstSequence(int number) {
        return new ClientProfile(
                name,
                start,
                call,
                setLinkInfo,
                new TunnelHabits(
                        number,
                        tunnel.acknowledgmentDelayMillis,
                        tunnel.alwaysAcknowledges,
                        tunnel.callUpMillis),
                link,
                network,
                teardown);
    }

    private ClientProfile withNetwork(NetworkHabits other) {
        return new ClientProfile(name, start, call, setLinkInfo, tunnel, link, other, teardown);
    }

    @Override
    public String toString() {
        return name;
    }
}
