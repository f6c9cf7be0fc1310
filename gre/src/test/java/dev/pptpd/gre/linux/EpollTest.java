package dev.pptpd.gre.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EpollTest {
    private static final int EFD_NONBLOCK = 0x800;
    private static final long TOKEN = 0x1234_5678_9ABC_DEF0L;

    private final MemorySegment one = Arena.ofAuto().allocateFrom(ValueLayout.JAVA_LONG, 1);
    private Epoll epoll;
    private Descriptor first;
    private Descriptor second;

    @BeforeEach
    void open() throws ErrnoException {
        epoll = Epoll.create();
        first = new Descriptor(Libc.eventfd(EFD_NONBLOCK));
        second = new Descriptor(Libc.eventfd(EFD_NONBLOCK));
    }

    @AfterEach
    void close() {
        epoll.close();
        first.close();
        second.close();
    }

    @Test
    void returnsNothingWhenTheTimeoutPasses() throws ErrnoException {
        epoll.add(first.number(), TOKEN);

        assertThat(epoll.await(0)).isZero();
        long start = System.nanoTime();
        assertThat(epoll.await(1_000_001)).isZero();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(1_000_001);
    }

    @Test
    void namesReadyDescriptorsByTheirTokens() throws ErrnoException {
        epoll.add(first.number(), TOKEN);
        epoll.add(second.number(), -1);
        signal(first);

        assertThat(epoll.await(-1)).isEqualTo(1);
        assertThat(epoll.token(0)).isEqualTo(TOKEN);
        assertThat(epoll.isReadable(0)).isTrue();
        assertThat(epoll.isWritable(0)).isFalse();
        assertThat(epoll.isError(0)).isFalse();

        signal(second);
        assertThat(epoll.await(-1)).isEqualTo(2);
        assertThat(new long[] {epoll.token(0), epoll.token(1)})
                .containsExactlyInAnyOrder(TOKEN, -1);
    }

    @Test
    void watchesForWritabilityWhenToldTo() throws ErrnoException {
        epoll.add(first.number(), TOKEN);
        epoll.modify(first.number(), Epoll.READ | Epoll.WRITE, 7);

        assertThat(epoll.await(0)).isEqualTo(1);
        assertThat(epoll.token(0)).isEqualTo(7);
        assertThat(epoll.isWritable(0)).isTrue();
        assertThat(epoll.isReadable(0)).isFalse();
    }

    @Test
    void forgetsRemovedDescriptors() throws ErrnoException {
        epoll.add(first.number(), TOKEN);
        signal(first);
        epoll.remove(first.number());

        assertThat(epoll.await(0)).isZero();
    }

    @Test
    void refusesEventsThatTheLastWaitDidNotReturn() throws ErrnoException {
        epoll.add(first.number(), TOKEN);
        signal(first);
        epoll.await(0);

        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> epoll.token(1));
    }

    @Test
    void tellsWhichCallFailedAndWhy() throws ErrnoException {
        epoll.add(first.number(), TOKEN);

        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> epoll.add(first.number(), TOKEN))
                .withMessageStartingWith("epoll_ctl: EEXIST: ")
                .satisfies(failure -> assertThat(failure.errno()).isEqualTo(Errno.EEXIST));
    }

    private void signal(Descriptor descriptor) {
        assertThat(Libc.write(descriptor.number(), one, Long.BYTES)).isEqualTo(Long.BYTES);
    }
}
