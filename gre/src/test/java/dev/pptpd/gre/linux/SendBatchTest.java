package dev.pptpd.gre.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class SendBatchTest {
    private final SendBatch batch = new SendBatch();

    @Test
    void givesSlotsWithHeadroomAndRoomForAPacket() {
        ByteBuffer slot = batch.slot();

        assertThat(slot.isDirect()).isTrue();
        assertThat(slot.order()).isEqualTo(ByteOrder.BIG_ENDIAN);
        assertThat(slot.position()).isEqualTo(SendBatch.HEADROOM).isGreaterThanOrEqualTo(32);
        assertThat(slot.remaining()).isEqualTo(SendBatch.PAYLOAD_SIZE);
    }

    @Test
    void givesTheSameSlotAfreshUntilItIsAdded() {
        ByteBuffer slot = batch.slot();
        slot.position(3).limit(9);

        assertThat(batch.slot()).isSameAs(slot);
        assertThat(slot.position()).isEqualTo(SendBatch.HEADROOM);
        batch.add(1, 0);
        assertThat(batch.slot()).isNotSameAs(slot);
    }

    @Test
    void isFullAfterItsCapacity() {
        for (int index = 0; index < SendBatch.CAPACITY; index++) {
            assertThat(batch.isFull()).isFalse();
            assertThat(batch.size()).isEqualTo(index);
            batch.slot();
            batch.add(1, 0);
        }

        assertThat(batch.isFull()).isTrue();
        assertThatIllegalStateException().isThrownBy(batch::slot);
        assertThatIllegalStateException().isThrownBy(() -> batch.add(1, 0));
    }

    @Test
    void countsEveryPacketThatTheKernelRefusesAndEndsEmpty() {
        for (int index = 0; index < 5; index++) {
            batch.slot();
            batch.add(1, 0);
        }
        try (Descriptor noSocket = new Descriptor(Libc.eventfd(0))) {
            assertThat(batch.sendTo(noSocket.number())).isZero();
        }

        assertThat(batch.isEmpty()).isTrue();
        assertThat(batch.counters().packets()).isZero();
        assertThat(batch.counters().failures(Errno.ENOTSOCK)).isEqualTo(5);
        assertThat(batch.counters().failureCount()).isEqualTo(5);
        assertThat(batch.counters().failures(Errno.EPERM)).isZero();
    }

    @Test
    void leavesOutWhatHasNoOctets() {
        for (int index = 0; index < 5; index++) {
            ByteBuffer slot = batch.slot();
            slot.limit(index % 2 == 0 ? slot.position() : slot.limit());
            batch.add(1, 0);
        }
        try (Descriptor noSocket = new Descriptor(Libc.eventfd(0))) {
            batch.sendTo(noSocket.number());
        }

        assertThat(batch.isEmpty()).isTrue();
        assertThat(batch.counters().failureCount()).isEqualTo(2);
    }

    @Test
    void forgetsWhatIsNotSent() {
        batch.slot();
        batch.add(1, 0);
        batch.clear();

        assertThat(batch.isEmpty()).isTrue();
    }

    @Test
    void sendsNothingWhenEmpty() {
        assertThat(batch.sendTo(-1)).isZero();
        assertThat(batch.counters().failureCount()).isZero();
    }
}
