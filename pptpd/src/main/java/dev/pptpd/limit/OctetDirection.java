package dev.pptpd.limit;

/** Which octets {@code maxoctets} limits: pppd's {@code mo-direction}. */
public enum OctetDirection {
    /** Those of both directions together. */
    SUM("sum"),
    /** Those from the client. */
    IN("in"),
    /** Those to the client. */
    OUT("out"),
    /** Those of the direction that has more of them. */
    MAX("max");

    private final String word;

    OctetDirection(String word) {
        this.word = word;
    }

    /** As it stands behind {@code mo-direction}. */
    public String word() {
        return word;
    }

    /** What counts of these. */
    public long of(long octetsIn, long octetsOut) {
        return switch (this) {
            case SUM -> octetsIn + octetsOut;
            case IN -> octetsIn;
            case OUT -> octetsOut;
            case MAX -> Math.max(octetsIn, octetsOut);
        };
    }
}
