package dev.pptpd.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class ClientExitTest {
    /** Scripts rely on them: also docs/site-to-site.md has the list. */
    @Test
    void hasANumberOfItsOwnForEachCause() {
        assertThat(Arrays.stream(ClientExit.values()).map(exit -> exit + " " + exit.number()))
                .containsExactly(
                        "ASKED_FOR 0",
                        "USAGE 1",
                        "AUTHENTICATION 67",
                        "NETWORK 68",
                        "PEER_ENDED 69",
                        "INTERNAL 70",
                        "DEVICE 71",
                        "CANNOT_CREATE 73",
                        "ADDRESS 75",
                        "ENCRYPTION 76",
                        "NO_PERMISSION 77",
                        "PASSWORD_FILE 78",
                        "SERVER_NOT_PROVEN 79");
    }
}
