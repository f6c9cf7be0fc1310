package dev.pptpd.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.gre.linux.Epoll;
import dev.pptpd.gre.linux.ErrnoException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventFdTest {
    private EventFd event;
    private Epoll epoll;

    @BeforeEach
    void open() throws ErrnoException {
        event = EventFd.open();
        epoll = Epoll.create();
        epoll.add(event.fd(), 1);
    }

    @AfterEach
    void close() {
        epoll.close();
        event.close();
    }

    @Test
    void isQuietUntilSignalled() throws ErrnoException {
        assertThat(epoll.await(0)).isZero();
        assertThat(event.drain()).isFalse();
    }

    @Test
    void joinsManySignalsToOneWakeUp() throws ErrnoException {
        event.signal();
        event.signal();

        assertThat(epoll.await(0)).isEqualTo(1);
        assertThat(event.drain()).isTrue();
        assertThat(event.drain()).isFalse();
        assertThat(epoll.await(0)).isZero();
    }

    @Test
    void wakesAThreadThatWaits() throws Exception {
        Thread signaller = Thread.ofPlatform().start(event::signal);

        assertThat(epoll.await(TimeUnit.SECONDS.toNanos(10))).isEqualTo(1);
        signaller.join();
    }

    @Test
    void doesNothingAfterItIsClosed() throws ErrnoException {
        event.close();
        try (EventFd successor = EventFd.open()) {
            event.signal();

            assertThat(successor.drain()).as("it has the closed one's number").isFalse();
        }
    }
}
