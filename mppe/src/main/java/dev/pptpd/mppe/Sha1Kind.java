package dev.pptpd.mppe;

/**
 * Whose SHA-1 makes the keys of the {@link PairedMppeEngine}. The keys are the same; which one
 * takes less time depends on the processor.
 */
public enum Sha1Kind {
    /** Our own, for the one message that MPPE has: ahead where there are no instructions for it. */
    WRITTEN_OUT,

    /**
     * The platform's, which uses the processor's instructions where there are any: then it takes
     * less than half the time of our own, and without them a third more.
     */
    PLATFORM
}
