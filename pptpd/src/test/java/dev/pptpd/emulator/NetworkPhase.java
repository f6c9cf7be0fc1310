package dev.pptpd.emulator;

import dev.pptpd.emulator.ClientProfile.LinkHabits;
import dev.pptpd.emulator.ClientProfile.NetworkHabits;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** CCP, IPCP and the protocols that a client tries in vain. */
final class NetworkPhase {
    private static final ConfigurationOption INTERFACE_IDENTIFIER =
            new ConfigurationOption(1, Octets.ofHex("3d2b1a0f 9e8c7d6b"));

    private final NetworkHabits habits;
    private final Consumer<PppFrame> output;
    private final Journal journal;
    private final IdentifierCounter identifiers;
    private final AuthenticationPeer authentication;
    private final CompressionPolicy compressionPolicy;
    private final AddressPolicy addressPolicy;
    private final Negotiation compression;
    private final Negotiation addresses;
    private final DataPath data;
    private boolean compressionRefused;
    private boolean up;

    NetworkPhase(
            LinkHabits link,
            NetworkHabits habits,
            IdentifierCounter identifiers,
            AuthenticationPeer authentication,
            Consumer<PppFrame> output,
            Journal journal) {
        this.habits = habits;
        this.identifiers = identifiers;
        this.authentication = authentication;
        this.output = output;
        this.journal = journal;
        compressionPolicy = new CompressionPolicy(habits.mppeBits().orElse(0));
        addressPolicy = new AddressPolicy(habits.addressOptions());
        compression =
                new Negotiation(
                        PppFrame.CCP, compressionPolicy, identifiers, link.restartMillis(), output);
        addresses =
                new Negotiation(
                        PppFrame.IPCP, addressPolicy, identifiers, link.restartMillis(), output);
        data = new DataPath(output, journal);
    }

    Negotiation compression() {
        return compression;
    }

    DataPath data() {
        return data;
    }

    /** The client's address as it stands in its latest request. */
    int requestedAddress() {
        return addressPolicy.ownAddress();
    }

    boolean up() {
        return up;
    }

    /** Authentication is over. */
    void start(long nowNanos) {
        for (int protocol : habits.otherRequests()) {
            output.accept(
                    PppFrame.of(
                            protocol,
                            new PppPacket(
                                    PppPacket.CONFIGURE_REQUEST,
                                    identifiers.next(),
                                    protocol == PppFrame.IPV6CP
                                            ? ConfigurationOption.encode(
                                                    List.of(INTERFACE_IDENTIFIER))
                                            : Octets.EMPTY)));
        }
        if (usesCompression()) {
            compression.start(nowNanos);
        }
        if (!usesCompression() || !habits.waitsForCompression()) {
            addresses.start(nowNanos);
        }
    }

    /** The link has gone down under it. */
    void close() {
        compression.close();
        addresses.close();
        up = false;
    }

    /** A frame of a network or network control protocol. */
    void receive(PppFrame frame, long nowNanos) {
        switch (frame.protocol()) {
            case PppFrame.IP, PppFrame.COMPRESSED -> data.receive(frame, nowNanos);
            case PppFrame.CCP -> negotiate(frame, compression, nowNanos);
            case PppFrame.IPCP -> negotiate(frame, addresses, nowNanos);
            default -> journal.add(new Observation.Dropped("unknown protocol"));
        }
        boolean upNow = addresses.opened() && (compression.opened() || !usesCompression());
        if (upNow && !up) {
            data.address(addressPolicy.ownAddress(), addressPolicy.serverAddress().orElseThrow());
            journal.add(new Observation.NetworkUp());
        }
        up = upNow;
    }

    private boolean usesCompression() {
        return habits.mppeBits().isPresent() && !compressionRefused;
    }

    private void negotiate(PppFrame frame, Negotiation negotiation, long nowNanos) {
        PppPacket packet = PppPacket.decode(frame.information()).orElseThrow();
        if (negotiation == compression && !usesCompression()) {
            rejectProtocol(frame);
            return;
        }
        if (!negotiation.started()) {
            // What pppd does with a protocol whose turn has not come.
            output.accept(
                    PppFrame.of(
                            frame.protocol(),
                            new PppPacket(
                                    PppPacket.TERMINATE_ACK, packet.identifier(), Octets.EMPTY)));
            return;
        }
        if (packet.code() == PppPacket.TERMINATE_REQUEST) {
            negotiation.close();
            output.accept(
                    PppFrame.of(
                            frame.protocol(),
                            new PppPacket(
                                    PppPacket.TERMINATE_ACK, packet.identifier(), packet.data())));
            return;
        }
        Negotiation.Change change = negotiation.receive(packet, nowNanos);
        if (negotiation == compression && change == Negotiation.Change.UP) {
            compressionOpened(nowNanos);
        }
    }

    private void rejectProtocol(PppFrame frame) {
        output.accept(
                PppFrame.of(
                        PppFrame.LCP,
                        new PppPacket(
                                PppPacket.PROTOCOL_REJECT,
                                identifiers.next(),
                                frame.encode(true, false))));
    }

    private void compressionOpened(long nowNanos) {
        if (!compressionPolicy.encrypted()) {
            throw new IllegalStateException("CCP opened without 128-bit encryption");
        }
        data.encrypt(authentication.exchange());
        if (!addresses.started()) {
            addresses.start(nowNanos);
        }
    }

    /** The server knows nothing of the protocol. */
    void protocolRejected(int protocol) {
        if (protocol == PppFrame.CCP) {
            compression.close();
            compressionRefused = true;
        }
    }

    OptionalLong nextDeadlineNanos() {
        return Deadline.earliest(compression.nextDeadlineNanos(), addresses.nextDeadlineNanos());
    }

    void onTimeout(long nowNanos) {
        compression.onTimeout(nowNanos);
        addresses.onTimeout(nowNanos);
    }
}
