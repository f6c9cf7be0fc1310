package dev.pptpd.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.gre.linux.Errno;
import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.linux.TunDevice;
import dev.pptpd.linux.TunDevices;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ReadyDevicesTest {
    private int made;
    private boolean fails;
    private final ReadyDevices ready = new ReadyDevices(2, this::make);

    private TunDevice make() throws ErrnoException {
        if (fails) {
            throw new ErrnoException("open", Errno.EMFILE, "/dev/net/tun");
        }
        return TunDevices.unreal("pptpd" + made++);
    }

    @AfterEach
    void clear() {
        ready.clear();
    }

    @Test
    void makesNoMoreThanItMayHold() {
        assertThat(ready.refill()).as("another one is missing").isTrue();
        assertThat(ready.refill()).isFalse();
        assertThat(ready.refill()).isFalse();

        assertThat(made).isEqualTo(2);
        assertThat(ready.size()).isEqualTo(2);
    }

    @Test
    void givesTheOldestFirstAndNothingWhenItIsExhausted() {
        ready.refill();
        ready.refill();

        assertThat(takeOne()).isEqualTo("pptpd0");
        assertThat(takeOne()).isEqualTo("pptpd1");
        assertThat(ready.take()).isEmpty();
        assertThat(made).as("nobody makes one in the meantime").isEqualTo(2);
    }

    @Test
    void triesAgainLaterAfterAFailure() {
        fails = true;
        assertThat(ready.refill()).as("not at once").isFalse();
        assertThat(ready.refill()).isFalse();
        assertThat(ready.take()).isEmpty();

        fails = false;
        assertThat(ready.refill()).isTrue();
        assertThat(takeOne()).isEqualTo("pptpd0");
    }

    @Test
    void makesNoneWhereNoneIsWanted() {
        ReadyDevices none = new ReadyDevices(0, this::make);
        assertThat(none.refill()).isFalse();
        assertThat(none.take()).isEmpty();
        assertThat(made).isZero();
    }

    @Test
    void closesWhatNobodyTook() {
        ready.refill();
        ready.clear();
        assertThat(ready.size()).isZero();
        assertThat(ready.take()).isEmpty();
    }

    private String takeOne() {
        TunDevice device = ready.take().orElseThrow();
        device.close();
        return device.name();
    }
}
