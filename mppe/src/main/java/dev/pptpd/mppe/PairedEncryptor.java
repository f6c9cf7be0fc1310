package dev.pptpd.mppe;

/** Sending in stateless mode: a key for every packet, and the count of the next one. */
final class PairedEncryptor implements MppeEncryptor {
    private final KeyChain chain;
    private final PacketStreams keys;
    private int coherencyCount;

    PairedEncryptor(KeyChain chain, PacketStreams keys) {
        this.chain = chain;
        this.keys = keys;
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
        keys.wipe();
    }
}
