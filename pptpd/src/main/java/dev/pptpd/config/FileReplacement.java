package dev.pptpd.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Puts another content in the place of a file's, whole or not at all. */
final class FileReplacement {
    private FileReplacement() {}

    /**
     * Writes a file beside the old one, with the same owner, group and mode, and renames it. A
     * symbolic link stays one. When this returns, the new content is on the disk.
     *
     * @throws IOException where that fails; then the old content stays
     */
    static void replace(Path path, byte[] octets) throws IOException {
        Path file = path.toRealPath();
        Path directory = file.resolveSibling(".").normalize();
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
        try (FileChannel parent = FileChannel.open(directory, StandardOpenOption.READ)) {
            parent.force(true);
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
