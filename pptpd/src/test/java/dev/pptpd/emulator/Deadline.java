package dev.pptpd.emulator;

import java.util.OptionalLong;

/** Points in monotonic time, in nanoseconds. */
final class Deadline {
    private Deadline() {}

    /** The earliest of those that are set. */
    static OptionalLong earliest(OptionalLong... deadlines) {
        OptionalLong earliest = OptionalLong.empty();
        for (OptionalLong deadline : deadlines) {
            if (deadline.isPresent()
                    && (earliest.isEmpty() || deadline.getAsLong() - earliest.getAsLong() < 0)) {
                earliest = deadline;
            }
        }
        return earliest;
    }

    static boolean passed(OptionalLong deadline, long nowNanos) {
        return deadline.isPresent() && nowNanos - deadline.getAsLong() >= 0;
    }
}
