package dev.pptpd.session;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.config.AddressSlots;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The slots of localip and remoteip: the lowest free one is given out, as PoPToP does, and one slot
 * for each session limits their number. A user with an address of his own keeps his slot and has
 * the address besides; where it is one of the pool, others get it when nothing else is left. One
 * thread.
 */
public final class AddressPool {
    private final AddressSlots slots;
    private final BitSet used = new BitSet();

    /** Slots with an address that some user has as his own. */
    private final BitSet ofUsers = new BitSet();

    private final KeptAddresses kept;
    private final Set<Ipv4Address> locals = new HashSet<>();
    private final Map<Ipv4Address, Integer> slotOfRemote = new HashMap<>();
    private final Set<Ipv4Address> claimed = new HashSet<>();

    /**
     * All slots free.
     *
     * @param kept addresses that are some user's own or a name server's, in the pool or not
     */
    public AddressPool(AddressSlots slots, KeptAddresses kept) {
        this.slots = slots;
        this.kept = kept;
        for (int slot = 0; slot < slots.size(); slot++) {
            this.ofUsers.set(slot, kept.ofUsers().contains(slots.remote(slot)));
            this.locals.add(slots.local(slot));
            this.slotOfRemote.put(slots.remote(slot), slot);
        }
    }

    /**
     * A slot that is taken.
     *
     * @param slot its number
     * @param local the server's end
     * @param remote the client's end
     */
    public record Lease(int slot, Ipv4Address local, Ipv4Address remote) {}

    /**
     * Takes the lowest free slot whose address nobody claimed and which is none of ours; empty when
     * there is none.
     */
    public Optional<Lease> reserve() {
        Optional<Lease> ofNobody = reserve(false);
        return ofNobody.isPresent() ? ofNobody : reserve(true);
    }

    private Optional<Lease> reserve(boolean ofUser) {
        int slot = used.nextClearBit(0);
        while (slot < slots.size()) {
            Ipv4Address remote = slots.remote(slot);
            if (ofUsers.get(slot) == ofUser
                    && !claimed.contains(remote)
                    && !locals.contains(remote)) {
                used.set(slot);
                return Optional.of(new Lease(slot, slots.local(slot), slots.remote(slot)));
            }
            slot = used.nextClearBit(slot + 1);
        }
        return Optional.empty();
    }

    /** Gives a slot back. */
    public void release(Lease lease) {
        used.clear(lease.slot());
    }

    /** Takes a single address for a user who may have it; false while somebody else has it. */
    public boolean claim(Ipv4Address address, Lease own) {
        if (own.remote().equals(address)) {
            return true;
        }
        @Nullable Integer slot = slotOfRemote.get(address);
        return (slot == null || !used.get(slot)) && claimed.add(address);
    }

    /**
     * The same for one that a client asks for.
     *
     * @param ofUser what the client's user has as his own
     * @param behindUser the networks that are routed to him
     * @return why the client does not get it; empty when it is the client's now
     */
    public Optional<String> claimAsked(
            Ipv4Address address,
            Lease own,
            Optional<Ipv4Address> ofUser,
            List<Ipv4Network> behindUser) {
        if (isLocal(address)) {
            return Optional.of("it is the server's end of a tunnel");
        }
        if (kept.ofNameServers().contains(address)) {
            return Optional.of("it is the address of a name server");
        }
        boolean isOwn = address.equals(own.remote()) || ofUser.filter(address::equals).isPresent();
        if (!isOwn && kept.isOfUser(address)) {
            return Optional.of("it is another user's own");
        }
        if (!isOwn && kept.isBehindAnotherUser(address, behindUser)) {
            return Optional.of("it lies in a network behind another user");
        }
        return claim(address, own) ? Optional.empty() : Optional.of("somebody else has it");
    }

    /** Whether it is an address of remoteip, which is for clients. */
    boolean isRemote(Ipv4Address address) {
        return slotOfRemote.containsKey(address);
    }

    /** Whether it is our end of a tunnel. */
    boolean isLocal(Ipv4Address address) {
        return locals.contains(address);
    }

    /** Whether somebody has it besides the address of a slot. */
    boolean isClaimed(Ipv4Address address) {
        return claimed.contains(address);
    }

    /** Gives a claimed address back; of no effect when it was not claimed. */
    public void unclaim(Ipv4Address address) {
        claimed.remove(address);
    }

    /** Slots in use. */
    public int size() {
        return used.cardinality();
    }
}
