package dev.pptpd.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileReplacementTest {
    private static final byte[] NEW = "new".getBytes(UTF_8);

    @TempDir Path directory;
    private Path file = Path.of("");

    @BeforeEach
    void writeFile() throws IOException {
        file = Files.writeString(directory.resolve("file"), "old");
    }

    /** One that may be written to and not read; the superuser is never told so. */
    @Test
    void changesNothingInADirectoryThatCannotBeOpened() throws IOException {
        assertThatThrownBy(() ->
                        FileReplacement.replace(
                                file,
                                NEW,
                                path -> {
                                    throw new AccessDeniedException(path.toString());
                                }))
                .isInstanceOf(AccessDeniedException.class);
        assertThat(Files.readString(file)).isEqualTo("old");
        assertThat(entries()).isEqualTo(1);
    }

    @Test
    void doesNotFailOnceTheFileHasItsNewContent() throws IOException {
        PlayedDirectory parent = new PlayedDirectory();
        FileReplacement.replace(file, NEW, path -> parent);
        assertThat(Files.readString(file)).isEqualTo("new");
        assertThat(parent.forced).isTrue();
        assertThat(parent.closed).isTrue();
        assertThat(entries()).isEqualTo(1);
    }

    @Test
    void closesTheDirectoryWhereTheFileCannotBeWritten() throws IOException {
        PlayedDirectory parent = new PlayedDirectory();
        Path longNamed = Files.writeString(directory.resolve("f".repeat(250)), "old");
        assertThatThrownBy(() -> FileReplacement.replace(longNamed, NEW, path -> parent))
                .isInstanceOf(IOException.class);
        assertThat(Files.readString(longNamed)).isEqualTo("old");
        assertThat(parent.forced).isFalse();
        assertThat(parent.closed).isTrue();
    }

    private long entries() throws IOException {
        try (var files = Files.list(directory)) {
            return files.count();
        }
    }

    /** A directory on a disk that fails. */
    private static final class PlayedDirectory implements FileReplacement.Directory {
        boolean forced;
        boolean closed;

        @Override
        public void force() throws IOException {
            forced = true;
            throw new IOException("Input/output error");
        }

        @Override
        public void close() throws IOException {
            closed = true;
            throw new IOException("Input/output error");
        }
    }
}
