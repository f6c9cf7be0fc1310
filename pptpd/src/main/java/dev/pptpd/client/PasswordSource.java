package dev.pptpd.client;

import dev.pptpd.auth.Secret;
import dev.pptpd.config.SecretFileGuard;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the password comes from: a file that nobody else can read, the standard input, or whoever
 * sits at the terminal. Never the arguments and never the environment, which others can read.
 */
final class PasswordSource {
    /** Passwords have at most 256 characters; more octets than that, and it is another file. */
    private static final int MAX_OCTETS = 4_096;

    private static final String ROOT = "root";

    private PasswordSource() {}

    /**
     * Reads it; the caller closes it.
     *
     * @param file as {@code --password-file} has it; nothing to ask at the terminal
     */
    static Secret read(Optional<String> file, InputStream standardInput) throws ClientException {
        if (file.isEmpty()) {
            return ask(System.console());
        }
        if (file.get().equals(ClientArguments.STANDARD_INPUT)) {
            try {
                return firstLine(standardInput, "the standard input");
            } catch (IOException e) {
                throw unusable("cannot read the standard input: " + e.getMessage() + ".");
            }
        }
        return ofFile(Path.of(file.get()));
    }

    private static Secret ask(@Nullable Console console) throws ClientException {
        if (console == null || !console.isTerminal()) {
            throw new ClientException(
                    ClientExit.USAGE,
                    "there is no terminal to ask for the password; see --password-file.");
        }
        char[] typed = console.readPassword("Password: ");
        if (typed == null) {
            throw unusable("no password was typed.");
        }
        CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
        byte[] octets = new byte[(int) Math.ceil(encoder.maxBytesPerChar() * typed.length)];
        ByteBuffer encoded = ByteBuffer.wrap(octets);
        encoder.encode(CharBuffer.wrap(typed), encoded, true);
        Arrays.fill(typed, '\0');
        return secretOf(octets, encoded.position());
    }

    /** The first octets as a secret; the array is overwritten. */
    private static Secret secretOf(byte[] octets, int length) {
        byte[] exact = Arrays.copyOf(octets, length);
        Arrays.fill(octets, (byte) 0);
        try {
            return new Secret(exact);
        } finally {
            Arrays.fill(exact, (byte) 0);
        }
    }

    private static Secret ofFile(Path file) throws ClientException {
        try {
            Set<String> owners =
                    new HashSet<>(List.of(ROOT, System.getProperty("user.name", ROOT)));
            List<SecretFileGuard.Fault> faults = SecretFileGuard.faults(file, owners);
            if (!faults.isEmpty()) {
                SecretFileGuard.Fault fault = faults.getFirst();
                throw unusable(fault.problem() + ", expected " + fault.expected() + ".");
            }
            try (InputStream input = Files.newInputStream(file)) {
                return firstLine(input, file.toString());
            }
        } catch (IOException e) {
            throw unusable("cannot read " + file + ": " + obstacle(e) + ".");
        }
    }

    private static Secret firstLine(InputStream input, String name)
            throws IOException, ClientException {
        byte[] octets = new byte[MAX_OCTETS];
        try {
            int length = lengthOfFirstLine(input, octets);
            if (length == octets.length) {
                throw unusable("the first line of " + name + " is too long for a password.");
            }
            if (length == 0) {
                throw unusable("the first line of " + name + " is empty, expected the password.");
            }
            return secretOf(octets, length);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    /** One octet after another, so that nothing behind the line is taken. */
    private static int lengthOfFirstLine(InputStream input, byte[] octets) throws IOException {
        int length = 0;
        for (int next = input.read(); next >= 0 && next != '\n'; next = input.read()) {
            if (length == octets.length) {
                break;
            }
            octets[length++] = (byte) next;
        }
        return length > 0 && length < octets.length && octets[length - 1] == '\r'
                ? length - 1
                : length;
    }

    private static String obstacle(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "it does not exist";
            case AccessDeniedException _ -> "permission denied";
            default -> String.valueOf(e.getMessage());
        };
    }

    private static ClientException unusable(String sentence) {
        return new ClientException(ClientExit.PASSWORD_FILE, sentence);
    }
}
