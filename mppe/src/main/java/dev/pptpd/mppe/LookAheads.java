package dev.pptpd.mppe;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The streams made ahead by one engine: as many as stay in the second-level cache. When all are
 * taken, sessions lose theirs in turn. Allocates until there are as many as are needed, and then
 * nothing.
 */
final class LookAheads {
    /** Of about two kibibytes each: one mebibyte. */
    private static final int CAPACITY = 480;

    private final List<LookAhead> all = new ArrayList<>();
    private final ArrayDeque<LookAhead> free = new ArrayDeque<>(CAPACITY);
    private int nextVictim;

    /** A free one; to be filled at once. */
    LookAhead take() {
        LookAhead next = free.pollLast();
        if (next != null) {
            return next;
        }
        if (all.size() < CAPACITY) {
            LookAhead made = new LookAhead(this);
            all.add(made);
            return made;
        }
        return takeAway();
    }

    private LookAhead takeAway() {
        LookAhead victim = all.get(nextVictim);
        nextVictim = (nextVictim + 1) % CAPACITY;
        @Nullable KeyChain owner = victim.owner();
        if (owner != null) {
            owner.dropAhead();
        }
        return free.removeLast();
    }

    /** Takes one back from its owner. */
    void giveBack(LookAhead unused) {
        free.addLast(unused);
    }
}
