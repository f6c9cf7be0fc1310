package dev.pptpd.gre;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The receiving half of a tunnel: brings data packets into sequence.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-4.3 RFC 2637 section 4.3
 */
final class Receiver {
    private final ReceiveWindow window = new ReceiveWindow();
    private final GreConfiguration configuration;
    private final HoldPool pool;
    private final HoldTime holdTime;

    /** Has room from the first frame on that is held. */
    private ReorderBuffer held = ReorderBuffer.NO_ROOM;

    private @Nullable Disorder disorder;

    private long received;
    private long delivered;

    Receiver(GreConfiguration configuration, HoldPool pool) {
        this.configuration = configuration;
        this.holdTime = new HoldTime(configuration.hold());
        this.pool = pool;
    }

    /** Takes a data packet; does not change its position and limit. */
    GreVerdict receive(ByteBuffer packet, long nowNanos) {
        int number = GreHeader.sequenceNumber(packet);
        if (!window.isStarted()) {
            // Some peers begin at 0, some at 1. A packet that the first one overtook is still good.
            window.restart(number, true, false);
        }
        GreVerdict verdict =
                switch (window.place(number)) {
                    case EXPECTED -> deliverExpected(number, nowNanos);
                    case AHEAD -> hold(packet, number, nowNanos);
                    case OPEN -> deliverOpen(number);
                    case RECEIVED -> GreVerdict.DUPLICATE;
                    case GIVEN_UP -> noteLateness(number, nowNanos);
                    case FAR -> GreVerdict.DELIVER_JUMP;
                };
        count(verdict);
        return verdict;
    }

    private GreVerdict deliverExpected(int number, long nowNanos) {
        if (held.hasWaiting()) {
            noteOvertaken(number, nowNanos);
        }
        window.receive(number);
        makeRunReady();
        return GreVerdict.DELIVER;
    }

    /** Held frames have higher numbers. */
    private void noteOvertaken(int number, long nowNanos) {
        disorder().reordered++;
        holdTime.onOvertaken(nowNanos - held.oldestArrivalNanosAfter(number), nowNanos);
    }

    private GreVerdict noteLateness(int number, long nowNanos) {
        long lateness =
                disorder == null
                        ? GivenUpNumbers.UNKNOWN
                        : disorder.givenUp.takeLateness(number, nowNanos);
        if (lateness >= 0) {
            holdTime.onOvertaken(lateness, nowNanos);
        }
        return lateness == GivenUpNumbers.TAKEN ? GreVerdict.DUPLICATE : GreVerdict.LATE;
    }

    private GreVerdict deliverOpen(int number) {
        disorder().reordered++;
        if (window.wasGivenUp(number)) {
            disorder().lost--;
        }
        window.receive(number);
        return GreVerdict.DELIVER;
    }

    private GreVerdict hold(ByteBuffer packet, int number, long nowNanos) {
        if (held.contains(number)) {
            return GreVerdict.DUPLICATE;
        }
        if (held == ReorderBuffer.NO_ROOM) {
            held = new ReorderBuffer(configuration.reorderPackets());
        }
        int length = GreHeader.payloadLength(packet);
        Optional<HeldFrame> slot = held.isFull() ? Optional.empty() : pool.acquire(length);
        if (slot.isEmpty()) {
            return deliverWithoutRoom(number, nowNanos);
        }
        if (!held.hasWaiting()) {
            holdTime.onGap(nowNanos);
        } else if (SequenceNumber.isAfter(held.lastNumber(), number)) {
            noteOvertaken(number, nowNanos);
        }
        int offset = packet.position() + GreHeader.headerOctets(packet);
        slot.get().fill(packet, offset, length, number, nowNanos);
        held.insert(slot.get());
        if (held.isFull() && held.hasWaiting()) {
            giveUpBefore(held.firstWaitingNumber());
        }
        return GreVerdict.HELD;
    }

    private GreVerdict deliverWithoutRoom(int number, long nowNanos) {
        boolean othersFirst = !held.isEmpty() && SequenceNumber.isAfter(number, held.firstNumber());
        giveUpBefore(number);
        return othersFirst ? GreVerdict.OFFER_AGAIN : deliverExpected(number, nowNanos);
    }

    private void count(GreVerdict verdict) {
        switch (verdict) {
            case DELIVER -> {
                received++;
                delivered++;
            }
            case DELIVER_JUMP -> {
                received++;
                disorder().jumps++;
            }
            case HELD -> received++;
            case DUPLICATE -> {
                received++;
                disorder().duplicates++;
            }
            case LATE -> {
                received++;
                disorder().late++;
            }
            case OFFER_AGAIN, ACKNOWLEDGMENT -> {}
        }
    }

