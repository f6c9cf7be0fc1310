package dev.pptpd.config;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads pptpd.conf: a key at the start of a line, blanks, its value. The first line with a key
 * counts. PoPToP took everything behind the key as its value; here a {@code #} behind a blank
 * starts a comment, since no value has one.
 */
final class PptpdConfReader {
    /** PoPToP ignored lines from 510 octets on; a list of addresses may well be longer. */
    static final int MAX_LINE_OCTETS = 8192;

    private static final Pattern KEY_AND_VALUE = Pattern.compile("(\\S+)\\s*(.*)");
    private static final Pattern COMMENT = Pattern.compile("(^|[ \\t])#.*");

    /** What somebody may write behind a flag that does not want it. */
    private static final Set<String> NO = Set.of("no", "off", "false", "0");

    private final SourceText source;
    private final Findings findings;
    private final Map<ServerKey, Setting> settings = new EnumMap<>(ServerKey.class);

    private PptpdConfReader(SourceText source, Findings findings) {
        this.source = source;
        this.findings = findings;
    }

    static Map<ServerKey, Setting> read(SourceText source, Findings findings) {
        PptpdConfReader reader = new PptpdConfReader(source, findings);
        reader.readLines();
        return reader.settings;
    }

    private void readLines() {
        int number = 1;
        int from = source.start();
        while (from < source.end()) {
            int to = from;
            while (to < source.end() && source.at(to) != '\n') {
                to++;
            }
            readLine(new Place(source.file(), number), from, to);
            from = to + 1;
            number++;
        }
    }

    private void readLine(Place place, int from, int to) {
        if (to - from > MAX_LINE_OCTETS) {
            String expected = "at most " + MAX_LINE_OCTETS + " octets";
            findings.error(place, "", "the line is too long", expected);
            return;
        }
        String line = source.text(from, to).stripTrailing();
        if (line.indexOf('\0') >= 0) {
            findings.error(place, "", "the line has a NUL character", "text");
        } else if (!line.isEmpty() && !line.startsWith("#")) {
            readSetting(place, line);
        }
    }

    private void readSetting(Place place, String line) {
        if (Character.isWhitespace(line.charAt(0))) {
            if (line.strip().charAt(0) != '#') {
                String text = "the line starts with a blank and is ignored, as by PoPToP";
                findings.warning(place, "", text);
            }
            return;
        }
        Matcher matcher = KEY_AND_VALUE.matcher(line);
        if (!matcher.matches()) {
            findings.error(place, "", "the line has control characters", "a key and its value");
            return;
        }
        String word = matcher.group(1);
        Optional<ServerKey> key = ServerKey.of(word);
        if (key.isPresent()) {
            String value = COMMENT.matcher(matcher.group(2)).replaceFirst("").strip();
            add(new Setting(key.get(), value, place));
        } else {
            warnOfUnknown(place, word);
        }
    }

    private void warnOfUnknown(Place place, String word) {
        String guess =
                NearestWord.to(word, ServerKey.words())
                        .map(known -> "; perhaps '" + known + "' was meant")
                        .orElse("");
        String shown = Word.shown(word);
        findings.warning(place, shown, "unknown key '" + shown + "' is ignored" + guess);
    }

    private void add(Setting setting) {
        ServerKey key = setting.key();
        Setting first = settings.putIfAbsent(key, setting);
        if (first != null) {
            int line = first.place().line();
            setting.warning(findings, "ignored, since line " + line + " comes first");
            return;
        }
        if (key.takesValue() && setting.value().isEmpty()) {
            setting.error(findings, "the value is missing", "a value behind the key");
            settings.remove(key);
        }
        if (!key.takesValue() && NO.contains(setting.value())) {
            String text = setting.shown() + " is ignored: the key alone says yes, its absence no";
            setting.warning(findings, text);
        }
        setting.judge(findings);
    }
}
