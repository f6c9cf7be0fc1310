package dev.pptpd;

import dev.pptpd.cli.StandardErrorLog;
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
        StandardErrorLog.use();
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
            case CHECK_CONFIG ->
                    load(arguments) instanceof LoadedConfig.Refused
                            ? ExitCode.CONFIGURATION
                            : print("no faults");
            case NT_HASH -> NtHash.run(System.console(), System.in, System.out);
            case SERVE -> serve(arguments);
        };
    }

    /** Returns once the server is ready; its threads go on. */
    private static ExitCode serve(CommandLineArguments arguments) throws StartException {
        return switch (load(arguments)) {
            case LoadedConfig.Ready(var config, var secrets, var papSecrets, _, _) -> {
                StandardErrorLog.show(arguments.debug() || config.debug());
                Server.start(config, secrets, papSecrets);
                yield ExitCode.OK;
            }
            case LoadedConfig.Relaying(var config, _) -> {
                StandardErrorLog.show(arguments.debug() || config.debug());
                RelayServer.start(config);
                yield ExitCode.OK;
            }
            case LoadedConfig.Refused _ -> ExitCode.CONFIGURATION;
        };
    }

    /** What the files say, after all faults were told. */
    static LoadedConfig load(CommandLineArguments arguments) {
        LoadedConfig loaded =
                new ConfigLoader(ConfigEnvironment.system())
                        .load(arguments.configFile(), arguments.overrides());
        loaded.warnings().forEach(warning -> System.err.println("warning: " + warning));
        switch (loaded) {
            case LoadedConfig.Ready ready -> {
                if (arguments.action() == CommandLineArguments.Action.CHECK_CONFIG) {
                    ready.notes().forEach(note -> System.err.println("note: " + note));
                }
            }
            case LoadedConfig.Relaying _ -> {}
            case LoadedConfig.Refused refused -> refused.errors().forEach(System.err::println);
        }
        return loaded;
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
