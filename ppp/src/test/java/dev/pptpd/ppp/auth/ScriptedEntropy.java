package dev.pptpd.ppp.auth;

import java.util.random.RandomGenerator;

/** Entropy that is read from a list of octets, by whoever wants octets and nothing else. */
final class ScriptedEntropy implements RandomGenerator {
    private final byte[] octets;
    private int position;

    ScriptedEntropy(byte[] octets) {
        this.octets = octets.clone();
    }

    @Override
    public void nextBytes(byte[] bytes) {
        System.arraycopy(octets, position, bytes, 0, bytes.length);
        position += bytes.length;
    }

    @Override
    public long nextLong() {
        throw new AssertionError("the script has octets only");
    }
}
