package dev.pptpd.control;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The armed deadlines, in monotonic nanoseconds that may wrap. */
final class ControlDeadlines {
    private final Map<ControlDeadline, Long> armed = new EnumMap<>(ControlDeadline.class);

    void arm(ControlDeadline deadline, long atNanos) {
        armed.put(deadline, atNanos);
    }

    void disarm(ControlDeadline deadline) {
        armed.remove(deadline);
    }

    boolean isArmed(ControlDeadline deadline) {
        return armed.containsKey(deadline);
    }

    void clear() {
        armed.clear();
    }

    OptionalLong nextNanos() {
        return first().map(Map.Entry::getValue).map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    /** Takes the earliest deadline that is reached, which disarms it. */
    Optional<ControlDeadline> takeDue(long nowNanos) {
        var due = first().filter(entry -> entry.getValue() - nowNanos <= 0);
        due.ifPresent(entry -> armed.remove(entry.getKey()));
        return due.map(Map.Entry::getKey);
    }

    private Optional<Map.Entry<ControlDeadline, Long>> first() {
        return armed.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                .min((a, b) -> Long.signum(a.getValue() - b.getValue()));
    }
}
