package dev.pptpd.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.io.IOException;
import java.nio.file.Files;
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
        file.write(List.of(new Ipv4Address(0x0A00_0001), new Ipv4Address(0x0A00_0002)), List.of());
        assertThat(path).hasContent("# pptp\nnameserver 10.0.0.1\nnameserver 10.0.0.2\n");
        file.write(List.of(), List.of());
        assertThat(path).hasContent("# pptp\n");
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

    @Test
    void isNotAFileOfSomebodyElse() throws IOException {
        Path system = Files.writeString(folder.resolve("resolv.conf"), "nameserver 192.0.2.53\n");
        Path link = Files.createSymbolicLink(folder.resolve("link"), system);
        for (Path path : List.of(system, link)) {
            ResolverFile file = new ResolverFile(path);
            assertThatExceptionOfType(ClientException.class)
                    .isThrownBy(file::check)
                    .withMessageContaining("was not written by pptp")
                    .satisfies(e -> assertThat(e.exit()).isEqualTo(ClientExit.USAGE));
            file.write(List.of(new Ipv4Address(0x0A00_0001)), List.of());
            file.delete();
        }
        assertThat(system).hasContent("nameserver 192.0.2.53\n");
        assertThat(link).isSymbolicLink();
    }

    @Test
    void staysWhereThisProcessHasNotWrittenIt() throws Exception {
        Path left = Files.writeString(folder.resolve("left"), "# pptp\nnameserver 10.0.0.1\n");
        ResolverFile file = new ResolverFile(left);
        file.check();
        file.delete();
        assertThat(left).exists();
        file.write(List.of(new Ipv4Address(0x0A00_0002)), List.of());
        assertThat(left).hasContent("# pptp\nnameserver 10.0.0.2\n");
        file.delete();
        assertThat(left).doesNotExist();
    }
}
