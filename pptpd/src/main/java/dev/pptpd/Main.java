package dev.pptpd;

import dev.pptpd.config.ConfigEnvironment;
import dev.pptpd.config.ConfigLoader;
import dev.pptpd.config.LoadedConfig;
import java.lang.module.ModuleDescriptor;
import java.util.Optional;

/** Entry point of the {@code pptpd} command. */
public final class Main {
    private Main() {}

    /** Runs the command; the process ends with one of the {@link ExitCode}s. */
    public static void main(String[] arguments) {
        ExitCode exitCode;
        try {
            exitCode = run(CommandLineArguments.parse(arguments));
        } catch (StartException e) {
            System.err.println("pptpd: " + e.getMessage());
            exitCode = e.exitCode();
        }
        if (exitCode != ExitCode.OK) {
            Runtime.getRuntime().halt(exitCode.number());
        }
    }

    private static ExitCode run(CommandLineArguments arguments) throws StartException {
        return switch (arguments.action()) {
            case HELP -> print(CommandLineArguments.help());
            case VERSION -> print("pptpd v" + version());
            case CHECK_CONFIG -> load(arguments).isPresent() ? ExitCode.OK : ExitCode.CONFIGURATION;
            case SERVE -> serve(arguments);
        };
    }

    /** Returns once the server is ready; its threads go on. */
    private static ExitCode serve(CommandLineArguments arguments) throws StartException {
        Optional<LoadedConfig.Ready> loaded = load(arguments);
        if (loaded.isEmpty()) {
            return ExitCode.CONFIGURATION;
        }
        if (arguments.debug() || loaded.get().config().debug()) {
            System.setProperty("pptpd.log.level", "DEBUG");
        }
        Server.start(loaded.get().config(), loaded.get().secrets());
        return ExitCode.OK;
    }

    /** The files, or nothing after all faults were told. */
    private static Optional<LoadedConfig.Ready> load(CommandLineArguments arguments) {
        LoadedConfig loaded =
                new ConfigLoader(ConfigEnvironment.system())
                        .load(arguments.configFile(), arguments.overrides());
        loaded.warnings().forEach(warning -> System.err.println("warning: " + warning));
        return switch (loaded) {
            case LoadedConfig.Ready ready -> {
                if (arguments.action() == CommandLineArguments.Action.CHECK_CONFIG) {
                    ready.notes().forEach(note -> System.err.println("note: " + note));
                }
                yield Optional.of(ready);
            }
            case LoadedConfig.Refused refused -> {
                refused.errors().forEach(System.err::println);
                yield Optional.empty();
            }
        };
    }

    private static ExitCode print(String text) {
        System.out.println(text);
        return ExitCode.OK;
    }

    private static String version() {
        return Optional.ofNullable(Main.class.getModule().getDescriptor())
                .flatMap(ModuleDescriptor::rawVersion)
                .orElse("unknown");
    }
}
