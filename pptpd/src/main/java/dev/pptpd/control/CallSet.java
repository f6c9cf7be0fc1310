package dev.pptpd.control;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Calls, oldest first; there is no table as long as there is but one, as in {@link CallIndex}. */
final class CallSet {
    private @Nullable CallAutomaton only;

    /** All of them; null where there was never more than one at a time. */
    private @Nullable Set<CallAutomaton> all;

    int size() {
        return all != null ? all.size() : only != null ? 1 : 0;
    }

    void add(CallAutomaton call) {
        if (all == null && only != null && only != call) {
            all = new LinkedHashSet<>();
            all.add(only);
        }
        if (all != null) {
            all.add(call);
        } else {
            only = call;
        }
    }

    void remove(CallAutomaton call) {
        if (all != null) {
            all.remove(call);
        } else if (only == call) {
            only = null;
        }
    }

    /** As they are now. */
    List<CallAutomaton> copy() {
        if (all != null) {
            return List.copyOf(all);
        }
        return only != null ? List.of(only) : List.of();
    }
}
