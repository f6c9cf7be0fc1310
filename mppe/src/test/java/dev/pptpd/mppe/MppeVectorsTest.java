package dev.pptpd.mppe;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every published vector on keys, key stream and packets. */
final class MppeVectorsTest {
    private static final List<PublishedVector> VECTORS = PublishedVector.read("mppe-vectors.json");

    /** Checked by {@link MppcVectorsTest}. */
    private static final Set<String> GROUPS_OF_COMPRESSION = Set.of("mppc", "mppc-encoding");

    private final Rc4 rc4 = new Rc4();
    private final SessionKeyChange keyChange = new SessionKeyChange(rc4);

    static Stream<PublishedVector> vectors() {
        return VECTORS.stream().filter(vector -> !GROUPS_OF_COMPRESSION.contains(vector.group()));
    }

    /** With the 33 of {@code ppp} these are all 159 of the published list. */
    @Test
    void readsEveryVectorOfEveryGroup() {
        assertThat(
                        VECTORS.stream()
                                .collect(
                                        Collectors.groupingBy(
                                                PublishedVector::group, Collectors.counting())))
                .containsOnly(
                        entry("sha1", 4L),
                        entry("rc4", 84L),
                        entry("mppe-keys-mschapv1", 5L),
                        entry("mppe-keys-mschapv2", 13L),
                        entry("mppe-rc4-sample", 3L),
                        entry("mppe-rekey", 3L),
                        entry("mppe-frames", 3L),
                        entry("mppc-encoding", 8L),
                        entry("mppc", 3L));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void agreesWithThePublishedValue(PublishedVector vector) {
        switch (vector.group()) {
            case "sha1" -> sha1(vector);
            case "rc4" -> keyStream(vector);
            case "mppe-keys-mschapv1" -> keysOfMsChapV1(vector);
            case "mppe-keys-mschapv2" -> keysOfMsChapV2(vector);
            case "mppe-rc4-sample" -> sampleMessage(vector);
            case "mppe-rekey" -> keyChanges(vector);
            case "mppe-frames" -> frames(vector);
            default -> throw new AssertionError("nothing checks the group " + vector.group());
        }
    }

    private static void sha1(PublishedVector vector) {
        byte[] part = vector.text("ascii").getBytes(US_ASCII);
        Sha1 sha1 = new Sha1();
        for (int n = 0; n < vector.number("repeat"); n++) {
            sha1.update(part);
        }
        byte[] digest = new byte[Sha1.DIGEST_OCTETS];
        sha1.digest(digest);
        assertThat(digest).isEqualTo(vector.expectedOctets());
    }

    private void keyStream(PublishedVector vector) {
        byte[] key = vector.octets("key");
        int offset = vector.number("offset");
        byte[] expected = vector.expectedOctets();

        byte[] stream = new byte[offset + expected.length];
        rc4.start(key, key.length);
        rc4.apply(stream, stream.length);
        assertThat(Arrays.copyOfRange(stream, offset, stream.length)).isEqualTo(expected);

        ByteBuffer direct = ByteBuffer.allocateDirect(stream.length);
        rc4.start(key, key.length);
        rc4.apply(direct, 0, offset);
        rc4.apply(direct, offset, stream.length);
        assertThat(octets(direct)).isEqualTo(stream);
    }

    private void keysOfMsChapV1(PublishedVector vector) {
        byte[] lmHash = HexFormat.of().parseHex("76a152936096d7830e2390227404afd2");
        byte[] challenge = HexFormat.of().parseHex("102db5df085d3041");
        byte[] hashHash = HexFormat.of().parseHex("41c00c584bd2d91c4017a2a12fa59f3f");
        MppeStartKeys keys = MppeKeys.ofMsChapV1(hashHash, challenge, Optional.of(lmHash));
        byte[] actual =
                switch (vector.id()) {
                    // The value before the reduction: only the octets that it leaves.
                    case "mppe-keys-mschapv1-01" -> firstKey(keys, MppeStrength.BITS_56);
                    case "mppe-keys-mschapv1-02" -> firstKey(keys, MppeStrength.BITS_40);
                    case "mppe-keys-mschapv1-03" -> firstKey(keys, MppeStrength.BITS_56);
                    case "mppe-keys-mschapv1-04" -> keys.send(MppeStrength.BITS_128);
                    case "mppe-keys-mschapv1-05" -> firstKey(keys, MppeStrength.BITS_128);
                    default -> throw new AssertionError("nothing checks " + vector);
                };
        byte[] expected = vector.expectedOctets();
        if (vector.id().equals("mppe-keys-mschapv1-01")) {
            SessionKeyChange.reduce(MppeStrength.BITS_56, expected);
        }
        assertThat(actual).isEqualTo(expected);
    }

    /** Both directions have the same. */
    private byte[] firstKey(MppeStartKeys keys, MppeStrength strength) {
        assertThat(keys.receive(strength)).isEqualTo(keys.send(strength));
        return firstKey(strength, keys.send(strength));
    }

    private void keysOfMsChapV2(PublishedVector vector) {
        byte[] expected = vector.expectedOctets();
        byte[] actual;
        if (vector.input().containsKey("nt_response")) {
            actual =
                    MppeKeys.masterKey(vector.octets("nt_hash_hash"), vector.octets("nt_response"));
        } else if (vector.input().containsKey("master_key")) {
            assertThat(vector.text("is_server")).isEqualTo("true");
            boolean serverSends = vector.text("is_send").equals("true");
            byte[] key = MppeKeys.asymmetricStartKey(vector.octets("master_key"), serverSends);
            actual = Arrays.copyOf(key, vector.number("length"));
        } else {
            actual = firstKey(strength(vector), vector.octets("start_key"));
        }
        assertThat(actual).isEqualTo(expected);
    }

    private void sampleMessage(PublishedVector vector) {
        byte[] key = vector.octets("session_key");
        byte[] message = vector.text("plaintext_ascii").getBytes(US_ASCII);
        rc4.start(key, key.length);
        rc4.apply(message, message.length);
        assertThat(message).isEqualTo(vector.expectedOctets());
    }

    private void keyChanges(PublishedVector vector) {
        MppeStrength strength = strength(vector);
        byte[] startKey = vector.octets("start_key");
        byte[] sessionKey = firstKey(strength, startKey);
        for (String expected : vector.expected()) {
            assertThat(sessionKey).isEqualTo(HexFormat.of().parseHex(expected));
            keyChange.next(strength, startKey, sessionKey);
        }
    }

    private static void frames(PublishedVector vector) {
        TestEngines.all().forEach(engine -> frames(vector, engine.getPayload().get()));
    }

    private static void frames(PublishedVector vector, MppeEngine engine) {
        byte[] startKey = Arrays.copyOf(vector.octets("start_key"), MppeStartKeys.KEY_OCTETS);
        MppeEncryptor[] encryptor = {
            engine.encryptor(MppeMode.stateless(strength(vector)), startKey)
        };
        MppeDecryptor[] decryptor = {
            engine.decryptor(MppeMode.stateless(strength(vector)), startKey, 1500)
        };
        MppeVerdict[] verdict = new MppeVerdict[1];
        byte[] plaintext = vector.octets("plaintext_each");
        for (String expected : vector.expected()) {
            ByteBuffer[] frame = {TestFrames.withHeadroom(plaintext)};
            engine.encrypt(encryptor, frame, 1);
            assertThat(octets(frame[0])).isEqualTo(HexFormat.of().parseHex(expected));
            engine.decrypt(decryptor, frame, verdict, 1, 0);
            assertThat(verdict[0]).isEqualTo(MppeVerdict.DECRYPTED);
            assertThat(octets(frame[0])).isEqualTo(plaintext);
        }
    }

    private byte[] firstKey(MppeStrength strength, byte[] startKey) {
        byte[] sessionKey = new byte[strength.keyOctets()];
        keyChange.first(strength, startKey, sessionKey);
        return sessionKey;
    }

    private static MppeStrength strength(PublishedVector vector) {
        return MppeStrength.valueOf("BITS_" + vector.text("bits"));
    }

    private static byte[] octets(ByteBuffer buffer) {
        return TestFrames.octets(buffer);
    }
}
