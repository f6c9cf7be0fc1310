package dev.pptpd.bench.measure;

/**
 * What came of a goal.
 *
 * @param value what was compared with the goal's limit
 */
public record Judgement(Goal goal, double value) {
    /** Whether the goal was met. */
    public boolean isMet() {
        return goal.isMetBy(value);
    }
}
