package dev.pptpd.gre.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DescriptorTest {
    @Test
    void closesOnceAndRefusesTheNumberAfterwards() {
        Descriptor descriptor = new Descriptor(Libc.eventfd(0));
        Path entry = Path.of("/proc/self/fd/" + descriptor.number());
        assertThat(Files.exists(entry)).isTrue();

        descriptor.close();
        descriptor.close();

        assertThat(descriptor.isOpen()).isFalse();
        assertThatIllegalStateException().isThrownBy(descriptor::number);
    }

    @Test
    void doesNotCloseAnotherFileThatGotItsNumber() {
        Descriptor descriptor = new Descriptor(Libc.eventfd(0));
        descriptor.close();
        try (Descriptor other = new Descriptor(Libc.eventfd(0))) {
            descriptor.close();

            assertThat(Files.exists(Path.of("/proc/self/fd/" + other.number()))).isTrue();
        }
    }

    @Test
    void refusesAFailedCallsResult() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Descriptor(-Errno.EMFILE));
    }
}
