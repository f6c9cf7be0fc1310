package dev.pptpd.dataplane;

import dev.pptpd.linux.Processor;
import dev.pptpd.mppe.MppeEngine;
import dev.pptpd.mppe.PairedMppeEngine;
import dev.pptpd.mppe.Sha1Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Makes the packet cipher of a worker: reads the class that every worker has for itself. */
public final class MppeKernel {
    private MppeKernel() {}

    /** For one thread. */
    public static MppeEngine newEngine() {
        try (InputStream kernel =
                PairedMppeEngine.class.getResourceAsStream(PairedMppeEngine.KERNEL)) {
            return new PairedMppeEngine(Objects.requireNonNull(kernel).readAllBytes(), sha1());
        } catch (IOException e) {
            throw new UncheckedIOException("the program is damaged", e);
        }
    }

    /**
     * The faster one: the JVM has a use for the processor's instructions, our own code has none.
     */
    private static Sha1Kind sha1() {
        try {
            return Processor.ofThisHost().hasSha1() ? Sha1Kind.PLATFORM : Sha1Kind.WRITTEN_OUT;
        } catch (IOException unknown) {
            return Sha1Kind.WRITTEN_OUT;
        }
    }
}
