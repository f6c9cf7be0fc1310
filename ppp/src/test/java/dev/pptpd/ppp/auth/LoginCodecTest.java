package dev.pptpd.ppp.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client sends to log in, read by the server: whole, cut, and as noise. */
final class LoginCodecTest {
    private static final PeerName NAME = new PeerName("DOMAIN\\User".getBytes(UTF_8));
    private static final KnownPassword PASSWORD =
            KnownPassword.ofText("clientPass".getBytes(UTF_8));
    private static final byte[] LONG = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    private static final byte[] SHORT = Arrays.copyOf(LONG, 8);

    /** One form of request: octets of a good one, and how it is read. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Form(
            String name,
            byte[] good,
            Function<byte[], Optional<? extends AuthenticationRequest>> decode) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Form> forms() {
        return Stream.of(
                new Form(
                        "MS-CHAPv2",
                        MsChapV2.respond(NAME, LONG, LONG, PASSWORD.ntHash()).encode(),
                        data -> MsChapV2Request.decode(data, LONG)),
                new Form(
                        "MS-CHAPv1",
                        MsChapV1.respond(NAME, SHORT, PASSWORD).encode(),
                        data -> MsChapV1Request.decode(data, SHORT)),
                new Form(
                        "CHAP-MD5",
                        ChapMd5Request.respond(NAME, 7, LONG, PASSWORD).orElseThrow().encode(),
                        data -> ChapMd5Request.decode(7, data, LONG)),
                new Form(
                        "PAP",
                        new PapRequest(NAME, "clientPass".getBytes(UTF_8)).encode(),
                        PapRequest::decode));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void readsWhatItWrites(Form form) {
        AuthenticationRequest request = form.decode().apply(form.good()).orElseThrow();
        assertThat(request.peerName()).isEqualTo(NAME);
        assertThat(request.method()).isEqualTo(form.name());
        assertThat(request.verify(PASSWORD)).isInstanceOf(AuthenticationResult.Accepted.class);
        assertThat(request).asString().contains("DOMAIN").doesNotContain("clientPass");
    }

    @ParameterizedTest
    @MethodSource("forms")
    void refusesEveryOtherPassword(Form form) {
        AuthenticationRequest request = form.decode().apply(form.good()).orElseThrow();
        for (String other :
                List.of("", "clientpass", "clientPas", "clientPass ", "x".repeat(256))) {
            assertThat(request.verify(KnownPassword.ofText(other.getBytes(UTF_8))))
                    .as(other)
                    .isEqualTo(
                            new AuthenticationResult.Rejected(
                                    AuthenticationResult.FailureCode.AUTHENTICATION_FAILURE));
        }
    }

    /** MD5 goes over the password itself: whoever stores a hash cannot let such a client in. */
    @ParameterizedTest
    @MethodSource("forms")
    void isDecidedByAHashUnlessItIsMd5(Form form) {
        AuthenticationRequest request = form.decode().apply(form.good()).orElseThrow();
        KnownPassword hash = KnownPassword.ofHash(NtPasswordHash.ofPassword("clientPass"));
        boolean isMd5 = form.name().equals("CHAP-MD5");
        assertThat(request.isDecidableBy(hash)).isNotEqualTo(isMd5);
        assertThat(request.verify(hash) instanceof AuthenticationResult.Accepted)
                .isNotEqualTo(isMd5);
        assertThat(request.isDecidableBy(PASSWORD)).isTrue();
    }

    /** A cut of the name is another name; a cut of what comes before it is no request. */
    @ParameterizedTest
    @MethodSource("forms")
    void readsNothingThatIsCutBeforeItsName(Form form) {
        int nameOctets = form.name().equals("PAP") ? 0 : NAME.octets().length;
        for (int octets = 0; octets < form.good().length; octets++) {
            boolean isWhole = octets >= form.good().length - nameOctets;
            assertThat(form.decode().apply(Arrays.copyOf(form.good(), octets)).isPresent())
                    .as("%d octets", octets)
                    .isEqualTo(isWhole);
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void takesNoNameOfMoreThan256Octets(Form form) {
        byte[] long257 =
                Arrays.copyOf(form.good(), form.good().length - NAME.octets().length + 257);
        if (!form.name().equals("PAP")) {
            assertThat(form.decode().apply(long257)).isEmpty();
            assertThat(form.decode().apply(Arrays.copyOf(long257, long257.length - 1))).isPresent();
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void survivesNoiseAndLetsNobodyInByIt(Form form) {
        Random random = new Random(1994);
        for (int round = 0; round < 20_000; round++) {
            byte[] noise = form.good().clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                noise[random.nextInt(noise.length)] ^= (byte) (1 + random.nextInt(255));
            }
            noise = Arrays.copyOf(noise, random.nextInt(2 * noise.length));
            Optional<? extends AuthenticationRequest> read = form.decode().apply(noise);
            if (read.isPresent() && !read.get().peerName().equals(NAME)) {
                assertThat(read.get().toString()).isNotEmpty();
            }
        }
    }
}
