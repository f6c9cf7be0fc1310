package dev.pptpd.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The octets of one file, without a byte order mark. */
final class SourceText {
    /** A hundred thousand users in a secrets file take less than half of it. */
    static final int MAX_FILE_OCTETS = 16 << 20;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final String file;
    private final byte[] octets;
    private final int start;

    SourceText(String file, byte[] octets) {
        this.file = file;
        this.octets = octets;
        this.start = startsWithByteOrderMark(octets) ? BYTE_ORDER_MARK.length : 0;
    }

    private static boolean startsWithByteOrderMark(byte[] octets) {
        return octets.length >= BYTE_ORDER_MARK.length
                && Arrays.equals(
                        octets,
                        0,
                        BYTE_ORDER_MARK.length,
                        BYTE_ORDER_MARK,
                        0,
                        BYTE_ORDER_MARK.length);
    }

    /**
     * Reads a file. What goes wrong is reported at {@code mention}, where the file is named, or at
     * the file itself.
     */
    static Optional<SourceText> read(Path path, Place mention, Findings findings) {
        String problem;
        try (InputStream in = Files.newInputStream(path)) {
            byte[] octets = in.readNBytes(MAX_FILE_OCTETS + 1);
            if (octets.length <= MAX_FILE_OCTETS) {
                return Optional.of(new SourceText(path.toString(), octets));
            }
            problem = "is larger than " + MAX_FILE_OCTETS + " octets";
        } catch (NoSuchFileException e) {
            problem = "does not exist";
        } catch (AccessDeniedException e) {
            problem = "cannot be read: permission denied";
        } catch (IOException e) {
            problem = Files.isDirectory(path) ? "is a directory" : "cannot be read";
        }
        String name = path.toString().isEmpty() ? "." : path.toString();
        findings.error(mention, name, name + " " + problem, "a readable file");
        return Optional.empty();
    }

    /** The place of a whole file: its first line. */
    static Place top(Path path) {
        return new Place(path.toString(), 1);
    }

    /** UTF-8 where it is UTF-8, else one character per octet, as names of peers are read. */
    static String decode(byte[] octets) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
        } catch (CharacterCodingException e) {
            return new String(octets, StandardCharsets.ISO_8859_1);
        }
    }

    String file() {
        return file;
    }

    /** Index of the first octet behind a byte order mark. */
    int start() {
        return start;
    }

    int end() {
        return octets.length;
    }

    byte at(int index) {
        return octets[index];
    }

    /** The octets {@code from..to} as text, the last one excluded. */
    String text(int from, int to) {
        return decode(Arrays.copyOfRange(octets, from, to));
    }

    /** Overwrites the octets: they may hold secrets. */
    void wipe() {
        Arrays.fill(octets, (byte) 0);
    }
}
