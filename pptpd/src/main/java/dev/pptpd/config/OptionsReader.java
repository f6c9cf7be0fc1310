package dev.pptpd.config;

import dev.pptpd.config.OptionWord.Effect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads options files, with the files that they include, into one {@link OptionState}. */
final class OptionsReader {
    /** Deeper than anybody includes on purpose: a file that includes itself ends here. */
    private static final int MAX_DEPTH = 8;

    /** A million words, where real files have thirty: files that include each other end here. */
    private static final int MAX_WORDS = 1_000_000;

    private static final Pattern SPEED = Pattern.compile("[0-9]+");
    private static final Pattern DEVICE = Pattern.compile("/.*|tty[A-Za-z0-9]+");
    private static final List<String> INCLUDES = List.of("file", "call", "plugin");

    private final OptionState state;
    private final Path peersDirectory;
    private int words;

    /**
     * @param peersDirectory where {@code call} looks for its file
     */
    OptionsReader(OptionState state, Path peersDirectory) {
        this.state = state;
        this.peersDirectory = peersDirectory;
    }

    /** Reads a file that is named at {@code mention}. */
    void read(Path path, Place mention) {
        read(path, mention, 0);
    }

    private void read(Path path, Place mention, int depth) {
        if (depth > MAX_DEPTH) {
            String problem = path + " is included too deeply";
            findings().error(mention, path.toString(), problem, "at most " + MAX_DEPTH + " levels");
            return;
        }
        SourceText.read(path, mention, findings()).ifPresent(source -> read(source, depth));
    }

    /** Reads the words of a file. */
    void read(SourceText source) {
        read(source, 0);
    }

    private void read(SourceText source, int depth) {
        WordReader reader = new WordReader(source, findings());
        Optional<Word> word = reader.next();
        while (word.isPresent() && words++ < MAX_WORDS) {
            readOption(word.get(), reader, depth);
            word = reader.next();
        }
    }

    private void readOption(Word option, WordReader reader, int depth) {
        String text = option.text();
        if (INCLUDES.contains(text)) {
            arguments(option, 1, reader)
                    .ifPresent(arguments -> include(option, arguments.getFirst(), depth));
            return;
        }
        Optional<OptionWord> known = OptionTable.find(text);
        if (known.isPresent()) {
            arguments(option, known.get().arguments(), reader)
                    .ifPresent(arguments -> apply(known.get(), option, arguments));
        } else {
            UserWords.find(text)
                    .ifPresentOrElse(
                            word -> refuse(word, option, reader), () -> readUnnamed(option, text));
        }
    }

    /** What stands behind such a word is no option, either. */
    private void refuse(UserWord word, Word option, WordReader reader) {
        for (int count = 0; count < word.arguments(); count++) {
            reader.next();
        }
        findings()
                .error(
                        option,
                        "'" + option.shown() + "' is for one user alone",
                        "it in the secrets file, behind -- in the user's line");
    }

    private Optional<List<Word>> arguments(Word option, int count, WordReader reader) {
        List<Word> arguments = new ArrayList<>(count);
        while (arguments.size() < count) {
            Optional<Word> argument = reader.next();
            if (argument.isEmpty()) {
                String problem = "nothing follows '" + option.shown() + "'";
                findings().error(option, problem, "a value");
                return Optional.empty();
            }
            arguments.add(argument.get());
        }
        return Optional.of(arguments);
    }

    private void include(Word option, Word name, int depth) {
        if (option.is("plugin")) {
            Plugins.load(name, findings());
        } else if (option.is("file")) {
            read(ConfigPaths.resolve(name), name.place(), depth + 1);
        } else if (name.text().matches("(?!/)(?!.*\\.\\.)[^\\p{Cntrl}]+")) {
            read(peersDirectory.resolve(name.text()), name.place(), depth + 1);
        } else {
            String problem = "call '" + name.shown() + "' leads out of " + peersDirectory;
            findings().error(name, problem, "the name of a file in that directory");
        }
    }

    private void apply(OptionWord known, Word option, List<Word> arguments) {
        switch (known.effect()) {
            case Effect.Acted(OptionWord.Action action) -> action.apply(state, option, arguments);
            case Effect.Guarding(OptionWord.Action action) ->
                    action.apply(state, option, arguments);
            case Effect.Ignored() -> {}
            case Effect.NotYet(String consequence) ->
                    findings()
                            .warning(
                                    option,
                                    "'" + option.shown() + "' is not acted on yet: " + consequence);
            case Effect.Pointless(String reason) ->
                    findings().warning(option, "'" + option.shown() + "' " + reason + "; ignored");
            case Effect.Refused(String expected) ->
                    findings()
                            .error(
                                    option,
                                    "'" + option.shown() + "' is not possible here",
                                    expected);
        }
    }

    /** A speed, a pair of addresses or a device has no option name before it. */
    private void readUnnamed(Word word, String text) {
        if (SPEED.matcher(text).matches()) {
            return;
        }
        if (DEVICE.matcher(text).matches()) {
            findings().warning(word, "device '" + word.shown() + "' is ignored");
        } else if (text.contains(":")) {
            readAddresses(word, text);
        } else {
            String expected = OptionTable.expectedInsteadOf(text, INCLUDES);
            findings().error(word, "unknown option '" + word.shown() + "'", expected);
        }
    }

    /** The addresses of pptpd.conf come later in pppd's command line and win. */
    private void readAddresses(Word word, String text) {
        for (String side : text.split(":", 2)) {
            if (!side.isEmpty() && state.resolver.addressOrName(side).isEmpty()) {
                String problem = "'" + word.shown() + "' is not a pair of addresses";
                findings().error(word, problem, "LOCAL:REMOTE with IPv4 addresses");
                return;
            }
        }
        findings().warning(word, "'" + word.shown() + "' is ignored: localip and remoteip count");
    }

    private Findings findings() {
        return state.findings;
    }
}
