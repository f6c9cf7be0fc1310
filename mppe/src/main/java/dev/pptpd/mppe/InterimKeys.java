package dev.pptpd.mppe;

/**
 * GetNewKeyFromSHA: SHA-1 over start key, SHApad1, session key and SHApad2.
 *
 * <p>Holds only scratch space. Allocates nothing after it is made. Not thread-safe.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc3078#section-7.3 RFC 3078 section 7.3
 */
sealed interface InterimKeys permits WrittenOutInterimKeys, PlatformInterimKeys {
    /** Ints that {@link #prepare} may write. */
    int START_INTS = 9;

    /** Keys from that SHA-1. */
    static InterimKeys by(Sha1Kind kind) {
        return switch (kind) {
            case WRITTEN_OUT -> new WrittenOutInterimKeys();
            case PLATFORM -> new PlatformInterimKeys();
        };
    }

    /** Writes what of a start key stays the same into {@code start}. */
    void prepare(int[] startKey, int[] start);

    /**
     * Writes what follows from start key and session key into {@code interimKey}, keys as {@link
     * KeyStreams} has them.
     *
     * @param start what {@link #prepare} wrote
     * @param keyOctets 8 or 16
     */
    void derive(int[] start, int keyOctets, int[] sessionKey, int[] interimKey);

    /** Forgets the last keys. */
    void wipe();
}
