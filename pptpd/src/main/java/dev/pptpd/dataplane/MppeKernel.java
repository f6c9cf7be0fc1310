package dev.pptpd.dataplane;

import dev.pptpd.mppe.MppeEngine;
import dev.pptpd.mppe.PairedMppeEngine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Makes the packet cipher of a worker: reads the class that every worker has for itself. */
final class MppeKernel {
    private MppeKernel() {}

    static MppeEngine newEngine() {
        try (InputStream kernel =
                PairedMppeEngine.class.getResourceAsStream(PairedMppeEngine.KERNEL)) {
            return new PairedMppeEngine(Objects.requireNonNull(kernel).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("the program is damaged", e);
        }
    }
}
