package dev.pptpd.gre;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The GRE tunnel of one call: brings received packets into sequence, numbers sent ones, and
 * acknowledges. Not thread-safe: the worker that owns the call is the only caller. No method but
 * {@link #counters} allocates. Times are monotonic nanoseconds, compared by subtraction.
 *
 * <h2>Receiving</h2>
 *
 * <ol>
 *   <li>{@link #offer} a packet. A frame in its turn stays in the caller's buffer; one that comes
 *       before its turn is copied and the caller's buffer is free again.
 *   <li>After every offer, {@link #accept} and {@link #onTimeout}, drain {@link #pollHeld} until it
 *       is empty. Frames are in sequence in the order in which the two methods hand them out: first
 *       the offered one, then the polled ones. {@link GreVerdict#OFFER_AGAIN} is the only exception
 *       and keeps that order by a second offer.
 *   <li>Say what became of each frame, at the latest before 1,024 further numbers have gone by.
 *       MPPE does not authenticate, so whether a packet came from the peer is known only when it
 *       has been decrypted; any number of packets may be offered in between.
 *       <ul>
 *         <li>A frame of {@link GreVerdict#DELIVER} or of {@link #pollHeld} that makes sense needs
 *             no call; its number was marked as received when it was handed out. If it makes no
 *             sense, {@link #reject}.
 *         <li>A frame of {@link GreVerdict#DELIVER_JUMP} that makes sense needs {@link #accept},
 *             and is to be dropped if that returns false. If it makes no sense, drop it; no call is
 *             needed, as it left no trace.
 *       </ul>
 * </ol>
 *
 * <h2>The receive window</h2>
 *
 * <p>Before the first data packet there is none; its number is then the start, whatever it is.
 * Later, with <i>e</i> the expected number and all arithmetic modulo 2^32:
 *
 * <ul>
 *   <li><i>e</i> is in turn.
 *   <li><i>e</i>+1 .. <i>e</i>+1023 are held until the gap before them fills, the hold time ends,
 *       or the room does. The missing numbers are then given up.
 *   <li><i>e</i>-1024 .. <i>e</i>-1 were received ({@link GreVerdict#DUPLICATE}), given up ({@link
 *       GreVerdict#LATE}) or are open: opened by {@link #reject}, or not yet seen before the number
 *       at which the tunnel started or to which it jumped. An open number is delivered once.
 *   <li>Everything else is a {@link GreVerdict#DELIVER_JUMP}: a peer whose packets were lost for a
 *       while, or a forger. So a long loss costs no further packet and a forged number no state.
 * </ul>
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-4 RFC 2637 section 4
 */
public final class GreTunnel {
    /** What {@link #nextDeadlineNanos} returns when nothing is due at any time. */
    public static final long NO_DEADLINE = Deadline.NEVER;

    private final int callId;
    private final Receiver receiver;
    private final Sender sender;
    private final Acknowledgments acknowledgments;

    /** For {@link #accept}, which belongs to an {@link #offer} of the same moment. */
    private long lastOfferNanos;

    /**
     * A tunnel that has sent and received nothing.
     *
     * @param callId ours, 0..65535
     * @param peerCallId the one that the peer gave and that goes into what is sent, 0..65535
     * @param peerReceiveWindow packets that the peer said it buffers, 0..65535; heeded only with a
     *     {@link FlowControl.SlidingWindow}
     */
    public GreTunnel(
            int callId,
            int peerCallId,
            int peerReceiveWindow,
            GreConfiguration configuration,
            HoldPool pool) {
        this(callId, peerCallId, peerReceiveWindow, configuration, pool, 0);
    }

    /** As the public one; {@code firstNumber} is the number of the first packet it sends. */
    GreTunnel(
            int callId,
            int peerCallId,
            int peerReceiveWindow,
            GreConfiguration configuration,
            HoldPool pool,
            int firstNumber) {
        this.callId = callId;
        this.acknowledgments = new Acknowledgments(configuration.acknowledgments());
        this.receiver = new Receiver(configuration, pool);
        this.sender =
                new Sender(peerCallId, peerReceiveWindow, configuration.flowControl(), firstNumber);
    }

    /** Our call id, by which the peer's packets find this tunnel. */
    public int callId() {
        return callId;
    }

    /**
     * Takes a packet of this call, from position to limit, that {@link GreHeader#decode} found
     * valid. Only with {@link GreVerdict#DELIVER} and {@link GreVerdict#DELIVER_JUMP} do position
     * and limit move, to the PPP frame; read the sequence number before, to have it for {@link
     * #reject} and {@link #accept}. The octets are not changed and the buffer stays the caller's.
     */
    public GreVerdict offer(ByteBuffer packet, long nowNanos) {
        if (!GreHeader.hasSequence(packet)) {
            takeAcknowledgment(packet, nowNanos);
            return GreVerdict.ACKNOWLEDGMENT;
        }
        lastOfferNanos = nowNanos;
        GreVerdict verdict = receiver.receive(packet, nowNanos);
        if (verdict == GreVerdict.OFFER_AGAIN) {
            return verdict;
        }
        takeAcknowledgment(packet, nowNanos);
        acknowledgments.onReceived(receiver.receivedInTurn(), nowNanos);
        if (verdict == GreVerdict.DELIVER || verdict == GreVerdict.DELIVER_JUMP) {
            framePayload(packet);
        }
        return verdict;
    }

    private void takeAcknowledgment(ByteBuffer packet, long nowNanos) {
        if (GreHeader.hasAcknowledgment(packet)
                && sender.onAcknowledgment(GreHeader.acknowledgmentNumber(packet), nowNanos)) {
            receiver.onRoundTrip(sender.lastRoundTripNanos(), nowNanos);
        }
    }

    private static void framePayload(ByteBuffer packet) {
        int start = packet.position() + GreHeader.headerOctets(packet);
        int end = start + GreHeader.payloadLength(packet);
        packet.limit(end);
        packet.position(start);
    }

    /** The next held frame whose turn has come; the caller's until {@link HeldFrame#release}. */
    public Optional<HeldFrame> pollHeld() {
        return receiver.pollHeld();
    }

    /**
     * Commits a {@link GreVerdict#DELIVER_JUMP}: the window moves to it, at once and in either
     * direction, and frames that are still held for an older gap are dropped.
     *
     * @return false when the same number was received, or given up, since it was offered
     */
    public boolean accept(int sequenceNumber) {
        boolean accepted = receiver.accept(sequenceNumber);
        acknowledgments.onReceived(receiver.receivedInTurn(), lastOfferNanos);
        return accepted;
    }

    /**
     * Takes back that this number was received, so that another packet with it will be delivered;
     * likewise the numbers that were given up because it had come. Such packets are delivered even
     * if higher numbers have been meanwhile. Without effect on a number outside the window.
     */
    public void reject(int sequenceNumber) {
        receiver.reject(sequenceNumber);
    }

    /**
     * Puts the GRE header in front of a PPP frame with the next sequence number, and with an
     * acknowledgment when one is owed. {@code frame}'s {@code position..limit} is the PPP frame,
     * with at least {@link GreHeader#MAX_OCTETS} octets of headroom; the position moves back to the
     * header.
     *
     * @throws IllegalArgumentException when the frame is empty or longer than 65,535 octets, or the
     *     headroom too small; no number is used up then
     */
    public void encapsulate(ByteBuffer frame, long nowNanos) {
        int octets = frame.remaining();
        if (octets == 0 || octets > GreHeader.MAX_PAYLOAD_OCTETS) {
            throw new IllegalArgumentException("a frame of " + octets + " octets");
        }
        checkHeadroom(frame);
        if (owesAcknowledgment()) {
            sender.encapsulate(frame, receiver.highestReceived(), nowNanos);
            acknowledgments.onSent();
        } else {
            sender.encapsulate(frame, nowNanos);
        }
    }

    /**
     * Whether an acknowledgment found nothing to ride on for the configured delay or number of
     * packets. To be asked when {@link #nextDeadlineNanos} has come, not for every packet.
     */
    public boolean isAcknowledgmentDue(long nowNanos) {
        return owesAcknowledgment() && Deadline.isDue(acknowledgments.deadlineNanos(), nowNanos);
    }

    /**
     * Writes an acknowledgment without payload into the headroom in front of the position of {@code
     * slot}, at least {@link GreHeader#MAX_OCTETS} octets, and frames it by position and limit. For
     * use when {@link #isAcknowledgmentDue}.
     *
     * @throws IllegalStateException when nothing was received since the last acknowledgment
     */
    public void encapsulateAcknowledgment(ByteBuffer slot) {
        if (!owesAcknowledgment()) {
            throw new IllegalStateException("nothing to acknowledge");
        }
        checkHeadroom(slot);
        sender.encapsulateAcknowledgment(slot, receiver.highestReceived());
        acknowledgments.onSent();
    }

    private static void checkHeadroom(ByteBuffer frame) {
        if (frame.position() < GreHeader.MAX_OCTETS) {
            throw new IllegalArgumentException("headroom of " + frame.position() + " octets");
        }
    }

    private boolean owesAcknowledgment() {
        return acknowledgments.isOwed() && receiver.anyReceived();
    }

    /** When to call {@link #onTimeout} next, or {@link #NO_DEADLINE}. */
    public long nextDeadlineNanos() {
        long hold = receiver.isHolding() ? receiver.holdDeadlineNanos() : NO_DEADLINE;
        long acknowledgment = owesAcknowledgment() ? acknowledgments.deadlineNanos() : NO_DEADLINE;
        return Deadline.earlier(Deadline.earlier(hold, acknowledgment), sender.deadlineNanos());
    }

    /**
     * Ends the wait for numbers that are missing for too long, and for acknowledgments of the peer.
     * Afterwards drain {@link #pollHeld}, and if {@link #isAcknowledgmentDue} send one.
     */
    public void onTimeout(long nowNanos) {
        receiver.onTimeout(nowNanos);
        sender.onTimeout(nowNanos);
        acknowledgments.onReceived(receiver.receivedInTurn(), nowNanos);
    }

    /**
     * Whether the tunnel has a {@link FlowControl.SlidingWindow}. If not, {@link #sendCredit} never
     * ends.
     */
    public boolean isSendingLimited() {
        return sender.isLimited();
    }

    /**
     * How many data packets may be sent now. What the link itself has to say does not wait for it
     * but counts. At 0 there is a deadline, at which the packets on the way are assumed lost; until
     * then acknowledgments may bring it back.
     */
    public int sendCredit() {
        return sender.credit();
    }

    /** How long a frame is held at most, as things are now. */
    long holdNanos() {
        return receiver.holdNanos();
    }

    /** Data packets sent that the peer has not acknowledged. */
    public long unacknowledgedPackets() {
        return Integer.toUnsignedLong(sender.unacknowledged());
    }

    /** The counters now. */
    public GreCounters counters() {
        return receiver.counters(sender);
    }

    /** Gives held frames back to the pool; the tunnel must not be used afterwards. */
    public void close() {
        receiver.close();
    }
}
