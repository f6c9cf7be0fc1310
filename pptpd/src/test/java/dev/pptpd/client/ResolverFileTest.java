package dev.pptpd.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResolverFileTest {
    @TempDir private Path folder;

    @Test
    void isThereOnlyWhileTheSessionIsUp() {
        Path path = folder.resolve("resolv.conf");
        ResolverFile file = new ResolverFile(path);
        file.write(List.of(new Ipv4Address(0x0A00_0001), new Ipv4Address(0x0A00_0002)));
        assertThat(path).hasContent("nameserver 10.0.0.1\nnameserver 10.0.0.2\n");
        file.write(List.of());
        assertThat(path).isEmptyFile();
        file.delete();
        file.delete();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void isRefusedBeforeAnybodyIsAskedForAnything() {
        ResolverFile file = new ResolverFile(folder.resolve("none").resolve("resolv.conf"));
        assertThatExceptionOfType(ClientException.class)
                .isThrownBy(file::check)
                .satisfies(e -> assertThat(e.exit()).isEqualTo(ClientExit.CANNOT_CREATE));
    }
}
