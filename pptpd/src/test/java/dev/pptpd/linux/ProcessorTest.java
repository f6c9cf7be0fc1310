package dev.pptpd.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProcessorTest {
    @Test
    void findsTheInstructionsForSha1OnX86() throws IOException {
        assertThat(processor("processor\t: 0\nflags\t\t: fpu sha_ni vaes\nbugs\t\t:\n").hasSha1())
                .isTrue();
        assertThat(processor("processor\t: 0\nflags\t\t: fpu avx2 bmi2\nbugs\t\t:\n").hasSha1())
                .isFalse();
    }

    @Test
    void findsTheInstructionsForSha1OnArm() throws IOException {
        assertThat(processor("BogoMIPS\t: 50.00\nFeatures\t: fp asimd sha1 sha2\n").hasSha1())
                .isTrue();
        assertThat(processor("BogoMIPS\t: 50.00\nFeatures\t: fp asimd crc32\n").hasSha1())
                .isFalse();
    }

    @Test
    void knowsNoFeatureWhereNoneIsNamed() throws IOException {
        assertThat(processor("").features()).isEmpty();
        assertThat(processor("cpu\t\t: POWER9\nflags of some kind\n\n").features()).isEmpty();
        assertThat(processor("flags\t\t:\n").hasSha1()).isFalse();
    }

    @Test
    void readsOneTwiceNamedFeature() throws IOException {
        assertThat(processor("flags\t\t: fpu sha_ni fpu\n").hasSha1()).isTrue();
    }

    @Test
    void asksThisHost() throws IOException {
        String all = Files.readString(Path.of("/proc/cpuinfo"), StandardCharsets.ISO_8859_1);
        Processor host = Processor.ofThisHost();
        assertThat(host.hasSha1()).isEqualTo(all.contains(" sha_ni ") || all.contains(" sha1 "));
        assertThat(all).contains(host.features());
    }

    private static Processor processor(String description) throws IOException {
        return Processor.read(new BufferedReader(new StringReader(description)));
    }
}