    private Disorder disorder() {
        Disorder seen = disorder == null ? new Disorder() : disorder;
        disorder = seen;
        return seen;
    }

    Optional<HeldFrame> pollHeld() {
        Optional<HeldFrame> frame = held.poll();
        if (frame.isPresent()) {
            delivered++;
        }
        return frame;
    }

    boolean accept(int number) {
        return switch (window.place(number)) {
            case RECEIVED -> {
                disorder().duplicates++;
                yield false;
            }
            case GIVEN_UP -> {
                disorder().late++;
                yield false;
            }
            case OPEN -> {
                delivered++;
                deliverOpen(number);
                yield true;
            }
            case EXPECTED, AHEAD -> acceptAhead(number);
            case FAR -> acceptFar(number);
        };
    }

    private boolean acceptAhead(int number) {
        if (held.contains(number)) {
            disorder().duplicates++;
            return false;
        }
        giveUpBefore(number);
        window.receive(number);
        makeRunReady();
        delivered++;
        return true;
    }

    private boolean acceptFar(int number) {
        int skipped = SequenceNumber.distance(window.expected(), number);
        // Going back says nothing about which of the numbers there were received long ago.
        boolean forward = skipped > 0;
        disorder().lost += forward ? skipped : 0;
        disorder().late += held.discardWaiting();
        window.restart(number, forward, true);
        window.receive(number);
        delivered++;
        return true;
    }

    void reject(int number) {
        disorder().rejected++;
        if (window.isStarted() && window.place(number) == ReceiveWindow.Place.RECEIVED) {
            window.reopen(number);
        }
    }

    /** Gives up every number that a frame has awaited for too long. */
    void onTimeout(long nowNanos) {
        long arrivedBy = nowNanos - holdTime.nanos();
        if (held.hasWaiting() && held.oldestArrivalNanos() - arrivedBy <= 0) {
            giveUpBefore(held.lastNumberArrivedBy(arrivedBy));
        }
    }

    /** Settles every number before {@code number}: held ones become ready, the others are lost. */
    private void giveUpBefore(int number) {
        makeRunReady();
        while (SequenceNumber.isAfter(number, window.expected())) {
            giveUpGapBefore(number);
            makeRunReady();
        }
    }

    /** Gives up the missing numbers before the first waiting frame, and before {@code number}. */
    private void giveUpGapBefore(int number) {
        boolean overtaken = held.hasWaiting();
        long overtakenNanos = overtaken ? held.oldestArrivalNanos() : 0;
        int end = overtaken ? held.firstWaitingNumber() : number;
        while (SequenceNumber.isAfter(number, window.expected())
                && SequenceNumber.isAfter(end, window.expected())) {
            if (overtaken) {
                disorder().givenUp.add(window.expected(), overtakenNanos);
            }
            window.giveUp();
            disorder().lost++;
        }
    }

    private void makeRunReady() {
        while (held.hasWaiting() && held.firstWaitingNumber() == window.expected()) {
            window.receive(window.expected());
            held.markReady();
        }
    }

    /** Whether a frame waits for its turn; then {@link #holdDeadlineNanos} has a meaning. */
    boolean isHolding() {
        return held.hasWaiting();
    }

    long holdDeadlineNanos() {
        return Deadline.after(held.oldestArrivalNanos(), holdTime.nanos());
    }

    /** A packet of ours was acknowledged after that time. */
    void onRoundTrip(long roundTripNanos, long nowNanos) {
        holdTime.onRoundTrip(roundTripNanos, nowNanos);
    }

    /** How long a frame is held at most, as things are now. */
    long holdNanos() {
        return holdTime.nanos();
    }

    /** Packets whose numbers were settled as received; held ones are not until their turn. */
    long receivedInTurn() {
        return window.receivedPackets();
    }

    /** Whether there is anything to acknowledge. */
    boolean anyReceived() {
        return window.anyReceived();
    }

    /** The highest number that was handed out and not rejected. */
    int highestReceived() {
        return window.highestReceived();
    }

    void close() {
        held.discardAll();
    }

    GreCounters counters(Sender sender) {
        Disorder seen = disorder == null ? new Disorder() : disorder;
        return new GreCounters(
                received,
                delivered,
                seen.duplicates,
                seen.late,
                seen.reordered,
                seen.lost,
                seen.rejected,
                seen.jumps,
                sender.sent(),
                sender.acknowledgmentsReceived(),
                sender.acknowledgmentsIgnored(),
                sender.acknowledgmentsSent(),
                sender.roundTripNanos());
    }
}
