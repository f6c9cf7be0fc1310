package dev.pptpd.ppp.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.mppe.MppeStartKeys;
import dev.pptpd.mppe.MppeStrength;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The sample of RFC 3079 section 2.5, from the password to the keys. */
final class MsChapV1Test {
    private static final PeerName USER = new PeerName("User".getBytes(UTF_8));
    private static final byte[] CHALLENGE = HexFormat.of().parseHex("102db5df085d3041");
    private static final KnownPassword PASSWORD =
            KnownPassword.ofText("clientPass".getBytes(UTF_8));

    @Test
    void derivesTheStartKeysOfTheSample() {
        MppeStartKeys keys = keys(PASSWORD);
        assertThat(keys.send(MppeStrength.BITS_128))
                .isEqualTo(HexFormat.of().parseHex("a8947850cfc0acc1d1789fb62ddcddb0"));
        assertThat(keys.send(MppeStrength.BITS_40))
                .startsWith(HexFormat.of().parseHex("76a152936096d783"));
        assertThat(keys.send(MppeStrength.BITS_56)).isEqualTo(keys.send(MppeStrength.BITS_40));
        assertThat(keys.strengths()).containsExactlyInAnyOrder(MppeStrength.values());
    }

    @Test
    void hasTheSameKeysInBothDirections() {
        MppeStartKeys keys = keys(PASSWORD);
        for (MppeStrength strength : MppeStrength.values()) {
            assertThat(keys.receive(strength)).isEqualTo(keys.send(strength));
        }
    }

    /** The shorter keys come from the LAN Manager hash, which an NT hash does not tell. */
    @Test
    void hasOnlyThe128BitKeyWhereTheLanManagerHashIsNotKnown() {
        KnownPassword hash = KnownPassword.ofHash(NtPasswordHash.ofPassword("clientPass"));
        for (KnownPassword password :
                new KnownPassword[] {
                    hash,
                    KnownPassword.ofText("longer than 14 octets".getBytes(UTF_8)),
                    KnownPassword.ofText("pässwörd".getBytes(UTF_8))
                }) {
            assertThat(keys(password).strengths()).containsExactly(MppeStrength.BITS_128);
        }
    }

    @Test
    void doesNotDistinguishUpperAndLowerCaseInTheLanManagerHash() {
        assertThat(LmPasswordHash.of("CLIENTPASS".getBytes(UTF_8)))
                .hasValue(LmPasswordHash.of("clientPass".getBytes(UTF_8)).orElseThrow());
    }

    /** A peer that has the LAN Manager response alone is refused, whatever else it sends. */
    @Test
    void refusesAResponseWithoutTheNtFlag() {
        byte[] data = MsChapV1.respond(USER, CHALLENGE, PASSWORD).encode();
        assertThat(data).hasSize(1 + 49 + 4);
        assertThat(MsChapV1Request.decode(data, CHALLENGE).orElseThrow().verify(PASSWORD))
                .isInstanceOf(AuthenticationResult.Accepted.class);
        data[49] = 0;
        assertThat(MsChapV1Request.decode(data, CHALLENGE).orElseThrow().verify(PASSWORD))
                .isInstanceOf(AuthenticationResult.Rejected.class);
    }

    @Test
    void neverSendsALanManagerResponse() {
        byte[] data = MsChapV1.respond(USER, CHALLENGE, PASSWORD).encode();
        assertThat(HexFormat.of().formatHex(data, 1, 25)).isEqualTo("00".repeat(24));
    }

    private static MppeStartKeys keys(KnownPassword password) {
        return ((AuthenticationResult.Accepted)
                        MsChapV1.respond(USER, CHALLENGE, password).verify(password))
                .startKeys()
                .orElseThrow();
    }
}
