package dev.pptpd.client;

import dev.pptpd.cli.StandardErrorLog;
import java.lang.module.ModuleDescriptor;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;

/** Entry point of the {@code pptp} command. */
public final class Main {
    private Main() {}

    /** Runs the command; the process ends with one of the {@link ClientExit}s. */
    public static void main(String[] words) {
        StandardErrorLog.use();
        ClientExit exit;
        try {
            exit =
                    switch (ClientArguments.parse(version(), words)) {
                        case ClientArguments.Request.Print(String text) -> print(text);
                        case ClientArguments.Request.Connect(ClientArguments arguments) ->
                                connect(arguments);
                    };
        } catch (ClientException e) {
            exit = fail(e.exit(), e.sentence());
        } catch (RuntimeException mistake) {
            exit = fail(ClientExit.INTERNAL, "a mistake of this program: " + mistake + ".");
            LoggerFactory.getLogger(Main.class).error("event=internal-error", mistake);
        }
        Runtime.getRuntime().halt(exit.number());
    }

    private static ClientExit connect(ClientArguments arguments) throws ClientException {
        StandardErrorLog.show(arguments.debug());
        Client client = Client.open(arguments);
        AtomicBoolean isStopping = new AtomicBoolean();
        // Not the JVM's own 143: an end by SIGTERM is a success.
        Thread stopper =
                new Thread(
                        () -> {
                            isStopping.set(true);
                            client.stop();
                            Runtime.getRuntime().halt(ClientExit.ASKED_FOR.number());
                        },
                        "shutdown");
        Runtime.getRuntime().addShutdownHook(stopper);
        AttemptEnd end = client.run();
        return isStopping.get() ? ClientExit.ASKED_FOR : fail(end.exit(), end.sentence());
    }

    private static ClientExit fail(ClientExit exit, String sentence) {
        System.err.println("pptp: " + sentence);
        return exit;
    }

    private static ClientExit print(String text) {
        System.out.println(text);
        return ClientExit.ASKED_FOR;
    }

    private static String version() {
        return Optional.ofNullable(Main.class.getModule().getDescriptor())
                .flatMap(ModuleDescriptor::rawVersion)
                .orElse("unknown");
    }
}
