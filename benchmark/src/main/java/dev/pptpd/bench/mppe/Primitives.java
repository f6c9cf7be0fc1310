package dev.pptpd.bench.mppe;

/** SHA-1 and RC4 of a library for Java. */
interface Primitives {
    int KEY_OCTETS = 16;
    int DIGEST_OCTETS = 20;

    /** SHA-1 of the message. */
    void digest(byte[] message, byte[] digest);

    /** Begins a key stream. */
    void start(byte[] key);

    /** Applies its next octets in place. */
    void apply(byte[] data, int offset, int octets);
}
