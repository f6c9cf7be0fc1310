package dev.pptpd.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guest as a machine, before any server is blamed for it. */
final class GuestIT {

    /** How often it wakes up in half a second in which nobody ends. */
    private static final String SWITCHES_OF_THE_FIRST_PROCESS =
            """
            exec 8<>/run/never
            count() {
                while read -r key value; do
                    [ "$key" != voluntary_ctxt_switches: ] || switches=$value
                done </proc/1/status
            }
            count
            before=$switches
            read -r -t 0.5 -u 8 || :
            count
            echo $((switches - before))
            """;

    @TempDir private Path folder;

    @Test
    void bootsWithPppAndMppeAndLeavesNoProcessBehind() {
        try (Namespace namespace = Namespace.create("guest")) {
            namespace.tap("t0");
            namespace.address("t0", "10.77.0.1/24");
            Guest guest = Guest.boot(namespace, "t0", "10.77.0.11/24", folder);

            assertThat(guest.expectSuccess("cat /proc/modules; ls /dev/ppp"))
                    .contains("ppp_mppe", "/dev/ppp");
            assertThat(guest.run("echo to the end; exit 7"))
                    .isEqualTo(new CommandResult(7, "to the end\n"));
            expectNoOrphanLeft(guest);
            Guest.Running beside = guest.start("sleep 1; echo later");
            guest.expectSuccess("ping -c 1 -W 5 10.77.0.1");
            assertThat(beside.await(Duration.ofSeconds(10)).output()).isEqualTo("later\n");

            guest.close();
            Poll.until(
                    Duration.ofSeconds(5),
                    () -> processes(namespace).isEmpty(),
                    () -> "end of " + processes(namespace));
        }
    }

    /**
     * Processes that end without a parent, as pppd does: whoever waits for the end of one must not
     * meet it for ever. The first process waits for nothing else.
     */
    private static void expectNoOrphanLeft(Guest guest) {
        assertThat(guest.expectSuccess(SWITCHES_OF_THE_FIRST_PROCESS)).isEqualTo("0");
        guest.expectSuccess(
                Duration.ofSeconds(20),
                """
                exec 8<>/run/never
                orphans=$(for n in {1..40}; do
                    (read -r -t 0.5 -u 8 >/dev/null & echo $!)
                done)
                end=$((SECONDS + 10))
                while [ $SECONDS -lt $end ]; do
                    left=
                    for process in $orphans; do
                        [ -e /proc/$process ] && left+=" $process"
                    done
                    [ -n "$left" ] || exit 0
                    read -r -t 0.1 -u 8 || :
                done
                echo "not reaped:$left"
                exit 1
                """);
    }

    private static String processes(Namespace namespace) {
        return Command.of("ip", "netns", "pids", namespace.name()).expectSuccess();
    }
}
