package dev.pptpd.ppp.eap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TlsFlightTest {
    @Test
    void keepsRecordsOfEverySizeInTheirOrder() {
        Random random = new Random(5);
        for (int count = 0; count < 40; count++) {
            TlsFlight flight = new TlsFlight();
            byte[] expected = new byte[0];
            for (int n = 0; n < count; n++) {
                byte[] record = new byte[random.nextInt(n % 7 == 0 ? 17_000 : 400)];
                random.nextBytes(record);
                flight.add(ByteBuffer.wrap(record));
                int end = expected.length;
                expected = Arrays.copyOf(expected, end + record.length);
                System.arraycopy(record, 0, expected, end, record.length);
            }
            assertThat(flight.octets()).isEqualTo(expected);
        }
    }
}
