package dev.pptpd.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class NamespaceIT {

    @Test
    void joinsTwoNamespaces() {
        try (Namespace left = Namespace.create("left");
                Namespace right = Namespace.create("right")) {
            left.veth("eth0", right, "eth0");
            left.address("eth0", "10.77.0.1/24");
            right.address("eth0", "10.77.0.2/24");

            assertThat(left.command("ping", "-c", "1", "-W", "2", "10.77.0.2").run().exitCode())
                    .isZero();
            assertThat(left.devices("eth")).containsExactly("eth0");
        }
    }

    @Test
    void takesItsProcessesAndDevicesAlongWhenItCloses() throws IOException, InterruptedException {
        Namespace namespace = Namespace.create("closing");
        namespace.tap("t0");
        Process sleeper = namespace.command("sleep", "600").start();
        namespace.command("sh", "-c", "ip link show t0").within(Duration.ofSeconds(5)).run();

        namespace.close();

        assertThat(sleeper.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(Command.of("ip", "netns", "list").expectSuccess())
                .doesNotContain(namespace.name());
    }
}
