package dev.pptpd.ppp.link;

import dev.pptpd.mppe.MppeDecryptor;
import dev.pptpd.mppe.MppeEncryptor;
import dev.pptpd.mppe.MppeEngine;
import dev.pptpd.mppe.MppeVerdict;
import dev.pptpd.ppp.auth.AuthenticationRequest;
import dev.pptpd.ppp.auth.AuthenticationResult;
import dev.pptpd.ppp.ccp.MppeConfiguration;
import dev.pptpd.ppp.frame.PppFrame;
import dev.pptpd.ppp.frame.PppProtocol;
import dev.pptpd.ppp.ipcp.Ipv4Assignment;
import dev.pptpd.ppp.lcp.LcpOptions;
import dev.pptpd.ppp.link.LinkEnd.Cause;
import dev.pptpd.ppp.packet.ControlPacket;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One PPP link, either end of it. Pure: frames, packets and time go in, verdicts and {@link
 * LinkAction}s come out. After every call that may have caused actions, drain {@link #pollAction};
 * data frames cause none and allocate nothing. One thread writes a link.
 *
 * <p>A received frame goes through {@link #receive}; when it is {@link FrameVerdict#ENCRYPTED},
 * through the engine and {@link #decrypted}. An IP packet to send goes through {@link #prepare};
 * when that says {@link SendVerdict#ENCRYPT}, through the engine and {@link #completeEncrypted}.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc1661#section-3.2 RFC 1661 section 3.2
 */
public final class PppLink {
    /** Octets that a packet grows by at its front at most: PPP, MPPE and the inner protocol. */
    public static final int HEADROOM_OCTETS =
            PppFrame.MAX_HEADER_OCTETS + MppeEngine.HEADER_OCTETS + 2;

    private final Outbox outbox = new Outbox();
    private final Encryption encryption;
    private final LinkControl control;
    private final IpPackets packets;
    private boolean compressesProtocol;
    private boolean omitsAddress;
    private int peerMruBytes;

    private long malformed;
    private long outOfPhase;
    private long clearText;
    private long undecryptable;

    /**
     * A link at rest.
     *
     * @param engine of the thread that writes this link
     * @param entropy must be unpredictable: it makes challenges and magic numbers
     */
    public PppLink(LinkConfiguration configuration, MppeEngine engine, RandomGenerator entropy) {
        this.encryption =
                new Encryption(
                        engine,
                        configuration.mppe(),
                        Math.max(configuration.lcp().mruBytes(), LcpOptions.DEFAULT_MRU_BYTES));
        this.control = new LinkControl(configuration, encryption, entropy, outbox);
        this.packets = new IpPackets(control, configuration.network());
    }

    /** The call is there: LCP begins with the peer's first frame, or after the start delay. */
    public void start(long nowNanos) {
        control.start(nowNanos);
    }

    /** Ends the link in order: a Terminate-Request, then {@link LinkAction.Finished}. */
    public void close(LinkEnd end, long nowNanos) {
        control.close(end, nowNanos);
        refresh();
    }

    /** Overwrites the keys. The link must not be used afterwards. */
    public void wipe() {
        encryption.forgetKeys();
    }

    /** What to do next, or null when nothing is left. */
    public @Nullable LinkAction pollAction() {
        return outbox.poll();
    }

    /** When {@link #onTimeout} wants to be called; {@link Long#MAX_VALUE} for never. */
    public long nextDeadlineNanos() {
        return control.nextDeadlineNanos();
    }

    /** To be called when the deadline has come; earlier does no harm. */
    public void onTimeout(long nowNanos) {
        control.onTimeout(nowNanos);
        refresh();
    }

    /** The login is good. The session has its addresses and is ready to take packets. */
    public void authenticated(
            AuthenticationRequest request,
            AuthenticationResult.Accepted accepted,
            Ipv4Assignment assignment,
            long nowNanos) {
        control.authenticated(request, accepted, assignment, nowNanos);
        refresh();
    }

    /** The answer to {@link LinkAction.Admit}: the session is ready to take packets. */
    public void admitted(Ipv4Assignment assignment, long nowNanos) {
        control.admitted(assignment, nowNanos);
        refresh();
    }

    /**
     * The answer to {@link LinkAction.AskForAddress}.
     *
     * @param assignment with the address that was asked for, or the one that there was
     */
    public void addressDecided(Ipv4Assignment assignment, long nowNanos) {
        control.addressDecided(assignment, nowNanos);
        refresh();
    }

    /**
     * What is settled for the user who is logging in, instead of what the link was made with; to be
     * called before {@link #authenticated}.
     */
    public void configureEncryption(MppeConfiguration ofUser) {
        encryption.configure(ofUser);
    }

    /**
     * Does without IPv6, whatever the link was made with, since there is nowhere to go with it:
     * IPV6CP is rejected. For good, and to be called before {@link #authenticated} or {@link
     * #admitted}.
     */
    public void omitIpv6() {
        control.omitIpv6();
    }

    /** The login is refused; the peer may try again while it has tries left. */
    public void refused(
            AuthenticationRequest request, AuthenticationResult.Rejected rejected, long nowNanos) {
        control.refused(request, rejected, nowNanos);
        refresh();
    }

    /** {@link LinkAction.Compute} has been done; the task itself is handed back. */
    public void computed(Runnable task, long nowNanos) {
        control.computed(task, nowNanos);
        refresh();
    }

    /** The largest IP packet the peer takes, in octets: at most 1500. */
    public int peerMruBytes() {
        return control.agreed().peerMruBytes();
    }

    /** What was dropped so far. */
    public LinkCounters counters() {
        return new LinkCounters(malformed, outOfPhase, clearText, undecryptable);
    }

    /** Takes the frame between position and limit. Only the position is changed. */
    public FrameVerdict receive(ByteBuffer frame, long nowNanos) {
        int protocol = PppFrame.decodeProtocol(frame);
        if (protocol == PppProtocol.COMPRESSED && encryption.isReceiving()) {
            return FrameVerdict.ENCRYPTED;
        }
        if (packets.isOne(protocol)) {
            return receiveClearText(protocol, frame);
        }
        if (protocol == PppFrame.MALFORMED) {
            malformed++;
            return FrameVerdict.DROPPED;
        }
        return receiveControl(protocol, frame, nowNanos);
    }

    /**
     * Frames are missing before the one that {@link #receive} or {@link #decrypted} gets next: a
     * compressed header in it may refer to one of them.
     */
    public void onLoss() {
        packets.onLoss();
    }

    /** Whether {@link #receive} would say {@link FrameVerdict#ENCRYPTED}; changes nothing. */
    public boolean isEncrypted(ByteBuffer frame) {
        int start = frame.position();
        int protocol = PppFrame.decodeProtocol(frame);
        frame.position(start);
        return protocol == PppProtocol.COMPRESSED && encryption.isReceiving();
    }

    /**
     * Whether data goes encrypted, so that a frame in clear text proves nothing about its sender.
     */
    public boolean isEncrypting() {
        return encryption.isActive();
    }

    /** Why the link is ending, from the moment that is decided. */
    public Optional<LinkEnd> end() {
        return control.end();
    }

    /** The state to decrypt with; only after {@link FrameVerdict#ENCRYPTED}. */
    public MppeDecryptor decryptor() {
        MppeDecryptor decryptor = encryption.decryptor();
        if (decryptor == null) {
            throw new IllegalStateException("MPPE is not active");
        }
        return decryptor;
    }

    /** Takes a frame back from the engine. */
    public FrameVerdict decrypted(ByteBuffer frame, MppeVerdict verdict, long nowNanos) {
        if (verdict != MppeVerdict.DECRYPTED) {
            undecryptable++;
            packets.onLoss();
            Optional<String> enough = encryption.fault(verdict, nowNanos);
            if (enough.isPresent()) {
                close(new LinkEnd(Cause.ENCRYPTION_FAILED, enough.get()), nowNanos);
            }
            return FrameVerdict.DROPPED;
        }
        encryption.decrypted();
        int protocol = PppFrame.decodeProtocol(frame);
        if (packets.isOne(protocol)) {
            return receiveDecrypted(protocol, frame);
        }
        if (protocol == PppFrame.MALFORMED || protocol == PppProtocol.COMPRESSED) {
            malformed++;
            return FrameVerdict.DROPPED;
        }
        return receiveControl(protocol, frame, nowNanos);
    }

    /**
     * Makes a frame of the IP packet between position and limit, or as much of it as goes before
     * encryption. {@value #HEADROOM_OCTETS} octets of headroom are needed before the position.
     */
    public SendVerdict prepare(ByteBuffer packet) {
        int protocol = packet.remaining() > peerMruBytes ? IpPackets.NONE : packets.prepare(packet);
        if (protocol == IpPackets.NONE) {
            return SendVerdict.DROPPED;
        }
        if (encryption.isSending()) {
            PppFrame.prependHeader(packet, protocol, false, true);
            return SendVerdict.ENCRYPT;
        }
        PppFrame.prependHeader(packet, protocol, compressesProtocol, omitsAddress);
        return SendVerdict.READY;
    }

    /** The state to encrypt with; only after {@link SendVerdict#ENCRYPT}. */
    public MppeEncryptor encryptor() {
        MppeEncryptor encryptor = encryption.encryptor();
        if (encryptor == null) {
            throw new IllegalStateException("MPPE is not active");
        }
        return encryptor;
    }

    /** Makes the finished frame of an encrypted packet. */
    public void completeEncrypted(ByteBuffer frame) {
        PppFrame.prependHeader(frame, PppProtocol.COMPRESSED, compressesProtocol, omitsAddress);
    }

    private FrameVerdict receiveClearText(int protocol, ByteBuffer packet) {
        if (encryption.forbidsClearText()) {
            clearText++;
            return FrameVerdict.DROPPED;
        }
        return receivePacket(protocol, packet);
    }

    private FrameVerdict receiveDecrypted(int protocol, ByteBuffer packet) {
        FrameVerdict verdict = receivePacket(protocol, packet);
        if (IpPackets.isWhole(packet)) {
            encryption.decryptedWholePacket();
        }
        return verdict;
    }

    private FrameVerdict receivePacket(int protocol, ByteBuffer packet) {
        FrameVerdict verdict = packets.receive(protocol, packet);
        if (verdict == FrameVerdict.DROPPED) {
            return drop();
        }
        control.heard();
        return verdict;
    }

    private FrameVerdict receiveControl(int protocol, ByteBuffer frame, long nowNanos) {
        FrameVerdict verdict;
        if (PppProtocol.isControl(protocol)) {
            Optional<ControlPacket> packet = ControlPacket.decode(frame);
            if (packet.isEmpty()) {
                malformed++;
                return FrameVerdict.DROPPED;
            }
            verdict = control.receive(protocol, packet.get(), nowNanos);
        } else {
            verdict = control.receiveUnknown(protocol, frame, nowNanos);
        }
        refresh();
        return verdict == FrameVerdict.DROPPED ? drop() : verdict;
    }

    private FrameVerdict drop() {
        outOfPhase++;
        return FrameVerdict.DROPPED;
    }

    /** What the data path needs of LCP, kept where it costs nothing to read. */
    private void refresh() {
        LcpOptions agreed = control.agreed();
        compressesProtocol = agreed.peerTakesCompressedProtocol();
        omitsAddress = agreed.peerTakesNoAddress();
        peerMruBytes = agreed.peerMruBytes();
    }
}
