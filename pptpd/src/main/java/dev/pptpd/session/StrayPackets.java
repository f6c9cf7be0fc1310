package dev.pptpd.session;

import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * GRE packets that found no session, remembered so far that a session that failed can say why: the
 * last one of each address, and the last one with each call id of ours that came from an address of
 * somebody else.
 *
 * <p>Workers write and the event loop reads, without locks. Both tables have a fixed size, and a
 * newer packet takes the place of an older one: a flood makes a diagnosis less exact and nothing
 * worse. Writing allocates nothing.
 */
public final class StrayPackets {
    /** A power of two; 32 KiB for each table. Far more peers than fail at the same time. */
    private static final int SLOTS = 1 << 12;

    /** Spreads neighbouring addresses far apart: 2^32 divided by the golden ratio. */
    private static final int SPREAD = 0x9E37_79B1;

    private static final int SLOT_SHIFT = Integer.SIZE - Integer.numberOfTrailingZeros(SLOTS);
    private static final int ADDRESS_SHIFT = 32;
    private static final int CALL_ID_SHIFT = 16;
    private static final long MAX_PACKETS = 0xFFFF;
    private static final long EMPTY = 0;

    private final AtomicLongArray byAddress = new AtomicLongArray(SLOTS);
    private final AtomicLongArray byCallId = new AtomicLongArray(SLOTS);

    /** Nothing seen. */
    public StrayPackets() {}

    /**
     * Packets that belonged nowhere.
     *
     * @param source where they came from
     * @param callId the one that the last of them carried, 0..65535
     * @param packets how many, at least 1; beyond 65,535 it stays there
     */
    public record Stray(Ipv4Address source, int callId, int packets) {}

    /** A packet from {@code source} with a call id that no session has. For any thread. */
    public void countUnknownCallId(int source, int callId) {
        int slot = slotOfAddress(source);
        long before = byAddress.get(slot);
        boolean again = before != EMPTY && source(before) == source;
        byAddress.compareAndSet(slot, before, entry(source, callId, again ? before : EMPTY));
    }

    /** A packet with a session's call id, but not from the address of its peer. For any thread. */
    public void countWrongAddress(int source, int callId) {
        int slot = slotOfCallId(callId);
        long before = byCallId.get(slot);
        boolean again = before != EMPTY && callId(before) == callId;
        byCallId.compareAndSet(slot, before, entry(source, callId, again ? before : EMPTY));
    }

    /** What came before a session began says nothing about it. For any thread. */
    public void forget(Ipv4Address peer, int callId) {
        long stray = byAddress.get(slotOfAddress(peer.value()));
        if (source(stray) == peer.value()) {
            byAddress.compareAndSet(slotOfAddress(peer.value()), stray, EMPTY);
        }
        stray = byCallId.get(slotOfCallId(callId));
        if (callId(stray) == callId) {
            byCallId.compareAndSet(slotOfCallId(callId), stray, EMPTY);
        }
    }

    /** Packets from this address with call ids that no session has. For any thread. */
    public Optional<Stray> from(Ipv4Address peer) {
        return stray(byAddress.get(slotOfAddress(peer.value())))
                .filter(found -> found.source().equals(peer));
    }

    /** Packets with this call id from an address that is not its peer's. For any thread. */
    public Optional<Stray> withCallId(int callId) {
        return stray(byCallId.get(slotOfCallId(callId))).filter(found -> found.callId() == callId);
    }

    private static int slotOfAddress(int address) {
        return (address * SPREAD) >>> SLOT_SHIFT;
    }

    /** Call ids are given out at random. */
    private static int slotOfCallId(int callId) {
        return callId & (SLOTS - 1);
    }

    private static long entry(int source, int callId, long before) {
        long packets = Math.min((before & MAX_PACKETS) + 1, MAX_PACKETS);
        return (long) source << ADDRESS_SHIFT | (long) callId << CALL_ID_SHIFT | packets;
    }

    private static int source(long entry) {
        return (int) (entry >>> ADDRESS_SHIFT);
    }

    private static int callId(long entry) {
        return (int) (entry >>> CALL_ID_SHIFT) & 0xFFFF;
    }

    private static Optional<Stray> stray(long entry) {
        return entry == EMPTY
                ? Optional.empty()
                : Optional.of(
                        new Stray(
                                new Ipv4Address(source(entry)),
                                callId(entry),
                                (int) (entry & MAX_PACKETS)));
    }
}
