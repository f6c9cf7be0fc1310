package dev.pptpd;

import dev.pptpd.ppp.auth.KnownPassword;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * {@code pptpd --nt-hash}: makes the word of a secrets file that has no password in it. Asks twice
 * at a terminal, where nothing is shown; else takes the first line of the standard input.
 */
final class NtHash {
    /** As many as a secret of the file may have. */
    private static final int MAX_OCTETS = 256;

    private NtHash() {}

    /**
     * Prints <code>{NT}</code> and 32 hex digits.
     *
     * @param console where somebody may sit
     * @throws StartException where there is no password to make it of
     */
    static ExitCode run(@Nullable Console console, InputStream input, PrintStream output)
            throws StartException {
        byte[] password = console != null && console.isTerminal() ? ask(console) : firstLine(input);
        try {
            output.println(word(password));
            return ExitCode.OK;
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }

    /** The word for a password, which must not be empty. */
    static String word(byte[] password) throws StartException {
        if (password.length == 0) {
            throw new StartException(ExitCode.USAGE, "the password is empty.");
        }
        KnownPassword known = KnownPassword.ofText(password);
        byte[] hash = known.ntHash().octets();
        known.wipe();
        String word = "{NT}" + HexFormat.of().formatHex(hash);
        Arrays.fill(hash, (byte) 0);
        return word;
    }

    private static byte[] ask(Console console) throws StartException {
        char[] typed = console.readPassword("Password: ");
        char[] again = typed == null ? null : console.readPassword("The same again: ");
        if (typed == null || again == null) {
            throw new StartException(ExitCode.USAGE, "no password was typed.");
        }
        boolean areSame = Arrays.equals(typed, again);
        Arrays.fill(again, '\0');
        byte[] octets = utf8(typed);
        Arrays.fill(typed, '\0');
        if (!areSame) {
            Arrays.fill(octets, (byte) 0);
            throw new StartException(ExitCode.USAGE, "the two passwords are not the same.");
        }
        return octets;
    }

    private static byte[] utf8(char[] characters) {
        CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
        byte[] room = new byte[(int) Math.ceil(encoder.maxBytesPerChar() * characters.length)];
        ByteBuffer encoded = ByteBuffer.wrap(room);
        encoder.encode(CharBuffer.wrap(characters), encoded, true);
        byte[] octets = Arrays.copyOf(room, encoded.position());
        Arrays.fill(room, (byte) 0);
        return octets;
    }

    private static byte[] firstLine(InputStream input) throws StartException {
        byte[] line = new byte[MAX_OCTETS + 1];
        int length = 0;
        try {
            for (int next = input.read(); next >= 0 && next != '\n'; next = input.read()) {
                if (length == MAX_OCTETS) {
                    throw new StartException(
                            ExitCode.USAGE,
                            "the password has more than " + MAX_OCTETS + " octets.");
                }
                line[length++] = (byte) next;
            }
            if (length > 0 && line[length - 1] == '\r') {
                length--;
            }
            return Arrays.copyOf(line, length);
        } catch (IOException e) {
            String problem = "cannot read the standard input: " + e.getMessage() + ".";
            throw new StartException(ExitCode.USAGE, problem, e);
        } finally {
            Arrays.fill(line, (byte) 0);
        }
    }
}
