package dev.pptpd.ppp.eap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.ppp.packet.ControlPacket;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The three layouts inside EAP: type and data, MSCHAPv2, TLS. */
final class EapCodecTest {
    private static final int FUZZ_ROUNDS = 50_000;

    @Test
    void readsWhatItWritesOfABody() {
        byte[] data = {1, 2, 3};
        ControlPacket packet = new EapBody(26, data).request(7);
        assertThat(HexFormat.of().formatHex(packet.encode())).isEqualTo("010700081a010203");
        EapBody decoded = EapBody.decode(packet).orElseThrow();
        assertThat(decoded.type()).isEqualTo(26);
        assertThat(decoded.data()).isEqualTo(data);
        assertThat(new EapBody(26, data).response(7).code()).isEqualTo(EapCode.RESPONSE);
    }

    @Test
    void findsNoBodyWithoutAType() {
        assertThat(EapBody.decode(new ControlPacket(1, 7, new byte[0]))).isEmpty();
    }

    @Test
    void readsWhatItWritesOfMsChapV2() {
        MsChapV2Packet packet = new MsChapV2Packet(MsChapV2Packet.RESPONSE, 9, new byte[] {5, 6});
        assertThat(HexFormat.of().formatHex(packet.encode())).isEqualTo("020900060506");
        MsChapV2Packet decoded = MsChapV2Packet.decode(packet.encode()).orElseThrow();
        assertThat(decoded.operation()).isEqualTo(MsChapV2Packet.RESPONSE);
        assertThat(decoded.identifier()).isEqualTo(9);
        assertThat(decoded.data()).containsExactly(5, 6);
    }

    @Test
    void dropsEveryTruncationOfMsChapV2() {
        byte[] whole = new MsChapV2Packet(MsChapV2Packet.RESPONSE, 9, new byte[54]).encode();
        for (int length = 0; length < whole.length; length++) {
            assertThat(MsChapV2Packet.decode(Arrays.copyOf(whole, length))).isEmpty();
        }
    }

    @Test
    void takesOneOctetForAnAcknowledgmentAndForNothingElse() {
        for (int operation = 0; operation < 256; operation++) {
            boolean fine =
                    operation == MsChapV2Packet.SUCCESS || operation == MsChapV2Packet.FAILURE;
            assertThat(MsChapV2Packet.decode(new byte[] {(byte) operation}).isPresent())
                    .isEqualTo(fine);
        }
    }

    @Test
    void readsWhatItWritesOfTls() {
        for (TlsFragment fragment :
                new TlsFragment[] {
                    TlsFragment.empty(true),
                    TlsFragment.empty(false),
                    new TlsFragment(false, true, Optional.of(4_000), new byte[] {22, 3, 1}),
                    new TlsFragment(false, true, Optional.empty(), new byte[] {22}),
                    new TlsFragment(false, false, Optional.of(Integer.MAX_VALUE), new byte[0])
                }) {
            TlsFragment decoded = TlsFragment.decode(fragment.encode()).orElseThrow();
            assertThat(decoded.isStart()).isEqualTo(fragment.isStart());
            assertThat(decoded.hasMore()).isEqualTo(fragment.hasMore());
            assertThat(decoded.messageOctets()).isEqualTo(fragment.messageOctets());
            assertThat(decoded.octets()).isEqualTo(fragment.octets());
        }
    }

    /** V13 of the list of attacks: a length that is there only in part, or of 2 GiB and more. */
    @Test
    void dropsALengthThatIsCutOrNegative() {
        byte[] whole = new TlsFragment(false, true, Optional.of(300), new byte[0]).encode();
        for (int length = 1; length < whole.length; length++) {
            assertThat(TlsFragment.decode(Arrays.copyOf(whole, length))).isEmpty();
        }
        assertThat(TlsFragment.decode(HexFormat.of().parseHex("80ffffffff"))).isEmpty();
    }

    @Test
    void survivesRandomOctets() {
        Random random = new Random(3748);
        for (int n = 0; n < FUZZ_ROUNDS; n++) {
            byte[] octets = new byte[random.nextInt(40)];
            random.nextBytes(octets);
            EapBody.decode(new ControlPacket(2, n, octets))
                    .ifPresent(body -> assertThat(body.data()).hasSize(octets.length - 1));
            MsChapV2Packet.decode(octets)
                    .ifPresent(packet ->
                            assertThat(packet.data().length).isLessThanOrEqualTo(octets.length));
            TlsFragment.decode(octets)
                    .ifPresent(fragment ->
                            assertThat(fragment.octets().length)
                                    .isLessThanOrEqualTo(octets.length));
        }
    }
}
