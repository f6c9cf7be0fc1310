package dev.pptpd.gre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class HoldPoolTest {
    @Test
    void lendsEachSlotOnce() {
        HoldPool pool = HoldPool.ofDirectMemory(2, 100, 20);
        HeldFrame first = pool.acquire(80).orElseThrow();
        HeldFrame second = pool.acquire(1).orElseThrow();
        assertThat(first.slot()).isNotEqualTo(second.slot());
        assertThat(pool.acquire(1)).isEmpty();
        first.release();
        assertThat(pool.available()).isEqualTo(1);
        assertThat(pool.acquire(1)).contains(first);
    }

    @Test
    void lendsNothingForAFrameThatDoesNotFit() {
        HoldPool pool = HoldPool.ofDirectMemory(1, 100, 20);
        assertThat(pool.acquire(81)).isEmpty();
        assertThat(pool.available()).isEqualTo(1);
    }

    @Test
    void refusesASecondRelease() {
        HeldFrame frame = HoldPool.ofDirectMemory(2, 100, 20).acquire(1).orElseThrow();
        frame.release();
        assertThatThrownBy(frame::release).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void keepsTheHeadroomFree() {
        HoldPool pool = HoldPool.ofDirectMemory(1, 100, 20);
        HeldFrame frame = pool.acquire(4).orElseThrow();
        frame.fill(Packets.data(1, 0x01020304), 12, 4, 1, 0);
        assertThat(frame.octets().position()).isEqualTo(20);
        assertThat(frame.octets().remaining()).isEqualTo(4);
        assertThat(frame.octets().getInt(20)).isEqualTo(0x01020304);
    }

    @Test
    void refusesSlotsItCannotUse() {
        assertThatThrownBy(() -> new HoldPool(List.of(ByteBuffer.allocate(10)), 11))
                .isInstanceOf(IllegalArgumentException.class);
        ByteBuffer littleEndian = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
        assertThatThrownBy(() -> new HoldPool(List.of(littleEndian), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void mayBeEmpty() {
        assertThat(new HoldPool(List.of(), 16).acquire(0)).isEmpty();
    }
}
