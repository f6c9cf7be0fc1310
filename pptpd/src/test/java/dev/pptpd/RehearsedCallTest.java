package dev.pptpd;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RehearsedCallTest {
    @Test
    void failsWhereNobodyListensAndLeavesNoThread() throws IOException {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        InetSocketAddress nobody = addressOfNobody();

        assertThatIllegalStateException()
                .isThrownBy(() -> RehearsedCall.call(nobody))
                .withMessageContaining("REFUSED");

        await().until(() -> clientThreadsBut(before).isEmpty());
    }

    private static InetSocketAddress addressOfNobody() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return (InetSocketAddress) socket.getLocalSocketAddress();
        }
    }

    private static Set<Thread> clientThreadsBut(Set<Thread> before) {
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeAll(before);
        threads.removeIf(thread -> !thread.getName().startsWith("control-client"));
        return threads;
    }
}
