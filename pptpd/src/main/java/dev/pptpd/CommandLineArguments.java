package dev.pptpd;

import static dev.pptpd.cli.Flags.NO_LETTER;
import static dev.pptpd.cli.Flags.add;
import static dev.pptpd.cli.Flags.flag;

import dev.pptpd.cli.HelpText;
import dev.pptpd.config.ConfigLoader;
import dev.pptpd.config.ServerKey;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/**
 * The arguments of the {@code pptpd} command: PoPToP's, and a few of our own.
 *
 * @param action what to do
 * @param configFile pptpd.conf
 * @param overrides what wins over that file
 * @param debug whether the log shows the negotiation
 */
record CommandLineArguments(
        Action action, Path configFile, Map<ServerKey, String> overrides, boolean debug) {
    private static final String DEFAULT_CONFIG_FILE = ConfigLoader.DEFAULT_CONFIG_FILE.toString();

    private static final String RELAY = "relay";
    private static final String NT_HASH = "nt-hash";

    /** What the command is asked for. */
    enum Action {
        SERVE,
        CHECK_CONFIG,
        NT_HASH,
        HELP,
        VERSION
    }

    /** An option with its key in pptpd.conf. */
    private record KeyedOption(char letter, ServerKey key) {}

    private static final KeyedOption[] KEYED_OPTIONS = {
        new KeyedOption('o', ServerKey.OPTION),
        new KeyedOption('l', ServerKey.LISTEN),
        new KeyedOption('p', ServerKey.PIDFILE),
        new KeyedOption('C', ServerKey.CONNECTIONS),
        new KeyedOption('t', ServerKey.STIMEOUT),
        new KeyedOption('b', ServerKey.BCRELAY),
        new KeyedOption('V', ServerKey.VRF),
        new KeyedOption('e', ServerKey.PPP),
        new KeyedOption('s', ServerKey.SPEED),
        new KeyedOption('D', ServerKey.DELEGATE),
        new KeyedOption('i', ServerKey.NOIPPARAM),
        new KeyedOption('w', ServerKey.LOGWTMP),
        new KeyedOption('d', ServerKey.DEBUG),
    };

    CommandLineArguments {
        overrides = Map.copyOf(overrides);
    }

    /** Reads the arguments; a repeated flag counts as it stands last. */
    static CommandLineArguments parse(String[] arguments) throws StartException {
        CommandLine line;
        try {
            line = new DefaultParser().parse(options(), arguments);
        } catch (ParseException e) {
            throw new StartException(ExitCode.USAGE, e.getMessage() + "; see pptpd --help", e);
        }
        if (!line.getArgList().isEmpty()) {
            throw new StartException(
                    ExitCode.USAGE,
                    "'" + line.getArgList().getFirst() + "' is not a flag; see pptpd --help");
        }
        Map<ServerKey, String> overrides = new EnumMap<>(ServerKey.class);
        for (KeyedOption option : KEYED_OPTIONS) {
            if (line.hasOption(option.letter())) {
                overrides.put(option.key(), last(line, String.valueOf(option.letter()), ""));
            }
        }
        if (line.hasOption(RELAY)) {
            overrides.put(ServerKey.RELAY, last(line, RELAY, ""));
        }
        return new CommandLineArguments(
                action(line),
                Path.of(last(line, "c", DEFAULT_CONFIG_FILE)),
                overrides,
                line.hasOption('d'));
    }

    private static Action action(CommandLine line) {
        if (line.hasOption('h')) {
            return Action.HELP;
        }
        if (line.hasOption('v')) {
            return Action.VERSION;
        }
        if (line.hasOption(NT_HASH)) {
            return Action.NT_HASH;
        }
        return line.hasOption("check-config") ? Action.CHECK_CONFIG : Action.SERVE;
    }

    private static String last(CommandLine line, String option, String otherwise) {
        String[] values = line.getOptionValues(option);
        return values == null || values.length == 0 ? otherwise : values[values.length - 1];
    }

    /** The text of {@code --help}. */
    static String help() {
        return HelpText.of("pptpd [FLAG]...", "A PPTP server.", options());
    }

    private static Options options() {
        Options options = new Options();
        add(options, "c", "conf", "FILE", "configuration file, else " + DEFAULT_CONFIG_FILE);
        add(options, "o", "option", "FILE", "PPP options file");
        add(options, "l", "listen", "ADDRESS", "address to listen on, else all");
        add(options, "p", "pidfile", "FILE", "where the process id goes");
        add(options, "C", "connections", "N", "most sessions at once");
        add(options, "t", "stimeout", "SECONDS", "how long a new connection may stay silent");
        add(
                options,
                NO_LETTER,
                RELAY,
                "SERVER[:PORT]",
                "pass clients on to this server, with no PPP here: see docs/relay.md");
        add(
                options,
                "b",
                "bcrelay",
                "INTERFACE",
                "relay broadcasts of this network and of clients");
        add(options, "e", "ppp", "FILE", "accepted and ignored: there is no pppd");
        add(options, "s", "speed", "BAUD", "accepted and ignored: there is no serial line");
        add(options, "V", "vrf", "NAME", "not possible in this version");
        add(
                options,
                NO_LETTER,
                "ctl",
                "PATH",
                "accepted for the control tool, which is not there yet");
        flag(options, "D", "delegate", "not possible in this version");
        flag(options, "i", "noipparam", "not acted on yet");
        flag(options, "w", "logwtmp", "not acted on yet");
        flag(options, "d", "debug", "the negotiation in the log");
        flag(options, "f", "fg", "stay in the foreground");
        flag(
                options,
                NO_LETTER,
                "check-config",
                "check the files and end: 0, or 78 with the faults");
        flag(
                options,
                NO_LETTER,
                NT_HASH,
                "make a secret of a password, which is asked for or read from the standard input");
        flag(options, "h", "help", "this text");
        flag(options, "v", "version", "the version");
        return options;
    }
}
