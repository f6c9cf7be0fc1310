package dev.pptpd.config;

import dev.pptpd.auth.ChapSecret;
import dev.pptpd.auth.Credential;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds the line of a user in the octets of a secrets file and changes in it what a new password
 * changes, and nothing else: the other lines, the comments and the blanks stay as they are.
 */
final class SecretsEdit {
    /** The per-user word that a change of the password takes away. */
    static final String EXPIRED = "expired";

    private static final int CLIENT = 0;
    private static final int SERVER = 1;
    private static final int SECRET = 2;
    private static final int COLUMNS = 3;

    private final String file;
    private final byte[] octets;

    /**
     * An edit of these octets, which are left as they are.
     *
     * @param file their name
     */
    SecretsEdit(String file, byte[] octets) {
        this.file = file;
        this.octets = octets;
    }

    /**
     * The line of a user.
     *
     * @param secret where its secret stands
     * @param indirect the file that the secret stands in instead, where it is not in this one
     * @param expired where the words stand that a change takes away, blanks in front of them
     *     included, the last one first
     */
    record Line(Word.Span secret, Optional<Path> indirect, List<Word.Span> expired) {}

    /** Finds the first line of this client and server whose secret is the one that is known. */
    Optional<Line> find(ChapSecret known) {
        Findings findings = new Findings();
        WordReader reader = new WordReader(new SourceText(file, octets), findings);
        List<Word> record = new ArrayList<>();
        Optional<Line> found = Optional.empty();
        for (Optional<Word> word = reader.next();
                word.isPresent() && found.isEmpty();
                word = reader.next()) {
            if (word.get().startsLine()) {
                found = line(record, known);
                wipe(record);
            }
            record.add(word.get());
        }
        if (found.isEmpty()) {
            found = line(record, known);
        }
        wipe(record);
        return findings.hasErrors() ? Optional.empty() : found;
    }

    /** The first word of the file, where it is the secret that is known. */
    Optional<Word.Span> findFirst(Credential known) {
        Findings findings = new Findings();
        Optional<Word> word = new WordReader(new SourceText(file, octets), findings).next();
        Optional<Word.Span> span =
                word.filter(first -> isKnown(first.octets(), known)).map(Word::span);
        word.ifPresent(Word::wipe);
        return span;
    }

    private static void wipe(List<Word> record) {
        record.forEach(Word::wipe);
        record.clear();
    }

    private Optional<Line> line(List<Word> record, ChapSecret known) {
        boolean isOfUser =
                record.size() >= COLUMNS
                        && record.get(CLIENT).is(known.client())
                        && record.get(SERVER).is(known.server());
        if (!isOfUser) {
            return Optional.empty();
        }
        Word secret = record.get(SECRET);
        Optional<Path> indirect = indirect(secret);
        return indirect.isPresent() || isKnown(secret.octets(), known.credential())
                ? Optional.of(new Line(secret.span(), indirect, expired(record)))
                : Optional.empty();
    }

    /** {@code @/path}: the secret is the first word of that file. */
    private static Optional<Path> indirect(Word secret) {
        byte[] word = secret.octets();
        return word.length > 1 && word[0] == '@' && word[1] == '/'
                ? Optional.of(ConfigPaths.resolve(secret.place(), secret.text().substring(1)))
                : Optional.empty();
    }

    private static boolean isKnown(byte[] word, Credential known) {
        Credential written = Credential.of(word);
        byte[] expected = known.secret().octets();
        boolean isSame =
                written.getClass() == known.getClass() && written.secret().matches(expected);
        Arrays.fill(expected, (byte) 0);
        written.secret().close();
        return isSame;
    }

    /**
     * Every {@code expired} behind {@code --}; with it the {@code --} that nothing follows then.
     */
    private List<Word.Span> expired(List<Word> record) {
        List<Word.Span> spans = new ArrayList<>();
        int options = 0;
        int separator = -1;
        for (int n = COLUMNS; n < record.size(); n++) {
            Word word = record.get(n);
            if (separator < 0) {
                separator = word.is("--") ? n : -1;
            } else if (word.is(EXPIRED)) {
                spans.addFirst(withBlanks(record.get(n - 1), word));
            } else {
                options++;
            }
        }
        if (!spans.isEmpty() && options == 0) {
            spans.addLast(withBlanks(record.get(separator - 1), record.get(separator)));
        }
        return spans;
    }

    private static Word.Span withBlanks(Word before, Word word) {
        return new Word.Span(before.span().to(), word.span().to());
    }

    /** The octets with another secret in that line, and without its expiry. */
    byte[] withSecret(Line line, byte[] word) {
        byte[] edited = withoutExpiry(line);
        byte[] result = replaced(edited, line.secret(), word);
        Arrays.fill(edited, (byte) 0);
        return result;
    }

    /** The octets without the expiry of that line. */
    byte[] withoutExpiry(Line line) {
        byte[] edited = octets.clone();
        for (Word.Span span : line.expired()) {
            byte[] shorter = replaced(edited, span, new byte[0]);
            Arrays.fill(edited, (byte) 0);
            edited = shorter;
        }
        return edited;
    }

    /** The octets with a word in the place of another. */
    static byte[] replaced(byte[] from, Word.Span span, byte[] word) {
        byte[] result = new byte[from.length - (span.to() - span.from()) + word.length];
        System.arraycopy(from, 0, result, 0, span.from());
        System.arraycopy(word, 0, result, span.from(), word.length);
        System.arraycopy(
                from, span.to(), result, span.from() + word.length, from.length - span.to());
        return result;
    }
}
