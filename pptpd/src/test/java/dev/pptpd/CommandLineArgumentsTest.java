package dev.pptpd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pptpd.CommandLineArguments.Action;
import dev.pptpd.config.ServerKey;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandLineArgumentsTest {
    @Test
    void servesTheUsualFileWithoutFlags() throws StartException {
        CommandLineArguments arguments = parse();
        assertThat(arguments.action()).isEqualTo(Action.SERVE);
        assertThat(arguments.configFile()).isEqualTo(Path.of("/etc/pptpd.conf"));
        assertThat(arguments.overrides()).isEmpty();
        assertThat(arguments.debug()).isFalse();
    }

    @Test
    void takesEveryFlagOfPoptop() throws StartException {
        CommandLineArguments arguments =
                parse(
                        "-c",
                        "a.conf",
                        "-o",
                        "options",
                        "-l",
                        "10.0.0.1",
                        "-p",
                        "pid",
                        "-d",
                        "-f",
                        "-C",
                        "7",
                        "-t",
                        "3",
                        "-e",
                        "/usr/sbin/pppd",
                        "-s",
                        "9600",
                        "-i",
                        "-w");
        assertThat(arguments.configFile()).isEqualTo(Path.of("a.conf"));
        assertThat(arguments.debug()).isTrue();
        assertThat(arguments.overrides())
                .isEqualTo(
                        Map.of(
                                ServerKey.OPTION, "options",
                                ServerKey.LISTEN, "10.0.0.1",
                                ServerKey.PIDFILE, "pid",
                                ServerKey.DEBUG, "",
                                ServerKey.CONNECTIONS, "7",
                                ServerKey.STIMEOUT, "3",
                                ServerKey.PPP, "/usr/sbin/pppd",
                                ServerKey.SPEED, "9600",
                                ServerKey.NOIPPARAM, "",
                                ServerKey.LOGWTMP, ""));
    }

    @Test
    void relaysToTheServerThatTheFlagNames() throws StartException {
        CommandLineArguments arguments = parse("--relay", "vpn.example:1724", "-l", "10.0.0.1");
        assertThat(arguments.action()).isEqualTo(Action.SERVE);
        assertThat(arguments.overrides())
                .isEqualTo(
                        Map.of(
                                ServerKey.RELAY, "vpn.example:1724",
                                ServerKey.LISTEN, "10.0.0.1"));
    }

    @ParameterizedTest
    @CsvSource({
        "--help, HELP",
        "-h, HELP",
        "--version, VERSION",
        "-v, VERSION",
        "--check-config, CHECK_CONFIG",
        "--fg, SERVE"
    })
    void knowsWhatItIsAskedFor(String flag, Action action) throws StartException {
        assertThat(parse(flag).action()).isEqualTo(action);
    }

    @Test
    void takesTheLastOfARepeatedFlag() throws StartException {
        assertThat(parse("-c", "a", "--conf", "b").configFile()).isEqualTo(Path.of("b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--nonsense", "-c", "word"})
    void refusesWhatItDoesNotUnderstandInOneSentence(String argument) {
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> parse(argument))
                .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .withMessageContaining("see pptpd --help");
    }

    @Test
    void explainsEveryFlag() {
        assertThat(CommandLineArguments.help())
                .contains("--conf", "--option", "--listen", "--pidfile", "--debug", "--fg")
                .contains("--relay", "--ctl", "--help", "--version", "--check-config");
    }

    private static CommandLineArguments parse(String... arguments) throws StartException {
        return CommandLineArguments.parse(arguments);
    }
}
