package dev.pptpd.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guest as a machine, before any server is blamed for it. */
final class GuestIT {

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

    private static String processes(Namespace namespace) {
        return Command.of("ip", "netns", "pids", namespace.name()).expectSuccess();
    }
}
