package dev.pptpd.mppe;

/** Sending in stateless mode: a key for every packet, and the count of the next one. */
final class PairedEncryptor implements MppeEncryptor {
    private final KeyChain chain;
    private int coherencyCount;

    PairedEncryptor(KeyChain chain) {
        this.chain = chain;
    }

    KeyChain chain() {
        return chain;
    }

    /** The header of the next packet. */
    int nextHeader() {
        int header = coherencyCount | MppeHeader.FLUSHED | MppeHeader.ENCRYPTED;
        coherencyCount = MppeHeader.next(coherencyCount);
        return header;
    }

    /** Every packet is flushed anyway. */
    @Override
    public void flush() {}

    @Override
    public void wipe() {
        chain.wipe();
    }
}
