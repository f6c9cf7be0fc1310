package dev.pptpd.gre.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.DatagramChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** UDP datagrams on loopback that contain what a raw socket delivers: no privilege is needed. */
class ReceiveBatchTest {
    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM_NONBLOCK = 2 | 0x800;
    private static final int LOOPBACK = 0x7F000001;
    private static final int SOURCE = 0xC0000201;

    private final ReceiveBatch batch = new ReceiveBatch();
    private Descriptor receiver;
    private DatagramChannel sender;

    @BeforeEach
    void connect() throws IOException {
        receiver = new Descriptor(Libc.socket(AF_INET, SOCK_DGRAM_NONBLOCK, 0));
        int port = bindToFreePort(receiver.number());
        sender = DatagramChannel.open();
        sender.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    @AfterEach
    void close() throws IOException {
        sender.close();
        receiver.close();
    }

    @Test
    void returnsNothingFromAnEmptySocket() {
        assertThat(batch.receiveFrom(receiver.number())).isZero();
        assertThat(batch.size()).isZero();
        assertThat(batch.counters().failureCount()).isZero();
    }

    @Test
    void positionsEachPacketBehindItsIpHeader() throws IOException {
        for (int header = 20; header <= 60; header += 4) {
            send(ipPacket(header, header + 3));
        }

        assertThat(batch.receiveFrom(receiver.number())).isEqualTo(11);
        for (int index = 0; index < 11; index++) {
            ByteBuffer packet = batch.packet(index);
            assertThat(packet.order()).isEqualTo(ByteOrder.BIG_ENDIAN);
            assertThat(packet.isDirect()).isTrue();
            assertThat(packet.position()).isEqualTo(20 + 4 * index);
            assertThat(packet.remaining()).isEqualTo(3);
            assertThat(batch.source(index)).isEqualTo(SOURCE);
            assertThat(batch.isTruncated(index)).isFalse();
        }
    }

    @Test
    void leavesNothingOfAPacketWithAnInsaneIpHeader() throws IOException {
        send(ipPacket(20, 19));
        send(ByteBuffer.allocate(1).put(0, (byte) 0x45));
        send(ipPacket(16, 40));
        send(ipPacket(60, 40));

        assertThat(batch.receiveFrom(receiver.number())).isEqualTo(4);
        for (int index = 0; index < 4; index++) {
            assertThat(batch.packet(index).hasRemaining()).isFalse();
        }
    }

    @Test
    void leavesPaddingOut() throws IOException {
        send(ipPacket(20, 46).putShort(2, (short) 32));

        assertThat(batch.receiveFrom(receiver.number())).isEqualTo(1);
        assertThat(batch.packet(0).remaining()).isEqualTo(12);
    }

    @Test
    void flagsPacketsLongerThanTheirSlot() throws IOException {
        send(ipPacket(20, ReceiveBatch.SLOT_SIZE));
        send(ipPacket(20, ReceiveBatch.SLOT_SIZE + 1));
        send(ipPacket(20, 60_028));
        send(ipPacket(20, 21));

        assertThat(batch.receiveFrom(receiver.number())).isEqualTo(4);
        assertThat(batch.isTruncated(0)).isFalse();
        assertThat(batch.isTruncated(1)).isTrue();
        assertThat(batch.isTruncated(2)).isTrue();
        assertThat(batch.isTruncated(3)).isFalse();
        assertThat(batch.packet(2).limit()).isEqualTo(ReceiveBatch.SLOT_SIZE);
        assertThat(batch.packet(3).remaining()).isEqualTo(1);
    }

    @Test
    void takesWhatFitsAndTheRestNextTime() throws IOException {
        for (int number = 0; number < ReceiveBatch.CAPACITY + 2; number++) {
            send(ipPacket(20, 22 + number));
        }

        assertThat(batch.receiveFrom(receiver.number())).isEqualTo(ReceiveBatch.CAPACITY);
        assertThat(batch.receiveFrom(receiver.number())).isEqualTo(2);
        assertThat(batch.packet(1).limit()).isEqualTo(22 + ReceiveBatch.CAPACITY + 1);
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> batch.packet(2));
        assertThat(batch.counters().packets()).isEqualTo(ReceiveBatch.CAPACITY + 2L);
    }

    @Test
    void countsErrorsOfTheKernel() {
        int noSocket = Libc.eventfd(0);
        try (Descriptor descriptor = new Descriptor(noSocket)) {
            assertThat(batch.receiveFrom(descriptor.number())).isZero();
        }

        assertThat(batch.counters().failures(Errno.ENOTSOCK)).isEqualTo(1);
        assertThat(batch.counters()).hasToString("packets=0 ENOTSOCK=1");
    }

    private void send(ByteBuffer packet) throws IOException {
        sender.write(packet.rewind());
    }

    private static ByteBuffer ipPacket(int headerLength, int length) {
        return ByteBuffer.allocate(length)
                .put(0, (byte) (0x40 | headerLength / 4))
                .putShort(2, (short) length)
                .putInt(12, SOURCE);
    }

    private static int bindToFreePort(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(16, Long.BYTES);
            ByteBuffer view = address.asByteBuffer();
            address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_INET);
            view.putInt(4, LOOPBACK);
            for (int port = 20_000; port < 60_000; port++) {
                view.putShort(2, (short) port);
                if (Libc.bind(fd, address, 16) == 0) {
                    return port;
                }
            }
        }
        throw new AssertionError("no free port");
    }
}
