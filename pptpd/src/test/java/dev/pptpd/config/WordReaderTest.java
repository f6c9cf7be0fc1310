package dev.pptpd.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class WordReaderTest {
    private final Findings findings = new Findings();

    static Stream<Arguments> grammar() {
        return Stream.of(
                Arguments.of("", List.of()),
                Arguments.of("one two\tthree\nfour", List.of("one", "two", "three", "four")),
                Arguments.of("  lead\r\n\fend\u000b", List.of("lead", "end")),
                Arguments.of("a # b\nc", List.of("a", "c")),
                Arguments.of("a#b\nc", List.of("a", "c")),
                Arguments.of("\"a # b\" '#'", List.of("a # b", "#")),
                Arguments.of("\"it's\" 'say \"x\"'", List.of("it's", "say \"x\"")),
                Arguments.of("a\"b c\"d", List.of("ab cd")),
                Arguments.of("\"\" ''", List.of("", "")),
                Arguments.of("DOMAIN\\\\user a\\ b \\#c", List.of("DOMAIN\\user", "a b", "#c")),
                Arguments.of("\\a\\b\\f\\n\\r\\s\\t", List.of("\u0007\b\f\n\r \t")),
                Arguments.of("\"\\\"\\s\\'\"", List.of("\" '")),
                Arguments.of("\\1014 \\60\\7x", List.of("A4", "0\u0007x")),
                Arguments.of("\\x41B \\x4g \\xg", List.of("AB", "\u0004g", "xg")),
                Arguments.of("ab\\\ncd e\\\r\nf", List.of("abcd", "ef")),
                Arguments.of("a \\\n b", List.of("a", "b")),
                Arguments.of("\"a\\\nb\"", List.of("ab")),
                Arguments.of("end\\", List.of("end")),
                Arguments.of("\u00ef\u00bb\u00bfname x", List.of("name", "x")));
    }

    @ParameterizedTest
    @MethodSource("grammar")
    void cutsWordsByTheRulesOfPppd(String text, List<String> expected) {
        assertThat(words(text)).extracting(Word::text).isEqualTo(expected);
        assertThat(findings.errors()).isEmpty();
    }

    @Test
    void knowsLineOfEachWordAndWhereLinesStart() {
        List<Word> words = words("# c\na b\\\nc d\n\n  \\\n e f");
        assertThat(words).extracting(word -> word.place().line()).containsExactly(2, 2, 3, 6, 6);
        assertThat(words)
                .extracting(Word::startsLine)
                .containsExactly(true, false, false, true, false);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void reportsFaultsWithTheirLineAndWithoutTheWord(String text, String error) {
        words("ok\n" + text);
        assertThat(findings.errors()).extracting(ConfigError::toString).containsExactly(error);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(
                        "\"canary\nnext",
                        "f:2: a quote is not closed, expected a closing \" in the same line"),
                Arguments.of(
                        "x 'canary",
                        "f:2: a quote is not closed, expected a closing ' in the same line"),
                Arguments.of("can\0ary", "f:2: a word has a NUL character, expected text"),
                Arguments.of("canary\\0", "f:2: a word has a NUL character, expected text"),
                Arguments.of(
                        "x".repeat(1024), "f:2: a word is too long, expected at most 1023 octets"));
    }

    @Test
    void takesWordsOfTheGreatestLength() {
        assertThat(words("x".repeat(1023)).getFirst().octets()).hasSize(1023);
        assertThat(findings.errors()).isEmpty();
    }

    @Test
    void survivesALineOfTenMebioctets() {
        assertThat(words("y".repeat(10 << 20))).hasSize(1);
        assertThat(findings.errors()).hasSize(1);
    }

    @Test
    void survivesAnyOctets() {
        Random random = new Random(20_263);
        byte[] alphabet = " \t\r\n\"'\\#x07abc\0\u00ff*!-/@".getBytes(ISO_8859_1);
        for (int round = 0; round < 20_000; round++) {
            byte[] text = new byte[random.nextInt(60)];
            for (int i = 0; i < text.length; i++) {
                text[i] = alphabet[random.nextInt(alphabet.length)];
            }
            List<Word> words = words(new SourceText("f", text));
            int lines = (int) new String(text, ISO_8859_1).chars().filter(c -> c == '\n').count();
            assertThat(words).allSatisfy(w -> assertThat(w.place().line()).isBetween(1, lines + 1));
        }
    }

    @Test
    void readsBackWhatIsQuoted() {
        Random random = new Random(7);
        for (int round = 0; round < 2000; round++) {
            byte[] octets = new byte[random.nextInt(40)];
            StringBuilder quoted = new StringBuilder("\"");
            for (int i = 0; i < octets.length; i++) {
                octets[i] = (byte) (1 + random.nextInt(255));
                quoted.append(String.format("\\x%02x", octets[i]));
            }
            List<Word> words = words(quoted.append('"').toString());
            assertThat(words).hasSize(1);
            assertThat(Arrays.equals(words.getFirst().octets(), octets)).isTrue();
        }
    }

    private List<Word> words(String text) {
        return words(new SourceText("f", text.getBytes(ISO_8859_1)));
    }

    private List<Word> words(SourceText source) {
        WordReader reader = new WordReader(source, findings);
        List<Word> words = new ArrayList<>();
        for (Optional<Word> word = reader.next(); word.isPresent(); word = reader.next()) {
            words.add(word.get());
        }
        return words;
    }
}
