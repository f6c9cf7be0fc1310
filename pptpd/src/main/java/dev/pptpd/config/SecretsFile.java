package dev.pptpd.config;

import dev.pptpd.auth.ChapSecret;
import dev.pptpd.auth.Credential;
import dev.pptpd.auth.PasswordStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A secrets file whose passwords users may change. It is read anew for each change, so that what
 * the administrator has written meanwhile stays.
 */
public final class SecretsFile implements PasswordStore {
    private static final Logger LOG = LoggerFactory.getLogger(SecretsFile.class);

    private final Path file;

    /** The file as the server read it. */
    public SecretsFile(Path file) {
        this.file = file;
    }

    @Override
    public synchronized void replace(ChapSecret line, Credential changed) throws IOException {
        byte[] octets = Files.readAllBytes(file);
        byte[] word = SecretWord.of(changed);
        try {
            SecretsEdit edit = new SecretsEdit(file.toString(), octets);
            Optional<SecretsEdit.Line> found = edit.find(line);
            if (found.isEmpty()) {
                throw new IOException(file + " no longer has the line as the server read it");
            }
            if (found.get().indirect().isPresent()) {
                replaceIndirect(found.get().indirect().get(), line, word);
                removeExpiry(edit.withoutExpiry(found.get()), octets);
            } else {
                write(edit.withSecret(found.get(), word), octets);
            }
        } finally {
            Arrays.fill(octets, (byte) 0);
            Arrays.fill(word, (byte) 0);
        }
    }

    /**
     * The new secret is in use already, in the other file, so that the change must not fail any
     * more. Where the word stays, the user is asked for another password after the next start.
     */
    private void removeExpiry(byte[] edited, byte[] before) {
        try {
            write(edited, before);
        } catch (IOException e) {
            LOG.warn(
                    "event=expiry-not-removed file={} detail=\"{}; remove the word expired from the"
                            + " user's line\"",
                    file,
                    e.getMessage());
        }
    }

    private void write(byte[] edited, byte[] before) throws IOException {
        try {
            if (!Arrays.equals(edited, before)) {
                FileReplacement.replace(file, edited);
            }
        } finally {
            Arrays.fill(edited, (byte) 0);
        }
    }

    /** The first word of the file is the secret; what follows it stays. */
    private static void replaceIndirect(Path secretFile, ChapSecret line, byte[] word)
            throws IOException {
        byte[] octets = Files.readAllBytes(secretFile);
        byte[] edited = new byte[0];
        try {
            SecretsEdit edit = new SecretsEdit(secretFile.toString(), octets);
            Optional<Word.Span> span = edit.findFirst(line.credential());
            if (span.isEmpty()) {
                throw new IOException(
                        secretFile + " no longer has the secret that the server read");
            }
            edited = SecretsEdit.replaced(octets, span.get(), word);
            FileReplacement.replace(secretFile, edited);
        } finally {
            Arrays.fill(octets, (byte) 0);
            Arrays.fill(edited, (byte) 0);
        }
    }

    /** The file's name. */
    @Override
    public String toString() {
        return "SecretsFile[" + file + "]";
    }
}
