package dev.pptpd.bench.mppe;

/** What is done with packets. */
enum Direction {
    ENCRYPT("encrypting"),
    DECRYPT("decrypting");

    private final String words;

    Direction(String words) {
        this.words = words;
    }

    /** For a title. */
    String words() {
        return words;
    }
}
