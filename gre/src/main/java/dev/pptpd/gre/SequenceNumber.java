package dev.pptpd.gre;

/**
 * Serial arithmetic on the 32-bit sequence numbers of enhanced GRE, kept in {@code int}s.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-4.1 RFC 2637 section 4.1
 */
public final class SequenceNumber {
    private SequenceNumber() {}

    /** Whether {@code a} comes after {@code b}, over the wrap from FFFFFFFF to 0. */
    public static boolean isAfter(int a, int b) {
        return a - b > 0;
    }

    /** Steps from {@code from} forward to {@code to}; negative when {@code to} lies behind. */
    public static int distance(int from, int to) {
        return to - from;
    }
}
