package dev.pptpd.bench.process;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What somebody has opened so far and has to close, also when the rest of it fails. Closed are all,
 * the last one first, whatever becomes of the others.
 */
public final class Belongings implements AutoCloseable {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    /** None yet. */
    public Belongings() {}

    /** Takes one more, and returns it. */
    public <T extends AutoCloseable> T add(T opened) {
        open.push(opened);
        return opened;
    }

    /**
     * A second call does nothing.
     *
     * @throws IllegalStateException when some are left behind, each with its reason
     */
    @Override
    public void close() {
        IllegalStateException leftBehind = new IllegalStateException("left something behind");
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                leftBehind.addSuppressed(e);
            }
        }
        if (leftBehind.getSuppressed().length > 0) {
            throw leftBehind;
        }
    }

    /** The same after a failure, which says more than what is left behind. */
    public void closeAfter(Throwable failure) {
        try {
            close();
        } catch (IllegalStateException leftBehind) {
            failure.addSuppressed(leftBehind);
        }
    }
}
