package dev.pptpd.control;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls by an id. Nearly every connection has one call, for which there is no table; with more of
 * them each is found as fast as in one.
 */
final class CallIndex {
    private int firstId;
    private @Nullable CallAutomaton first;

    /** All others; null where there never were any. */
    private @Nullable Map<Integer, CallAutomaton> others;

    int size() {
        return (first == null ? 0 : 1) + (others == null ? 0 : others.size());
    }

    @Nullable CallAutomaton find(int id) {
        if (first != null && firstId == id) {
            return first;
        }
        return others == null ? null : others.get(id);
    }

    boolean contains(int id) {
        return find(id) != null;
    }

    /** In place of another call of that id, if there is one. */
    void put(int id, CallAutomaton call) {
        if (first == null ? find(id) == null : firstId == id) {
            firstId = id;
            first = call;
        } else {
            if (others == null) {
                others = new HashMap<>();
            }
            others.put(id, call);
        }
    }

    /** Of no effect where another call has the id. */
    void remove(int id, CallAutomaton call) {
        if (first == call && firstId == id) {
            first = null;
        } else if (others != null) {
            others.remove(id, call);
        }
    }
}
