package dev.pptpd.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.pptpd.gre.linux.Descriptor;
import dev.pptpd.gre.linux.Errno;
import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.gre.linux.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A socket of netlink(7) for NETLINK_ROUTE: requests out, answers in, one exchange at a time. */
final class NetlinkSocket implements AutoCloseable {
    // Specification: <sys/socket.h>, <linux/netlink.h>
    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int NETLINK_ROUTE = 0;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVBUF = 8;
    private static final int SO_RCVTIMEO = 20;
    private static final int SOL_NETLINK = 270;
    private static final int NETLINK_CAP_ACK = 10;
    private static final int NETLINK_EXT_ACK = 11;

    // Implementation: the kernel fills 32 KiB at most. The answer is there when send returns, so
    // the time limit only keeps a kernel fault from hanging the server.
    private static final int BUFFER_SIZE = 32 * 1024;
    private static final long ANSWER_TIMEOUT_SECONDS = 5;

    /**
     * Room for the answers to a full batch that fails from end to end; the kernel may give less.
     */
    private static final int ANSWERS_OCTETS = 1 << 20;

    private final Descriptor descriptor;
    private final MemorySegment memory = Arena.ofAuto().allocate(BUFFER_SIZE, Long.BYTES);
    private final ByteBuffer buffer = memory.asByteBuffer();
    private int nextSequence = 1;

    private NetlinkSocket(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    static NetlinkSocket open() throws ErrnoException {
        int fd = Libc.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
        Descriptor descriptor = new Descriptor(ErrnoException.check(fd, "socket", "rtnetlink"));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment on = arena.allocateFrom(JAVA_INT, 1);
            MemorySegment timeout = arena.allocateFrom(JAVA_LONG, ANSWER_TIMEOUT_SECONDS, 0);
            setOption(descriptor, SOL_NETLINK, NETLINK_CAP_ACK, on);
            setOption(descriptor, SOL_NETLINK, NETLINK_EXT_ACK, on);
            setOption(descriptor, SOL_SOCKET, SO_RCVTIMEO, timeout);
            MemorySegment answers = arena.allocateFrom(JAVA_INT, ANSWERS_OCTETS);
            setOption(descriptor, SOL_SOCKET, SO_RCVBUF, answers);
            return new NetlinkSocket(descriptor);
        } catch (ErrnoException failure) {
            descriptor.close();
            throw failure;
        }
    }

    /** A batch without requests; it shares this socket's memory, so there is one at a time. */
    NetlinkBatch newBatch() {
        return new NetlinkBatch(buffer.clear(), nextSequence);
    }

    /**
     * Sends all requests and waits until they are carried out; throws for the first that failed.
     */
    void execute(NetlinkBatch batch) throws ErrnoException {
        exchange(batch, answer -> {});
    }

    /**
     * Sends all requests, shows every answer to {@code receiver}, and throws for the first request
     * that failed.
     */
    void exchange(NetlinkBatch batch, Consumer<NetlinkAnswer> receiver) throws ErrnoException {
        for (Optional<ErrnoException> failure :
                exchangeEach(batch, (_, answer) -> receiver.accept(answer))) {
            if (failure.isPresent()) {
                throw failure.get();
            }
        }
    }

    /** Takes the answers to a batch. */
    interface Receiver {
        /** One more answer to the request of that number, from 0. */
        void accept(int request, NetlinkAnswer answer);
    }

    /**
     * Sends all requests and shows every answer to {@code receiver}.
     *
     * @return for each request what went wrong with it, if anything did
     * @throws ErrnoException when it is not known what became of the requests
     */
    List<Optional<ErrnoException>> exchangeEach(NetlinkBatch batch, Receiver receiver)
            throws ErrnoException {
        List<NetlinkBatch.Request> requests = batch.finish();
        Exchange exchange = new Exchange(nextSequence, requests, receiver);
        nextSequence += requests.size();
        String what = requests.getFirst().what();
        ErrnoException.check(
                Libc.send(descriptor.number(), memory, buffer.position(), 0),
                "send(netlink)",
                what);
        while (!exchange.isOver) {
            receive(what);
            exchange.takeAll(buffer);
        }
        return exchange.failures;
    }

    /** Requests on their way, and what became of those that are answered. */
    private static final class Exchange {
        private final int firstSequence;
        private final List<NetlinkBatch.Request> requests;
        private final Receiver receiver;
        final List<Optional<ErrnoException>> failures;
        boolean isOver;

        Exchange(int firstSequence, List<NetlinkBatch.Request> requests, Receiver receiver) {
            this.firstSequence = firstSequence;
            this.requests = requests;
            this.receiver = receiver;
            this.failures = new ArrayList<>(Collections.nCopies(requests.size(), Optional.empty()));
        }

        /** Takes the answers of one datagram. */
        void takeAll(ByteBuffer received) {
            for (Optional<NetlinkAnswer> next = NetlinkAnswer.next(received);
                    next.isPresent();
                    next = NetlinkAnswer.next(received)) {
                int index = next.get().sequence() - firstSequence;
                // Else the late answer to an exchange that was given up.
                if (index >= 0 && index < requests.size()) {
                    take(index, next.get());
                }
            }
        }

        private void take(int index, NetlinkAnswer answer) {
            receiver.accept(index, answer);
            if (answer.isFinal()) {
                failures.set(index, failure(answer, requests.get(index)));
                isOver = index == requests.size() - 1;
            }
        }
    }

    @Override
    public void close() {
        descriptor.close();
    }

    /** Receives one datagram, some answers long, into the buffer. */
    private void receive(String what) throws ErrnoException {
        int result;
        do {
            result = Libc.recv(descriptor.number(), memory, BUFFER_SIZE, 0);
        } while (result == -Errno.EINTR);
        if (result == -Errno.EAGAIN) {
            throw new ErrnoException("recv(netlink)", Errno.ETIMEDOUT, what);
        }
        buffer.clear().limit(ErrnoException.check(result, "recv(netlink)", what));
    }

    private static Optional<ErrnoException> failure(
            NetlinkAnswer answer, NetlinkBatch.Request request) {
        int errno = answer.errno();
        if (errno == 0 || errno == request.tolerated()) {
            return Optional.empty();
        }
        String because = answer.explanation().map(text -> " (" + text + ")").orElse("");
        return Optional.of(new ErrnoException("rtnetlink", errno, request.what() + because));
    }

    private static void setOption(Descriptor descriptor, int level, int option, MemorySegment value)
            throws ErrnoException {
        int size = (int) value.byteSize();
        int result = Libc.setsockopt(descriptor.number(), level, option, value, size);
        ErrnoException.check(result, "setsockopt(netlink)", "option " + option);
    }
}
