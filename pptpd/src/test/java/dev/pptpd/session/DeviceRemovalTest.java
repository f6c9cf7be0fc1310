package dev.pptpd.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.gre.linux.Errno;
import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.linux.TunDevice;
import dev.pptpd.linux.TunDevices;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DeviceRemovalTest {
    private final Deletion deletion = new Deletion();
    private final DeviceRemoval removal = new DeviceRemoval(deletion);
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch mayGoOn = new CountDownLatch(1);

    @AfterEach
    void close() {
        removal.close();
    }

    @Test
    void tellsTheOthersAfterAMistakeOfOneWhoIsTold() throws Exception {
        holdTheThread();
        remove("ppp1");
        removal.remove(
                TunDevices.unreal("ppp2"),
                () -> {
                    throw new IllegalStateException("our mistake");
                });
        remove("ppp3");
        goOn();

        assertThat(told).containsExactly("ppp0", "ppp1", "ppp3");
        assertThat(deletion.together).containsExactly(List.of("ppp1", "ppp2", "ppp3"));
        assertThat(removal.isIdle()).isTrue();
    }

    @Test
    void closesEachWhereTheKernelDeletesThemNotTogether() throws Exception {
        deletion.refuses = true;
        expectTwoToGo();
    }

    @Test
    void closesEachAfterAMistakeInDeletingThemTogether() throws Exception {
        deletion.isWrong = true;
        expectTwoToGo();
    }

    @Test
    void isIdleAgainOnlyWhenEachIsGone() throws Exception {
        assertThat(removal.isIdle()).isTrue();
        holdTheThread();
        remove("ppp1");
        assertThat(removal.isIdle()).as("the first is gone, this one not").isFalse();
        removal.after(() -> told.add(removal.isIdle() ? "all gone" : "too early"));
        goOn();

        assertThat(told).containsExactly("ppp0", "ppp1", "all gone");
    }

    private void expectTwoToGo() throws Exception {
        holdTheThread();
        remove("ppp1");
        remove("ppp2");
        goOn();

        assertThat(told).containsExactly("ppp0", "ppp1", "ppp2");
        assertThat(removal.isIdle()).isTrue();
    }

    private void remove(String name) {
        removal.remove(TunDevices.unreal(name), () -> told.add(name));
    }

    /** Until {@link #goOn}: what comes meanwhile is removed together. */
    private void holdTheThread() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        removal.remove(
                TunDevices.unreal("ppp0"),
                () -> {
                    told.add("ppp0");
                    held.countDown();
                    await(mayGoOn);
                });
        await(held);
    }

    private void goOn() throws Exception {
        CompletableFuture<Void> over = new CompletableFuture<>();
        removal.after(() -> over.complete(null));
        mayGoOn.countDown();
        over.get(10, TimeUnit.SECONDS);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Deletion implements DeviceRemoval.Together {
        private final List<List<String>> together = Collections.synchronizedList(new ArrayList<>());
        private volatile boolean refuses;
        private volatile boolean isWrong;

        @Override
        public void delete(List<TunDevice> devices) throws ErrnoException {
            together.add(devices.stream().map(TunDevice::name).toList());
            if (refuses) {
                throw new ErrnoException("rtnetlink", Errno.EBUSY, "delete");
            }
            if (isWrong) {
                throw new IllegalStateException("our mistake");
            }
        }

        @Override
        public void close() {}
    }
}
