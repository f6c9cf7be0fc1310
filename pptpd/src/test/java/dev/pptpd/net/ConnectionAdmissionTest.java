package dev.pptpd.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ConnectionAdmissionTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long START = Long.MAX_VALUE - SECOND / 2;

    @Test
    void letsAnOfficeOfFiftyInAtOnceByDefault() throws UnknownHostException {
        var admission = new ConnectionAdmission(ConnectionLimits.DEFAULTS);
        for (int i = 0; i < 50; i++) {
            assertThat(admission.admit(address(1), START)).isTrue();
        }
    }

    @Test
    void boundsTheHalfOpenOfAnAddressAndOfAll() throws UnknownHostException {
        var admission = new ConnectionAdmission(new ConnectionLimits(2, 3, 100, 100, 1));
        assertThat(admission.admit(address(1), START)).isTrue();
        assertThat(admission.admit(address(1), START)).isTrue();
        assertThat(admission.admit(address(1), START)).isFalse();
        assertThat(admission.admit(address(2), START)).isTrue();
        assertThat(admission.admit(address(3), START)).isFalse();

        admission.release(address(1));

        assertThat(admission.admit(address(3), START)).isTrue();
        assertThat(admission.halfOpen()).isEqualTo(3);
    }

    @Test
    void boundsTheRateOfAnAddressAfterItsBurst() throws UnknownHostException {
        var admission = new ConnectionAdmission(new ConnectionLimits(1000, 1000, 10, 5, 1));
        assertThat(admitted(admission, START, 20)).isEqualTo(5);
        assertThat(admitted(admission, START + SECOND / 10, 20)).isEqualTo(1);
        assertThat(admitted(admission, START + SECOND / 2, 20)).isEqualTo(4);
        assertThat(admitted(admission, START + 100 * SECOND, 20)).isEqualTo(5);
        assertThat(admission.admit(address(2), START)).isTrue();
    }

    @Test
    void forgetsAddressesThatMayDoAgainWhatTheyLike() throws UnknownHostException {
        var admission = new ConnectionAdmission(new ConnectionLimits(1000, 1000, 10, 5, 1));
        for (int last = 1; last <= 200; last++) {
            assertThat(admission.admit(address(last), START)).isTrue();
        }
        assertThat(admission.remembered()).isEqualTo(200);
        for (int last = 201; last <= 255; last++) {
            assertThat(admission.admit(address(last), START + SECOND)).isTrue();
        }
        assertThat(admission.remembered()).isEqualTo(200 - 55);
        assertThat(admission.admit(address(1), START + SECOND)).isTrue();
    }

    private static int admitted(ConnectionAdmission admission, long nowNanos, int tries)
            throws UnknownHostException {
        int admitted = 0;
        for (int i = 0; i < tries; i++) {
            if (admission.admit(address(1), nowNanos)) {
                admitted++;
            }
        }
        return admitted;
    }

    private static InetAddress address(int last) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
    }
}
