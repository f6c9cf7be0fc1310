package dev.pptpd.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class TransferTest {
    private static final int OCTETS = 200_000;

    @Test
    void readsWhatWasWritten() throws IOException {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        byte[] digest = Payload.write(sent, OCTETS);
        assertThat(sent.size()).isEqualTo(OCTETS);
        assertThat(Payload.read(new ByteArrayInputStream(sent.toByteArray()), OCTETS))
                .isEqualTo(digest)
                .hasSize(Payload.DIGEST_OCTETS);
    }

    @Test
    void noticesAnOctetThatChangedOnTheWay() throws IOException {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        byte[] digest = Payload.write(sent, OCTETS);
        byte[] changed = sent.toByteArray();
        changed[OCTETS / 2] ^= 1;
        assertThat(Payload.read(new ByteArrayInputStream(changed), OCTETS)).isNotEqualTo(digest);
    }

    @Test
    void noticesAnEndThatComesTooSoon() {
        assertThatExceptionOfType(EOFException.class)
                .isThrownBy(() -> Payload.read(new ByteArrayInputStream(new byte[10]), 11))
                .withMessageContaining("1 octets missing");
        assertThatExceptionOfType(EOFException.class)
                .isThrownBy(() -> Payload.readDigest(new ByteArrayInputStream(new byte[31])));
    }
}
