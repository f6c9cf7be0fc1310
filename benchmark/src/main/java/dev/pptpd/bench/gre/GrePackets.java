package dev.pptpd.bench.gre;

import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.gre.linux.RawSocket;
import dev.pptpd.gre.linux.ReceiveBatch;
import dev.pptpd.gre.linux.SendBatch;
import dev.pptpd.gre.linux.SocketFilter;
import java.nio.ByteBuffer;

/** A raw socket of the server's, sending and receiving packets that mean nothing. */
final class GrePackets implements AutoCloseable {
    /** As the server's workers have it. */
    private static final int BUFFER_BYTES = 4 << 20;

    /** Enhanced GRE with a sequence number, of call 1. */
    private static final long HEADER = 0x3001_880B_0000_0001L;

    private final RawSocket socket;
    private final ReceiveBatch received = new ReceiveBatch();
    private final SendBatch toSend = new SendBatch();

    private GrePackets(RawSocket socket) {
        this.socket = socket;
    }

    /** In the namespace of the calling thread. */
    static GrePackets open() throws ErrnoException {
        return new GrePackets(
                RawSocket.open(RawSocket.ANY_ADDRESS, SocketFilter.forWorker(0, 1), BUFFER_BYTES));
    }

    /**
     * Sends in batches.
     *
     * @param destination an IPv4 address
     * @param octets of each, the header included
     * @return how many the kernel took
     */
    int send(int packets, int destination, int octets) {
        int sent = 0;
        for (int packet = 0; packet < packets; packet++) {
            ByteBuffer slot = toSend.slot();
            slot.putLong(slot.position(), HEADER).limit(slot.position() + octets);
            toSend.add(destination, RawSocket.ANY_ADDRESS);
            if (toSend.isFull()) {
                sent += socket.send(toSend);
            }
        }
        return sent + socket.send(toSend);
    }

    /**
     * Takes what waits.
     *
     * @param atMost where to stop
     * @return how many there were
     */
    int receive(int atMost) {
        int packets = 0;
        while (packets < atMost) {
            int taken = socket.receive(received);
            if (taken == 0) {
                return packets;
            }
            packets += taken;
        }
        return packets;
    }

    @Override
    public void close() {
        socket.close();
    }
}
