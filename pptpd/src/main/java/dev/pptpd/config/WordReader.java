package dev.pptpd.config;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Cuts an options or secrets file into words by pppd's rules: white space between words, comments
 * from a {@code #} outside quotes, single and double quotes, and escapes inside and outside quotes.
 * Faults are reported without the word at fault, since it may be a secret.
 */
final class WordReader {
    /** Longer words are cut by pppd, and nobody means that. */
    static final int MAX_WORD_OCTETS = 1023;

    private static final int END = -1;

    /** Like {@link #END} no octet: a NUL in the file must not look like it. */
    private static final int NO_QUOTE = -2;

    private static final int MAX_OCTAL_DIGITS = 3;
    private static final int MAX_HEX_DIGITS = 2;

    private final SourceText source;
    private final Findings findings;
    private final byte[] word = new byte[MAX_WORD_OCTETS];
    private int length;
    private boolean isTooLong;
    private boolean hasNul;
    private int position;
    private int line = 1;
    private boolean atLineStart = true;

    WordReader(SourceText source, Findings findings) {
        this.source = source;
        this.findings = findings;
        this.position = source.start();
    }

    /** The next word, or nothing at the end of the file. */
    Optional<Word> next() {
        skipToWord();
        return peek() == END ? Optional.empty() : Optional.of(readWord());
    }

    private void skipToWord() {
        while (true) {
            int octet = peek();
            if (octet == '#') {
                skipComment();
            } else if (octet == '\n') {
                passNewline();
                atLineStart = true;
            } else if (isBlank(octet)) {
                position++;
            } else if (octet == '\\' && newlineLengthAt(position + 1) > 0) {
                position++;
                joinLines();
            } else {
                return;
            }
        }
    }

    private void skipComment() {
        while (peek() != END && peek() != '\n') {
            position++;
        }
    }

    private Word readWord() {
        Place place = new Place(source.file(), line);
        boolean startsLine = atLineStart;
        int from = position;
        atLineStart = false;
        length = 0;
        isTooLong = false;
        hasNul = false;
        readQuotedAndBare(place);
        if (isTooLong) {
            findings.error(
                    place, "", "a word is too long", "at most " + MAX_WORD_OCTETS + " octets");
        }
        if (hasNul) {
            findings.error(place, "", "a word has a NUL character", "text");
        }
        Word.Span span = new Word.Span(from, position);
        Word result = new Word(Arrays.copyOf(word, length), place, startsLine, span);
        Arrays.fill(word, 0, length, (byte) 0);
        return result;
    }

    private void readQuotedAndBare(Place place) {
        int quote = NO_QUOTE;
        while (true) {
            int octet = peek();
            if (octet == END || octet == '\n') {
                if (quote != NO_QUOTE) {
                    String expected = "a closing " + (char) quote + " in the same line";
                    findings.error(place, "", "a quote is not closed", expected);
                }
                return;
            }
            if (quote == NO_QUOTE && (isBlank(octet) || octet == '#')) {
                return;
            }
            position++;
            if (octet == '\\') {
                readEscape();
            } else if (octet == quote) {
                quote = NO_QUOTE;
            } else if (quote == NO_QUOTE && (octet == '"' || octet == '\'')) {
                quote = octet;
            } else {
                append(octet);
            }
        }
    }

    /** Behind the backslash. */
    private void readEscape() {
        if (newlineLengthAt(position) > 0) {
            joinLines();
            return;
        }
        int octet = peek();
        if (octet == END) {
            return;
        }
        if (octet >= '0' && octet <= '7') {
            append(readNumber(8, MAX_OCTAL_DIGITS));
            return;
        }
        position++;
        if (octet == 'x' && digit(peek(), 16) >= 0) {
            append(readNumber(16, MAX_HEX_DIGITS));
            return;
        }
        append(escaped(octet));
    }

    private static int escaped(int octet) {
        return switch (octet) {
            case 'a' -> 0x07;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 's' -> ' ';
            case 't' -> '\t';
            default -> octet;
        };
    }

    private int readNumber(int radix, int maxDigits) {
        int number = 0;
        for (int i = 0; i < maxDigits && digit(peek(), radix) >= 0; i++) {
            number = number * radix + digit(peek(), radix);
            position++;
        }
        return number;
    }

    private static int digit(int octet, int radix) {
        if (octet == END || !HexFormat.isHexDigit(octet)) {
            return -1;
        }
        int digit = HexFormat.fromHexDigit(octet);
        return digit < radix ? digit : -1;
    }

    private void append(int octet) {
        if ((octet & 0xFF) == 0) {
            hasNul = true;
        } else if (length == MAX_WORD_OCTETS) {
            isTooLong = true;
        } else {
            word[length++] = (byte) octet;
        }
    }

    private int peek() {
        return position < source.end() ? source.at(position) & 0xFF : END;
    }

    /** 1 for LF, 2 for CR LF, 0 where no line ends. */
    private int newlineLengthAt(int index) {
        if (index < source.end() && source.at(index) == '\n') {
            return 1;
        }
        boolean isCrLf =
                index + 1 < source.end()
                        && source.at(index) == '\r'
                        && source.at(index + 1) == '\n';
        return isCrLf ? 2 : 0;
    }

    private void joinLines() {
        position += newlineLengthAt(position);
        line++;
    }

    private void passNewline() {
        position++;
        line++;
    }

    private static boolean isBlank(int octet) {
        return octet == ' ' || (octet >= '\t' && octet <= '\r' && octet != '\n');
    }
}
