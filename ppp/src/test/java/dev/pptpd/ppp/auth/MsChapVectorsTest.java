package dev.pptpd.ppp.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.crypto.digests.MD4Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every published vector on logins and on what they are made of. */
final class MsChapVectorsTest {
    private static final List<PublishedVector> VECTORS = PublishedVector.read("ppp-vectors.json");

    /** Groups that belong to no part of PPP in PPTP, and why. */
    private static final Map<String, String> LEFT =
            Map.of(
                    "ppp-fcs", "GRE has no frame check sequence, and nothing here computes one",
                    "radius", "a protocol between servers");

    static Stream<PublishedVector> vectors() {
        return VECTORS.stream().filter(vector -> !LEFT.containsKey(vector.group()));
    }

    /** With the 126 of {@code mppe} these are all 159 of the published list. */
    @Test
    void readsEveryVectorOfEveryGroup() {
        assertThat(
                        VECTORS.stream()
                                .collect(
                                        Collectors.groupingBy(
                                                PublishedVector::group, Collectors.counting())))
                .containsOnly(
                        entry("md4", 7L),
                        entry("md5", 7L),
                        entry("des", 1L),
                        entry("des-parity", 2L),
                        entry("nt-password-hash", 3L),
                        entry("lm-password-hash", 1L),
                        entry("mschapv1", 1L),
                        entry("mschapv2", 3L),
                        entry("chap-md5", 1L),
                        entry("radius", 3L),
                        entry("ppp-fcs", 4L));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void agreesWithThePublishedValue(PublishedVector vector) throws Exception {
        if (vector.id().equals("mschapv2-03")) {
            assertThat(authenticatorResponse(vector)).isEqualTo(vector.expected().getFirst());
            return;
        }
        byte[] actual =
                switch (vector.group()) {
                    case "md4" -> md4(vector.text("ascii").getBytes(US_ASCII));
                    case "md5" -> md5(vector.text("ascii").getBytes(US_ASCII));
                    case "chap-md5" -> chapMd5(vector);
                    case "des" -> des(vector);
                    case "des-parity" -> DesKey.withParity(vector.octets("key7"));
                    case "nt-password-hash" -> ntPasswordHash(vector);
                    case "lm-password-hash" -> lmPasswordHash(vector);
                    case "mschapv1" -> msChapV1(vector);
                    case "mschapv2" -> msChapV2(vector);
                    default -> throw new AssertionError("nothing checks " + vector.group());
                };
        assertThat(actual).isEqualTo(vector.expectedOctets());
    }

    private static byte[] md4(byte[] message) {
        MD4Digest md4 = new MD4Digest();
        md4.update(message, 0, message.length);
        byte[] digest = new byte[NtPasswordHash.OCTETS];
        md4.doFinal(digest, 0);
        return digest;
    }

    private static byte[] md5(byte[] message) throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("MD5").digest(message);
    }

    private static byte[] chapMd5(PublishedVector vector) {
        return ChapMd5Request.respond(
                        new PeerName(new byte[0]),
                        vector.number("id"),
                        vector.octets("challenge"),
                        KnownPassword.ofText(vector.text("secret_ascii").getBytes(US_ASCII)))
                .orElseThrow()
                .response();
    }

    /** The key of the vector is eight octets long; ours is packed into seven. */
    private static byte[] des(PublishedVector vector) {
        byte[] encrypted = new byte[DesKey.BLOCK_OCTETS];
        DesKey.encrypt(packed(vector.octets("key8")), vector.octets("block"), encrypted, 0);
        return encrypted;
    }

    private static byte[] packed(byte[] key) {
        long bits = 0;
        for (byte octet : key) {
            bits = (bits << 7) | ((octet & 0xFF) >> 1);
        }
        byte[] packed = new byte[DesKey.PACKED_OCTETS];
        for (int n = packed.length - 1; n >= 0; n--) {
            packed[n] = (byte) bits;
            bits >>= 8;
        }
        return packed;
    }

    private static byte[] ntPasswordHash(PublishedVector vector) {
        return vector.input().containsKey("password")
                ? hash(vector).octets()
                : NtPasswordHash.ofDigest(vector.octets("nt_hash")).hashed();
    }

    private static byte[] lmPasswordHash(PublishedVector vector) {
        return LmPasswordHash.of(vector.text("password").getBytes(US_ASCII)).orElseThrow();
    }

    private static byte[] msChapV1(PublishedVector vector) {
        return MsChapV1.respond(
                        new PeerName(new byte[0]),
                        vector.octets("challenge"),
                        KnownPassword.ofHash(hash(vector)))
                .ntResponse();
    }

    private static byte[] msChapV2(PublishedVector vector) {
        PeerName name = name(vector);
        byte[] authenticatorChallenge = vector.octets("authenticator_challenge");
        byte[] peerChallenge = vector.octets("peer_challenge");
        return switch (vector.id()) {
            case "mschapv2-01" ->
                    MsChapV2.challengeHash(name, authenticatorChallenge, peerChallenge);
            case "mschapv2-02" ->
                    MsChapV2.respond(name, authenticatorChallenge, peerChallenge, hash(vector))
                            .ntResponse();
            default -> throw new AssertionError("nothing checks " + vector);
        };
    }

    private static String authenticatorResponse(PublishedVector vector) {
        MsChapV2Request request =
                new MsChapV2Request(
                        name(vector),
                        vector.octets("authenticator_challenge"),
                        vector.octets("peer_challenge"),
                        vector.octets("nt_response"));
        return MsChapV2.authenticatorResponse(request, hash(vector));
    }

    private static PeerName name(PublishedVector vector) {
        return new PeerName(vector.text("username").getBytes(US_ASCII));
    }

    private static NtPasswordHash hash(PublishedVector vector) {
        return NtPasswordHash.ofPassword(vector.text("password"));
    }
}
