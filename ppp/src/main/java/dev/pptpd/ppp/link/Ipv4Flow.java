package dev.pptpd.ppp.link;

import dev.pptpd.ppp.ipcp.AddressNegotiation;
import dev.pptpd.ppp.ipcp.Ipv4Assignment;
import dev.pptpd.ppp.vj.VjCompressor;
import dev.pptpd.ppp.vj.VjDecompressor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What comes of IPCP: whether IPv4 flows, and the compression of its headers. */
final class Ipv4Flow implements NetworkLayer.Flow {
    private final AddressNegotiation addresses;
    private final Outbox outbox;
    private @Nullable VjCompressor compressor;
    private @Nullable VjDecompressor decompressor;
    private boolean up;

    Ipv4Flow(AddressNegotiation addresses, Outbox outbox) {
        this.addresses = addresses;
        this.outbox = outbox;
    }

    /** The question of which address the peer has; nothing was asked yet. */
    AddressQuestion question() {
        return new AddressQuestion(addresses, outbox);
    }

    boolean isUp() {
        return up;
    }

    /** What compresses headers to the peer; null where none is. */
    @Nullable VjCompressor compressor() {
        return compressor;
    }

    /** What gives headers of the peer back; null where none is compressed. */
    @Nullable VjDecompressor decompressor() {
        return decompressor;
    }

    @Override
    public Optional<String> onAgreed() {
        compressor = addresses.compression().sends().map(VjCompressor::new).orElse(null);
        decompressor = addresses.compression().receives().map(VjDecompressor::new).orElse(null);
        return addresses.obstacle();
    }

    @Override
    public void onVoid() {
        compressor = null;
        decompressor = null;
    }

    /**
     * Says once that IPv4 flows, and once that it no longer does. Asked with every deadline, so it
     * makes nothing while nothing changes.
     */
    void announce(boolean mayFlow, CcpLayer ccp) {
        if (mayFlow == up) {
            return;
        }
        Optional<Ipv4Assignment> assignment = addresses.assignment();
        boolean flows = mayFlow && assignment.isPresent();
        if (flows) {
            outbox.add(new LinkAction.NetworkUp(assignment.get(), ccp.mode()));
        } else if (up) {
            outbox.add(new LinkAction.NetworkDown());
        }
        up = flows;
    }
}
