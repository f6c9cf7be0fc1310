package dev.pptpd.config;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts another content in the place of a file's, whole or not at all. */
final class FileReplacement {
    private static final Logger LOG = LoggerFactory.getLogger(FileReplacement.class);

    private FileReplacement() {}

    /**
     * Writes a file beside the old one, with the same owner, group and mode, and renames it. A
     * symbolic link stays one. When this returns, the new content is on the disk; where the disk
     * fails at the very last, after the renaming, that is only warned of, for all readers see the
     * new content by then.
     *
     * @throws IOException where that fails; then the old content stays
     */
    static void replace(Path path, byte[] octets) throws IOException {
        replace(path, octets, FileReplacement::open);
    }

    /** The same, with directories that the caller opens. */
    static void replace(Path path, byte[] octets, DirectoryOpener opener) throws IOException {
        Path file = path.toRealPath();
        Path directory = file.resolveSibling(".").normalize();
        // A directory may be written to and not read: better to hear of it before the renaming.
        Directory parent = opener.open(directory);
        try {
            rename(directory, file, octets);
        } catch (IOException e) {
            closeAfter(e, parent);
            throw e;
        }
        keep(directory, parent);
    }

    /** Opens directories whose entries are to be kept. */
    @FunctionalInterface
    interface DirectoryOpener {
        Directory open(Path directory) throws IOException;
    }

    /** An open directory. */
    interface Directory extends Closeable {
        /** Brings its entries to the disk. */
        void force() throws IOException;
    }

    private static Directory open(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        return new Directory() {
            @Override
            public void force() throws IOException {
                channel.force(true);
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }

    private static void closeAfter(IOException cause, Directory parent) {
        try {
            parent.close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Nothing is undone any more, so nothing may fail. */
    private static void keep(Path directory, Directory parent) {
        try (parent) {
            parent.force();
        } catch (IOException e) {
            LOG.warn(
                    "event=directory-not-synchronized path={} detail=\"{}; a loss of power may undo"
                            + " the change\"",
                    directory,
                    e.getMessage());
        }
    }

    private static void rename(Path directory, Path file, byte[] octets) throws IOException {
        Path fresh =
                Files.createTempFile(
                        directory,
                        "." + file.getFileName() + ".",
                        ".new",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        try {
            write(fresh, file, octets);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(fresh);
            throw e;
        }
    }

    private static void write(Path fresh, Path model, byte[] octets) throws IOException {
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            ByteBuffer content = ByteBuffer.wrap(octets);
            while (content.hasRemaining()) {
                channel.write(content);
            }
            for (String attribute : new String[] {"unix:uid", "unix:gid", "unix:mode"}) {
                Object value = Files.getAttribute(model, attribute);
                if (!Files.getAttribute(fresh, attribute).equals(value)) {
                    Files.setAttribute(fresh, attribute, value);
                }
            }
            channel.force(true);
        }
    }
}
